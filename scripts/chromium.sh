#!/usr/bin/env bash
# See that a Chromium is there for the browser tests, and Chinese fonts to draw with.
# The tests look for it in the same order: TALENTMAP_CHROMIUM, an installed one, Playwright's own.
set -euo pipefail
cd "$(dirname "$0")/.."

found() {
    .venv/bin/python -c 'from tests.browser.chromium import find; print(find())' 2>/dev/null
}

is_debian_root() {
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null
}

apt_install() {
    echo "chromium: installing $* (once)"
    apt-get update -qq </dev/null &&
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" </dev/null >/dev/null
}

has_chinese_font() {
    command -v fc-list >/dev/null && [ -n "$(fc-list :lang=zh family)" ]
}

packages=()
path=$(found) || packages+=(chromium)
has_chinese_font || packages+=(fontconfig fonts-noto-cjk)

if [ ${#packages[@]} -gt 0 ] && is_debian_root; then
    apt_install "${packages[@]}" || echo "chromium: apt-get could not install ${packages[*]}" >&2
fi
if ! path=$(found); then
    echo "chromium: none installed, trying Playwright's own"
    .venv/bin/python -m playwright install chromium || true
    path=$(found) || {
        echo "chromium: none found. The browser tests need one: install Chromium or Chrome," \
            "or name it in TALENTMAP_CHROMIUM" >&2
        exit 1
    }
fi
has_chinese_font || echo "chromium: no Chinese font found; screenshots will show boxes" >&2
echo "chromium: $path"
