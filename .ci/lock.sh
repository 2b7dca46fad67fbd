#!/usr/bin/env bash
# Writes the three lock files anew, for Linux and Windows alike, without download addresses.
# Usage: lock.sh [--upgrade]   The resolver (uv) is put into .setup-lock/, not into .venv.
set -euo pipefail
cd "$(dirname "$0")/.."
python=${PYTHON:-python3}

if [ ! -x .setup-lock/bin/uv ]; then
    "$python" -m venv --clear .setup-lock
    .setup-lock/bin/python -m pip --disable-pip-version-check --quiet install uv
fi

compile() {
    .setup-lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-emit-find-links --no-header --no-annotate "$@"
}
compile "$@" --output-file requirements.lock pyproject.toml
compile "$@" --output-file requirements-dev.lock --extra dev pyproject.toml
compile "$@" --output-file requirements-build.lock .ci/build-tools.in
