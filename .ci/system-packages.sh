#!/usr/bin/env bash
# Installs the Debian packages that are missing. Usage: system-packages.sh run|test|dist
# Leaves the system alone when nothing is missing; changes it only as root or through sudo.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
purpose=$1

mapfile -t wanted < <(awk -v purpose="$purpose" '$1 == purpose { print $2 }' "$here/apt-packages.txt")

if ! command -v dpkg-query >/dev/null; then
    echo "Not a Debian system: cannot check the system packages. These are expected: ${wanted[*]}"
    exit 0
fi

missing=()
for package in "${wanted[@]}"; do
    status=$(dpkg-query -W -f '${db:Status-Status}\n' "$package" 2>/dev/null || true)
    grep -qx installed <<<"$status" || missing+=("$package")
done
if [ ${#missing[@]} -eq 0 ]; then
    exit 0
fi

as_root=()
if [ "$(id -u)" -ne 0 ]; then
    if command -v sudo >/dev/null && { [ -t 0 ] || sudo -n true 2>/dev/null; }; then
        as_root=(sudo)
    else
        {
            echo "Missing Debian packages, and neither root nor sudo to install them."
            echo "Ask an administrator to run:"
            echo
            echo "    apt-get install --no-install-recommends ${missing[*]}"
            echo
        } >&2
        exit 1
    fi
fi

echo "Installing ${#missing[@]} missing Debian package(s) with apt-get${as_root:+ (through sudo)}: ${missing[*]}"
run() { "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive "$@" </dev/null; }
run apt-get update -q
run apt-get install -q -y --no-install-recommends "${missing[@]}"
