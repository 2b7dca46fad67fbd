#!/usr/bin/env bash
# Tries the Windows installer under wine: refused on a full disk and over a folder of somebody else's, silent install,
# --version, doctor, demo, upgrade of an older version with its log, refused while it runs and over a newer version,
# uninstall; the demo's PDFs are held against those of this checkout's .venv, text and pixels.
# Usage: try_windows.sh SETUP.exe [FOLDER]     Needs wine (Debian: wine, wine64) and poppler-utils; no display.
# Not tried here: the window, Windows' spooler, a card reader. Debian 12's wine has no icuuc.dll, so that Qt does
# not start in it; nor bcryptprimitives.dll, in whose place .ci/wine_random.py puts one that passes the call on.
# Left behind: FOLDER, with the wine prefix and the PDFs. Each step tells its time.
set -euo pipefail
setup=$(realpath "$1")
folder=$(mkdir -p "${2:-/tmp/kakanai-wine}" && realpath "${2:-/tmp/kakanai-wine}")
cd "$(dirname "$0")/.."
export WINEPREFIX=$folder/prefix WINEDEBUG=-all WINEDLLOVERRIDES='wbemprox=;mscoree=;mshtml=' LC_ALL=C.UTF-8
export TZ=Asia/Tokyo
unset DISPLAY WAYLAND_DISPLAY

step() { printf '%4d s  %s\n' "$SECONDS" "$*"; }
# Python under wine wants pipes for its streams: a file or /dev/null is an "invalid handle" to it.
windows() { true | timeout 3000 wine "$@" 2>&1 | cat; }
told() { set +e; windows "$@"; came=$?; set -e; }  # for those whose exit code is the matter
in_registry() { windows reg query 'HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\kakanai' /v DisplayVersion /reg:64; }
told_version() { windows reg add 'HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\kakanai' /v DisplayVersion /d "$1" /f /reg:64 >/dev/null; }
local_data() { find "$WINEPREFIX/drive_c/users" -maxdepth 5 -path "*/AppData/Local/$1"; }

rm -rf "$folder/prefix" "$folder/out" "$folder/linux" "$folder/home" "$folder/older" "$folder/theirs"
step "wine prefix, as Windows 10"
windows wineboot -i >/dev/null 2>&1
windows reg add 'HKCU\Software\Wine' /v Version /d win10 /f >/dev/null
python3 .ci/wine_random.py "$WINEPREFIX/drive_c/windows/system32"

step "in a folder where somebody else's app is: refused"
mkdir -p "$folder/theirs/app"
echo theirs >"$folder/theirs/app/readme.txt"
told "$setup" /S "/D=Z:${folder//\//\\}\\theirs"
[ "$came" -eq 9 ] || { echo "exit code $came instead of 9"; exit 1; }
[ "$(find "$folder/theirs" -type f)" = "$folder/theirs/app/readme.txt" ]

if [ "$(id -u)" -eq 0 ]; then
    mkdir -p "$folder/full"
    mount -t tmpfs -o size=64m tmpfs "$folder/full"
    ln -sfn "$folder/full" "$WINEPREFIX/dosdevices/f:"
    told "$setup" /S '/D=F:\kakanai'
    left=$(find "$folder/full" -type f | wc -l)
    umount "$folder/full"
    step "on a full disk: exit code $came, $left files left"
    [ "$came" -eq 3 ] && [ "$left" -eq 0 ] || exit 1
fi

step "installed without a question: $(windows "$setup" /S && echo yes)"
place=$(local_data 'Programs/kakanai')
for file in kakanai.exe kakanaiw.exe uninstall.exe app/parts.cdx.json; do test -f "$place/$file"; done
test -d "$place/app/licences"
[ "$(find "$WINEPREFIX/drive_c" -name '*kakanai*.lnk' | wc -l)" -eq 2 ]
iconv -f UTF-16LE -t UTF-8 -c "$(find "$WINEPREFIX/drive_c" -name '*kakanai（練習）.lnk')" | grep -qa -e --training ||
    tr -d '\0' <"$(find "$WINEPREFIX/drive_c" -name '*kakanai（練習）.lnk')" | grep -qa -e --training
