#!/bin/sh
# Installs kakanai from the folder that this script lies in. apt takes from this folder alone what is lacking;
# what is on the PC already stays as it is, and neither its package sources nor its lists are touched.
# Exit codes: 0 done, 2 damaged, 3 no room, 4 not root, 5 another system, 6 kakanai runs, 7 a newer one is
# installed, 8 apt could not install it.
set -eu
LC_ALL=C.UTF-8
DEBIAN_FRONTEND=noninteractive
export LC_ALL DEBIAN_FRONTEND
here=$(cd "$(dirname "$0")" && pwd)
version=@VERSION@
further="@FURTHER@"

refuse() {
    echo "B-$1: $2" >&2
    exit "$1"
}
is_installed() { [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

[ "$(id -u)" -eq 0 ] || refuse 4 "管理者の権限が要ります。sudo sh $0 のように実行してください。"
(. /etc/os-release && [ "$ID $VERSION_ID" = "debian 12" ]) 2>/dev/null && [ "$(dpkg --print-architecture)" = amd64 ] ||
    refuse 5 "Debian 12（64ビット）が要ります。何も変えていません。"
(cd "$here" && sha256sum --quiet --strict --check SHA256SUMS >/dev/null 2>&1) ||
    refuse 2 "パッケージが壊れています。もう一度写してください。何も変えていません。"
before=$(dpkg-query -W -f '${db:Status-Status} ${Version}' kakanai 2>/dev/null || true)
case $before in
"installed "*)
    ! dpkg --compare-versions "${before#* }" gt "$version" ||
        refuse 7 "新しい版 (${before#* }) が入っています。古い版 ($version) には戻せません。何も変えていません。"
    ;;
esac
for process in /proc/[0-9]*; do
    case $({ tr '\0' ' ' <"$process/cmdline"; } 2>/dev/null || true) in
    /opt/kakanai/bin/python*)
        refuse 6 "kakanai が動いています。受付を終えて窓を閉じてから、もう一度実行してください。何も変えていません。"
        ;;
    esac
done

# What dpkg will write, and as much again for what it keeps of an older kakanai meanwhile.
installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' | sed -n 's/^installed //p')
needed=$(echo "$installed" | awk '
    NR == FNR { there[$1] = 1; next }
    $1 == "Package:" { name = $2 }
    $1 == "Installed-Size:" && (!(name in there) || name == "kakanai") { sum += $2 }
    END { print int(sum / 1024) + 50 }' - "$here/Packages")
free=$(df -Pm / | awk 'NR == 2 { print $4 }')
[ "$free" -ge "$needed" ] || refuse 3 "ディスクの空きが足りません。$needed MB 要ります（空き $free MB）。何も変えていません。"

added=
for name in $further; do
    is_installed "$name" || added="$added $name"
done
state=$(mktemp -d "${TMPDIR:-/var/tmp}/kakanai-apt.XXXXXX")
trap 'rm -rf "$state"' EXIT
mkdir -p "$state/lists/partial" "$state/archives/partial"
ln -s "$here" "$state/packages"  # a line of sources ends at a blank, and the path may have one
echo "deb [trusted=yes] file:$state/packages ./" >"$state/sources.list"  # held against SHA256SUMS above
from_here() {
    apt-get -q -o "Dir::Etc::sourcelist=$state/sources.list" -o Dir::Etc::sourceparts=/dev/null \
        -o Dir::Etc::preferences=/dev/null -o Dir::Etc::preferencesparts=/dev/null \
        -o "Dir::State::lists=$state/lists" -o "Dir::Cache=$state" -o "Dir::Cache::archives=$state/archives" \
        -o APT::Sandbox::User=root -o DPkg::Lock::Timeout=120 -o Acquire::Languages=none "$@" </dev/null
}
echo "入れています…（数分かかります）"
# shellcheck disable=SC2086 - a list of names
if ! { from_here update && from_here install -y --no-install-recommends --no-remove kakanai $further; } \
    >"$state/told" 2>&1; then
    cat "$state/told" >&2
    refuse 8 "入れられませんでした。上の文を確かめて、もう一度実行してください（途中なら dpkg --configure -a）。"
fi
# What only comes along goes again by `apt autoremove`.
[ -z "$added" ] || apt-mark auto $added >/dev/null
echo "○ kakanai $(dpkg-query -W -f '${Version}' kakanai) が入りました。次に: kakanai doctor"
