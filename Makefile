# Every step of the house. A step whose inputs did not change does nothing (js/build/cached.mjs). Rust (rustup) and Node
# are all that a machine must have; the one thing installed beside them is a Chromium, and only when there is none.

.DEFAULT_GOAL := pkg
.NOTPARALLEL:

CACHED := node js/build/cached.mjs
VERSION := $(shell sed -n 's/^  "version": "\(.*\)",/\1/p' pkg-template/package.json)
TARGET := $(or $(CARGO_TARGET_DIR),target)
TOOL_TARGET := $(TARGET)/tools
RUNNER := $(abspath $(TOOL_TARGET)/release/electroxide-test-runner)
VITEST := node_modules/.bin/vitest run
PORT ?= 8000

# --- set-up -----------------------------------------------------------------------------------------------------------

.PHONY: setup modules rust database test-runner nodes hosts chromium

setup: modules rust

modules:
	@$(CACHED) modules --in package-lock.json .npmrc --out node_modules/.package-lock.json -- npm ci

rust:
	@rustup target list --installed | grep -qx wasm32-unknown-unknown || rustup target add wasm32-unknown-unknown
	@rustup component list --installed | grep -q '^clippy' || rustup component add clippy
	@rustup component list --installed | grep -q '^rustfmt' || rustup component add rustfmt

# The embedded database of the tests and the demo.
database:
	@$(CACHED) database --in tools/database.version --out .tools/dynoxide/bin/dynoxide -- \
	  env CARGO_TARGET_DIR=$(TOOL_TARGET) cargo install --locked --root .tools/dynoxide --no-default-features \
	  --features cli,native-sqlite,http-server dynoxide-rs --version $$(cat tools/database.version)

test-runner:
	@$(CACHED) test-runner --in tools/test-runner --out $(RUNNER) -- \
	  cargo build --release --locked --manifest-path tools/test-runner/Cargo.toml --target-dir $(TOOL_TARGET)

# The other versions of Node that the packed package is installed and run in.
nodes:
	@$(CACHED) nodes --in tools/nodes.mjs tools/nodes.versions --out .tools/nodes -- node tools/nodes.mjs

# The other hosts that the packed package runs in: Deno, Bun and workerd, from npm.
hosts:
	@$(CACHED) hosts --in tools/hosts.mjs tools/hosts.versions --out .tools/hosts -- node tools/hosts.mjs

# Debian's packages; another system's own Chrome or Chromium is as good.
chromium:
	@sh tools/chromium.sh

# --- the package ------------------------------------------------------------------------------------------------------

.PHONY: core pkg pack

core: setup
	@$(CACHED) core --in Cargo.toml Cargo.lock rust-toolchain.toml src tools/bindgen package-lock.json \
	  js/build/core.mjs --out js/generated/core.wasm js/generated/bytes.ts js/generated/identity.ts \
	  -- node js/build/core.mjs

pkg: core
	@$(CACHED) pkg --in js/src js/generated js/build pkg-template package.json package-lock.json tsconfig.json \
	  tsconfig.build.json Cargo.toml LICENSE-MIT LICENSE-APACHE --out pkg/package.json pkg/core.wasm \
	  -- node js/build/package.mjs
	@ln -sfn ../pkg node_modules/electroxide

pack: pkg
	@$(CACHED) pack --in pkg --out dist/electroxide-$(VERSION).tgz \
	  -- sh -c 'mkdir -p dist && npm pack ./pkg --pack-destination dist --loglevel error'

# The preview page, as a package of its own; its worker has the library's sources and the very same core in it.
.PHONY: pkg-preview pack-preview

pkg-preview: core
	@$(CACHED) pkg-preview --in js/src js/generated js/preview pkg-template/package.json package.json package-lock.json \
	  LICENSE-MIT LICENSE-APACHE --out pkg-preview/package.json pkg-preview/page/sandbox.html \
	  -- node js/preview/build.mjs

pack-preview: pkg-preview
	@$(CACHED) pack-preview --in pkg-preview --out dist/electroxide-preview-$(VERSION).tgz \
	  -- sh -c 'mkdir -p dist && npm pack ./pkg-preview --pack-destination dist --loglevel error'

# --- for people -------------------------------------------------------------------------------------------------------

.PHONY: db demo bench preview picture

db: database
	.tools/dynoxide/bin/dynoxide serve --host 127.0.0.1 --port $(PORT)

demo: pack database
	@node demo/run.mjs

# The page on loopback; MODELS=file.js opens that file in it.
preview: pkg-preview
	@node pkg-preview/command.mjs --port $(PORT) $(MODELS)

# The README's picture, which the tests take.
picture: test-browser
	cp tests/browser/output/light-calls.png docs/preview.png

bench: pkg
	@node js/bench/run.mjs $(BENCH)

# --- tests, the cheap ones first --------------------------------------------------------------------------------------

.PHONY: test test-format test-lint test-core test-types test-golden test-js test-differential test-connected \
  test-wasm test-packaging test-browser

test:
	@node tests/support/run.mjs

test-format: setup
	cargo fmt --check
	cargo fmt --check --manifest-path tools/bindgen/Cargo.toml
	cargo fmt --check --manifest-path tools/test-runner/Cargo.toml
	node_modules/.bin/prettier --check --log-level warn .

test-lint: setup
	node_modules/.bin/eslint .
	cargo clippy --locked --all-targets -- -D warnings
	cargo clippy --locked --lib --target wasm32-unknown-unknown -- -D warnings

test-core: setup
	cargo test --locked

test-types: pkg
	node node_modules/typescript/bin/tsc -p tsconfig.json
	node node_modules/typescript/bin/tsc -p tests/tsconfig.json
	node tests/types/run.mjs

test-golden: pkg
	node tests/differential/start.mjs tests/golden/record.ts --verify
	$(VITEST) --project golden

test-js: pkg
	$(VITEST) --project js

test-differential: pkg
	node tests/differential/start.mjs tests/differential/main.ts --cases $(or $(CASES),3100)

test-connected: pkg database
	$(VITEST) --project connected

test-wasm: setup test-runner chromium
	CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER=$(RUNNER) \
	  cargo test --locked --target wasm32-unknown-unknown --test wasm
	CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER=$(RUNNER) WASM_BINDGEN_USE_BROWSER=1 \
	  CHROMEDRIVER=$$(command -v chromedriver) cargo test --locked --target wasm32-unknown-unknown --test wasm

test-packaging: pack database nodes hosts chromium
	$(VITEST) --project packaging

test-browser: pkg pack-preview chromium
	$(VITEST) --project browser
