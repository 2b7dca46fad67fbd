#!/usr/bin/env bash
# Tries the .deb as an office would: installs it into a clean Debian 12, starts it, walks a specimen, removes it.
# Usage (as root): try_deb.sh PACKAGE.deb [FOLDER]     FOLDER is made with debootstrap if it is not a Debian yet.
# Left behind: FOLDER, for the next time, with the package removed from it. Each step tells its time.
set -euo pipefail
package=$(realpath "$1")
root=${2:-/tmp/kakanai-debian}
export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8

step() { printf '%4d s  %s\n' "$SECONDS" "$*"; }
inside() { chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"; }
as_clerk() { inside runuser -u clerk -- env HOME=/home/clerk LC_ALL=C.UTF-8 "$@"; }

if [ ! -x "$root/usr/bin/apt-get" ]; then
    step "debootstrap into $root"
    debootstrap --variant=minbase bookworm "$root" >/dev/null
fi
mounted=()
leave() { for place in "${mounted[@]}"; do umount -l "$place"; done; }
trap leave EXIT
for kind in proc dev; do
    mountpoint -q "$root/$kind" && continue
    if [ $kind = proc ]; then mount -t proc proc "$root/proc"; else mount --bind /dev "$root/dev"; fi
    mounted+=("$root/$kind")
done

step "apt: the package with what it depends on"
cp /etc/resolv.conf /etc/hosts "$root/etc/" 2>/dev/null || true
printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d" && chmod +x "$root/usr/sbin/policy-rc.d"
inside apt-get update -q >/dev/null
inside apt-get install -q -y --no-install-recommends xvfb xauth util-linux >/dev/null
cp "$package" "$root/tmp/kakanai.deb"
inside apt-get install -q -y --no-install-recommends /tmp/kakanai.deb >"$root/tmp/apt.log" 2>&1 || { cat "$root/tmp/apt.log"; exit 1; }
inside dpkg --verify kakanai
step "installed: $(inside dpkg-query -W -f '${Version}, ${Installed-Size} KB' kakanai)"
inside id clerk >/dev/null 2>&1 || inside useradd --create-home clerk
rm -rf "$root/home/clerk/.local" "$root/home/clerk/out"

lacking=$(inside sh -c 'find /opt/kakanai -name "*.so*" -type f ! -name libcupsprintersupport.so -exec ldd {} + 2>/dev/null' | grep 'not found' || true)
[ -z "$lacking" ] || { echo "$lacking"; exit 1; }  # Qt's CUPS plugin comes to life with cups-client, recommended
as_clerk kakanai --version
as_clerk kakanai doctor || [ $? -eq 14 ]

step "demo"
as_clerk kakanai demo --out /home/clerk/out
step "$(find "$root/home/clerk/out" -name '*.pdf' | wc -l) PDF files"
test -s "$root/home/clerk/.local/share/kakanai/sessionlog.sqlite3"

step "the window under Xvfb, ten seconds"
set +e
as_clerk timeout 10 xvfb-run -a -s '-screen 0 1366x768x24' kakanai --simulate
came=$?
set -e
[ $came -eq 124 ] || [ $came -eq 143 ] || { echo "the window ended by itself: $came"; exit 1; }

step "removed"
inside apt-get purge -q -y kakanai 2>&1 | grep '^kakanai:' || true
test ! -e "$root/opt/kakanai" && test ! -e "$root/usr/bin/kakanai" && test ! -e "$root/usr/share/applications/kakanai.desktop"
test -s "$root/home/clerk/.local/share/kakanai/sessionlog.sqlite3"
step "nothing of the program is left; the log of the demo is"
