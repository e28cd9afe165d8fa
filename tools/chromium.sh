#!/bin/sh
# Installs Chromium and its driver from the system's packages when they are absent; it does nothing where they are there.
set -eu

has() { command -v "$1" >/dev/null 2>&1; }

if has chromedriver && { has chromium || has google-chrome; }; then exit 0; fi
as_root=""
if [ "$(id -u)" -ne 0 ]; then as_root="sudo"; fi
$as_root apt-get update
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends chromium chromium-driver
