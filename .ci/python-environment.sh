#!/usr/bin/env bash
# Makes .venv with the locked packages and this checkout in it. Usage: python-environment.sh [PYTHON]
# Every downloaded file is checked against its hash; nothing else is fetched, not even to compile pyscard.
set -euo pipefail
cd "$(dirname "$0")/.."
python=${1:-python3}
venv=$PWD/.venv

if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    found=$("$python" --version 2>&1 || true)
    echo "kakanai needs Python 3.11 or newer; '$python' is: ${found:-not there}." >&2
    echo "Name another one: make setup PYTHON=/usr/bin/python3" >&2
    exit 1
fi

# A .venv that was copied here from elsewhere, or whose Python is gone, is made anew.
inside=$("$venv/bin/python" -c 'import sys; print(sys.prefix)' 2>/dev/null || true)
shebang=$(head -n 1 "$venv/bin/pip" 2>/dev/null || true)
if [ "$inside" != "$venv" ] || [[ "$shebang" != "#!$venv/"* ]]; then
    echo "Making .venv with $("$python" --version)"
    "$python" -m venv --clear "$venv"
fi

pip=("$venv/bin/python" -m pip --disable-pip-version-check --no-input --quiet)
echo "Installing the locked Python packages (hashes checked)"
"${pip[@]}" install --require-hashes -r requirements-build.lock
"${pip[@]}" install --require-hashes --no-build-isolation -r requirements-dev.lock
"${pip[@]}" install --no-deps --no-build-isolation --no-index --editable .
