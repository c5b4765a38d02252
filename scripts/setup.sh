#!/usr/bin/env bash
# Make .venv with the pinned packages. Usage: scripts/setup.sh REQUIREMENTS-FILE
# PYTHON names the interpreter (3.11 to 3.13); without it the first fitting one is taken.
set -euo pipefail
cd "$(dirname "$0")/.."
requirements=$1
venv=.venv

fail() {
    echo "setup: $*" >&2
    exit 1
}

fits() {
    "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null
}

find_python() {
    if [ -n "${PYTHON:-}" ]; then
        fits "$PYTHON" || fail "PYTHON=$PYTHON is not Python 3.11, 3.12 or 3.13"
        echo "$PYTHON"
        return
    fi
    for name in python3 python3.13 python3.12 python3.11; do
        if fits "$name"; then
            echo "$name"
            return
        fi
    done
    fail "no Python 3.11, 3.12 or 3.13 found; install one, or name it: make PYTHON=/path/to/python3.12"
}

# Debian ships the venv module as a package of its own.
ensure_venv_module() {
    "$1" -c 'import ensurepip, venv' 2>/dev/null && return
    local version
    version=$("$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "setup: installing python$version-venv"
        apt-get update -qq </dev/null
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "python$version-venv" </dev/null >/dev/null
        return
    fi
    fail "$1 has no venv module; as an administrator run: apt-get install python$version-venv"
}

version_of() {
    "$1" -c 'import sys; print(sys.version)' 2>/dev/null || true
}

python=$(find_python)
if [ ! -x "$venv/bin/python" ] || [ "$(version_of "$venv/bin/python")" != "$(version_of "$python")" ]; then
    ensure_venv_module "$python"
    rm -rf "$venv"
    "$python" -m venv "$venv" || fail "could not make $venv with $python"
fi
echo "setup: installing $requirements (first time: some minutes)"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check -r "$requirements" ||
    fail "pip could not install $requirements; see the lines above"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps -e . ||
    fail "pip could not install the project itself; see the lines above"
"$venv/bin/python" -m talentmap.reports.fonts || fail "the font of the reports could not be made; see the line above"