step "size: $(du -sm --apparent-size "$place" | cut -f1) MB"

windows "$place/kakanai.exe" --version
told "$place/kakanai.exe" doctor
[ "$came" -eq 0 ] || [ "$came" -eq 14 ] || { echo "doctor ended with $came"; exit 1; }

step "demo"
windows "$place/kakanai.exe" demo --out "Z:${folder//\//\\}\\out" >"$folder/demo.log" || { cat "$folder/demo.log"; exit 1; }
KAKANAI_HOME=$folder/home .venv/bin/kakanai demo --out "$folder/linux" >/dev/null
log=$(local_data kakanai)/sessionlog.sqlite3
test -s "$log"

step "the same papers as on Linux"
for pdf in "$folder"/linux/*.pdf; do
    other=$folder/out/$(basename "$pdf")
    cmp <(pdftotext -layout "$pdf" -) <(pdftotext -layout "$other" -)
    cmp <(pdftoppm -r 100 -png "$pdf" | sha256sum) <(pdftoppm -r 100 -png "$other" | sha256sum)
    echo "      $(basename "$pdf"): text and pixels are the same"
done
[ "$(find "$folder/out" -name '*.pdf' | wc -l)" -eq "$(find "$folder/linux" -name '*.pdf' | wc -l)" ]

step "over an older version: its program goes, its log stays"
version=$(.venv/bin/python -c 'import tomllib; print(tomllib.load(open("pyproject.toml", "rb"))["project"]["version"])')
told_version 0.0.9
echo 'x = 1' >"$place/app/site/kakanai/of_the_older_version.py"
before=$(sha256sum "$log")
windows "$setup" /S
[ "$before" = "$(sha256sum "$log")" ]
for gone in app/site/kakanai/of_the_older_version.py '~new' '~old'; do [ ! -e "$place/$gone" ]; done
in_registry | grep -qF "$version"
windows "$place/kakanai.exe" --version

step "a log of the older form: copied, then brought to the new one"
mkdir "$folder/older"
PYTHONPATH=. .venv/bin/python - "$folder/older/sessionlog.sqlite3" <<'PYTHON'
import sys
from pathlib import Path
from tests.sessionlog import legacy_files
legacy_files.make(Path(sys.argv[1]), 2)
PYTHON
(export KAKANAI_HOME="Z:${folder//\//\\}\\older" && windows "$place/kakanai.exe" log day 2026-11-20 && windows "$place/kakanai.exe" log verify) | sed 's/^/      /'
copy=$(find "$folder/older" -name 'sessionlog.sqlite3.before-*')
[ "$(.venv/bin/python -c 'import sqlite3, sys; print(*sqlite3.connect(sys.argv[1]).execute("SELECT count(DISTINCT case_number) FROM entry").fetchone())' "$copy")" -eq 2 ]
KAKANAI_HOME=$folder/older .venv/bin/kakanai log day 2026-11-20 | grep -q R8-1120-0002

step "while it runs: refused"
{ true | wine "$place/app/python/python.exe" -c 'import time; time.sleep(30)' 2>&1 | cat; } &
sleep 8
told "$setup" /S
wait
[ "$came" -eq 6 ] || { echo "exit code $came instead of 6"; exit 1; }

step "over a newer one: refused"
told_version 99.0.0
told "$setup" /S
[ "$came" -eq 7 ] || { echo "exit code $came instead of 7"; exit 1; }

step "removed; the log stays"
inside=${place#"$WINEPREFIX/drive_c"}
windows "$place/uninstall.exe" /S "_?=C:${inside//\//\\}"
for gone in app kakanai.exe; do [ ! -e "$place/$gone" ]; done
[ -z "$(find "$WINEPREFIX/drive_c" -name '*kakanai*.lnk')" ]
[ "$before" = "$(sha256sum "$log")" ]

wineserver -w
step "done"
