#!/bin/sh
# kakanai @VERSION@ and all that it needs from Debian 12 (64-bit), in one file. No network is used.
#   sudo sh @FILE@              check, then install
#   sh @FILE@ --check           check only
#   sh @FILE@ --extract FOLDER  unpack only: the packages, their licences, install.sh
# Exit codes: 0 done, 2 this file is damaged, 3 no room, and those of install.sh.
# Left behind: nothing but what was installed. Behind the last line of this script lies a tar archive.
set -eu
umask 022
LC_ALL=C.UTF-8
export LC_ALL
lines=@LINES@
size=@SIZE@
sha256=@SHA256@

refuse() {
    echo "B-$1: $2" >&2
    exit "$1"
}
archive() { tail -n "+$((lines + 1))" "$0"; }

what=install
folder=
case ${1:-} in
"") ;;
--check) what=check ;;
--extract)
    what=extract
    folder=${2:?--extract FOLDER}
    ;;
*)
    sed -n '2,5s/^# *//p' "$0"
    exit 1
    ;;
esac

[ "$what" != install ] || [ "$(id -u)" -eq 0 ] ||
    refuse 4 "管理者の権限が要ります。sudo sh $0 のように実行してください。"
echo "ファイルを確かめています…"
found=$(archive | sha256sum)
[ "${found%% *}" = "$sha256" ] || refuse 2 "ファイルが壊れているか、途中で切れています。もう一度写してください。何も変えていません。"
echo "○ ファイルは壊れていません"
[ "$what" != check ] || exit 0

if [ "$what" = install ]; then
    folder=$(mktemp -d "${TMPDIR:-/var/tmp}/kakanai.XXXXXX")
    trap 'rm -rf "$folder"' EXIT
    trap 'exit 1' HUP INT TERM
else
    mkdir -p "$folder"
fi
free=$(df -Pk "$folder" | awk 'NR == 2 { print $4 }')
[ "$free" -gt $((size / 1024 + 1024)) ] ||
    refuse 3 "$(dirname "$folder") の空きが足りません。$((size / 1048576 + 1)) MB 要ります。何も変えていません。"
archive | tar -xf - -C "$folder"
[ "$what" = install ] || exit 0
sh "$folder/install.sh"
exit 0
