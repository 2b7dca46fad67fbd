#!/usr/bin/env bash
# Tries the .deb as an office would: installs it into a clean Debian 12, starts it, walks a specimen through the
# window, removes it.
# Usage (as root): try_deb.sh PACKAGE [FOLDER]     FOLDER is made with debootstrap if it is not a Debian yet.
# PACKAGE is the .deb, whose dependencies apt fetches, or the .run for the office without a network: then it is
# installed before FOLDER has any package source, and with no network at all.
# Left behind: FOLDER, for the next time, with the package removed from it; pictures of the walk in
# FOLDER/home/clerk/pictures. Each step tells its time.
set -euo pipefail
package=$(realpath "$1")
root=${2:-/tmp/kakanai-debian}
here=$(cd "$(dirname "$0")" && pwd)
export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8

step() { printf '%4d s  %s\n' "$SECONDS" "$*"; }
inside() { chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"; }
as_clerk() { inside runuser -u clerk -- env HOME=/home/clerk LC_ALL=C.UTF-8 "$@"; }
data=$root/home/clerk/.local/share/kakanai

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
printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d" && chmod +x "$root/usr/sbin/policy-rc.d"

fetch() {
    cp /etc/resolv.conf /etc/hosts "$root/etc/" 2>/dev/null || true
    inside apt-get update -q >/dev/null
    inside apt-get install -q -y --no-install-recommends "$@" >"$root/tmp/apt.log" 2>&1 || { cat "$root/tmp/apt.log"; exit 1; }
}
case $package in
*.run)
    step "no network, no package source, one file"
    cp "$package" "$root/tmp/kakanai.run"
    mv "$root/etc/apt/sources.list" "$root/etc/apt/sources.list.away"
    : >"$root/etc/apt/sources.list"
    rm -rf "$root"/var/lib/apt/lists/*
    (export -f inside && export root && unshare --net bash -c 'inside sh /tmp/kakanai.run')
    mv "$root/etc/apt/sources.list.away" "$root/etc/apt/sources.list"
    rm "$root/tmp/kakanai.run"
    ;;
*)
    step "apt: the package with what it depends on"
    cp "$package" "$root/tmp/kakanai.deb"
    fetch /tmp/kakanai.deb
    rm "$root/tmp/kakanai.deb"
    ;;
esac
inside dpkg --verify kakanai
step "installed: $(inside dpkg-query -W -f '${Version}, ${Installed-Size} KB' kakanai)"
inside id clerk >/dev/null 2>&1 || inside useradd --create-home clerk
rm -rf "$root/home/clerk/.local" "$root/home/clerk/out" "$root/home/clerk/pictures"

lacking=$(inside sh -c 'find /opt/kakanai -name "*.so*" -type f ! -name libcupsprintersupport.so -exec ldd {} + 2>/dev/null' | grep 'not found' || true)
[ -z "$lacking" ] || { echo "$lacking"; exit 1; }  # Qt's CUPS plugin comes to life with cups-client, recommended
as_clerk kakanai --version
as_clerk kakanai doctor || [ $? -eq 14 ]

step "demo"
as_clerk kakanai demo --out /home/clerk/out
step "$(find "$root/home/clerk/out" -name '*.pdf' | wc -l) PDF files"
test -s "$data/sessionlog.sqlite3"

step "for the walk: a display, keys, and a card in Debian's card service"
fetch xvfb xdotool vsmartcard-vpcd util-linux iproute2
cp "$here/walk_installed.py" "$root/tmp/"
export -f inside as_clerk step && export root
# A network of its own: the virtual reader's port is free there, and nothing outside answers.
unshare --net --mount --propagation private bash -euo pipefail -c '
    mount -t tmpfs tmpfs "$root/run" && mkdir "$root/run/pcscd"
    ip link set lo up
    service() { exec chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin "$@" >/dev/null 2>&1; }
    service pcscd --foreground &  # by exec: its number is that of the service, not of a shell around it
    services=$!
    service Xvfb :77 -screen 0 1366x768x24 -nolisten tcp &
    services="$services $!"
    trap "kill $services 2>/dev/null" EXIT
    for second in $(seq 30); do [ ! -S "$root/run/pcscd/pcscd.comm" ] || [ ! -S "$root/tmp/.X11-unix/X77" ] || break; sleep 1; done
    as_clerk DISPLAY=:77 /opt/kakanai/bin/python -I /tmp/walk_installed.py /home/clerk/pictures
' | sed 's/^/      /'
step "the walk: one card in the window, from the PIN to the signature"
paper=$(find "$data/print" -name '*_F01.pdf')
[ "$(find "$data/print" -type f | wc -l)" -eq 1 ]  # one check a line: `set -e` looks at the last of `&&` alone
test -s "$paper"
as_clerk /opt/kakanai/bin/python -I -c '
import sys, pypdf
text = "".join("".join(page.extract_text() for page in pypdf.PdfReader(sys.argv[1]).pages).split())
assert "黒桐幹也" in text and "東京都清瀬市" in text, "the paper does not name the visitor"
' "${paper#"$root"}"
as_clerk kakanai log day --json | as_clerk /opt/kakanai/bin/python -I -c '
import json, sys
case = json.load(sys.stdin)["entries"][-1]
told = case["outcome"], case["read_by"], case["pages"], [form["form"] for form in case["forms"]]
assert told == ("printed", "pin", 1, ["F01"]), told
print("     ", case["case_number"], *told)
'
as_clerk kakanai log verify
for file in "$data"/sessionlog.sqlite3* "$data"/diagnostic/*; do
    ! grep -qaF -e 黒桐 -e 清瀬市 "$file" || { echo "$file names the visitor"; exit 1; }
done
log=$data/sessionlog.sqlite3

step "removed"
inside apt-get purge -q -y kakanai 2>&1 | grep '^kakanai:' || true
[ -z "$(ls -d "$root/opt/kakanai" "$root/usr/bin/kakanai" "$root/usr/share/applications/kakanai.desktop" 2>/dev/null)" ]
test -s "$log"
test -s "$paper"
step "nothing of the program is left; log and paper are"
