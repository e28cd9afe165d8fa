# Every step of the house. A step whose inputs did not change does nothing (js/build/cached.mjs); none needs another
# tool than rustup's cargo, Node and, for the browser tests, a Chromium, which `make chromium` installs when absent.

.DEFAULT_GOAL := pkg
.PHONY: pkg pack core setup modules rust chromium tools
.NOTPARALLEL:

CACHED := node js/build/cached.mjs
VERSION := $(shell sed -n 's/^  "version": "\(.*\)",/\1/p' pkg-template/package.json)

# --- set-up -----------------------------------------------------------------------------------------------------------

setup: modules rust

modules:
	@$(CACHED) modules --in package.json package-lock.json .npmrc --out node_modules/.package-lock.json -- npm ci

rust:
	@rustup target list --installed | grep -qx wasm32-unknown-unknown || rustup target add wasm32-unknown-unknown
	@rustup component list --installed | grep -q '^clippy' || rustup component add clippy
	@rustup component list --installed | grep -q '^rustfmt' || rustup component add rustfmt

# --- the package ------------------------------------------------------------------------------------------------------

core: setup
	@$(CACHED) core --in Cargo.toml Cargo.lock rust-toolchain.toml src tools/bindgen package-lock.json \
	  js/build/core.mjs --out js/generated/core.wasm js/generated/core.js js/generated/core.d.ts js/generated/bytes.ts \
	  -- node js/build/core.mjs

pkg: core
	@$(CACHED) pkg --in js/src js/generated js/build pkg-template package.json package-lock.json tsconfig.json \
	  tsconfig.build.json Cargo.toml LICENSE-MIT LICENSE-APACHE --out pkg/package.json pkg/core.wasm \
	  -- node js/build/package.mjs
	@ln -sfn ../pkg node_modules/electroxide

pack: pkg
	@$(CACHED) pack --in pkg --out dist/electroxide-$(VERSION).tgz \
	  -- sh -c 'mkdir -p dist && npm pack ./pkg --pack-destination dist --loglevel warn'
