#!/bin/sh
# Makes .venv hold exactly what requirements.lock says, and this checkout. Costs nothing when it already does.
#   PYTHON=python3.12 scripts/setup.sh     choose the interpreter; else the first of 3.11 or newer is taken
set -eu
cd "$(dirname "$0")/.."

PYTHON=${PYTHON:-}
STAMP=.venv/set-up
LOCK=requirements.lock
# the system's certificates: a company's own is among them; PIP_USER: a venv has no user folder
export UV_SYSTEM_CERTS=1 PIP_USER=0 PIP_DISABLE_PIP_VERSION_CHECK=1
unset PYTHONPATH PYTHONHOME

say() { printf '%s\n' "$*" >&2; }

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

version_of() { "$1" -c 'import platform; print(platform.python_version())' 2>/dev/null || echo 'not found or does not run'; }

identity_of() { "$1" -c 'import sys; print(sys.version_info[:3], sys.base_prefix)' 2>/dev/null; }

find_python() {
    for candidate in ${PYTHON:-python3 python3.13 python3.12 python3.11 python3.14 python}; do
        if new_enough "$candidate"; then
            echo "$candidate"
            return
        fi
    done
    say "Python 3.11 or newer is needed. Found:"
    for candidate in ${PYTHON:-python3 python3.13 python3.12 python3.11 python3.14 python}; do
        say "  $candidate: $(version_of "$candidate")"
    done
    say "Install Python 3.11 or newer, or name one: make setup PYTHON=/path/to/python3"
    return 1
}

usable_venv() {
    [ -x .venv/bin/python ] && new_enough .venv/bin/python || return 1
    [ -z "$PYTHON" ] || [ "$(identity_of "$PYTHON")" = "$(identity_of .venv/bin/python)" ]
}

in_its_place() {
    # the commands of an environment know their own place: a copied checkout needs a new one
    [ ! -f "$STAMP" ] || [ "$(head -n 1 "$STAMP")" = "$(pwd)" ]
}

wanted() {
    pwd
    cksum "$LOCK" pyproject.toml scripts/setup.sh
}

pip_into_venv() {
    # the interpreter's own pip where it has one (Debian leaves ensurepip out), else the bundled one
    if "$python" -m pip --version >/dev/null 2>&1; then
        "$python" -m pip --python .venv/bin/python "$@"
    else
        .venv/bin/python -m pip --version >/dev/null 2>&1 || .venv/bin/python -m ensurepip >/dev/null
        .venv/bin/python -m pip "$@"
    fi
}

install_uv() {
    [ -x .venv/bin/uv ] && return
    awk '/^uv==/ {on = 1; print; next} on && /^ / {print; next} {on = 0}' "$LOCK" > .venv/uv.txt
    pip_into_venv install --quiet --require-hashes --no-deps -r .venv/uv.txt
}

with_uv() {
    install_uv &&
        .venv/bin/uv pip install --quiet --python .venv/bin/python --require-hashes -r "$LOCK" &&
        .venv/bin/uv pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation -e .
}

with_pip() {
    # no-deps: the lock is complete, and pip in hash mode stumbles over packages wanted with an extra
    pip_into_venv install --quiet --require-hashes --no-deps -r "$LOCK" &&
        pip_into_venv install --quiet --no-deps --no-build-isolation -e .
}

if usable_venv && in_its_place; then
    [ "$(wanted)" != "$(cat "$STAMP" 2>/dev/null)" ] || exit 0
    python=.venv/bin/python
else
    python=$(find_python)
    "$python" -m venv --clear --without-pip .venv
fi

say "Setting up .venv with Python $(version_of .venv/bin/python): once, and again when $LOCK or pyproject.toml changes."
pwd > "$STAMP"
if ! with_uv; then
    say "uv did not get through; trying pip, which takes a minute or two longer."
    if ! with_pip; then
        say "The packages could not be installed: the lines above say why."
        say "Behind a company proxy or mirror: set it in pip's configuration (pip config set global.index-url ...), then run again."
        exit 1
    fi
fi
wanted > "$STAMP"
