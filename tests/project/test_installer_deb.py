"""The Debian package's own files, and dpkg-deb over a tiny tree."""

import configparser
import subprocess
from pathlib import Path

import pytest

from installer.deb import HOME, _pack, _set_modes, runtime_dependencies, write_control, write_environment
from installer.product import ROOT, stamp

EPOCH = 1_700_000_000


def make_package(tree: Path, package: Path) -> bytes:
    (tree / HOME / "lib").mkdir(parents=True)
    (tree / HOME / "lib" / "thing.py").write_text("x = 1\n")
    (tree / HOME / "lib" / "thing.py").chmod(0o600)
    write_environment(tree, "3.11")
    write_control(tree, "1.2.3", ["python3.11", "pcscd"])
    _set_modes(tree)
    stamp(tree, EPOCH)
    _pack(tree, package, EPOCH)
    return package.read_bytes()


def test_the_same_tree_makes_the_same_package_and_root_owns_it(tmp_path: Path) -> None:
    package = tmp_path / "kakanai.deb"
    first = make_package(tmp_path / "one", package)
    assert make_package(tmp_path / "two", tmp_path / "again.deb") == first

    told = subprocess.run(["dpkg-deb", "--contents", package], check=True, capture_output=True, text=True)
    rows = {row.split()[5].removeprefix("."): row.split() for row in told.stdout.splitlines()}
    assert {row[1] for row in rows.values()} == {"root/root"}
    assert rows["/opt/kakanai/lib/thing.py"][0] == "-rw-r--r--"
    assert rows["/opt/kakanai/bin/kakanai"][0] == "-rwxr-xr-x"
    assert rows["/usr/bin/kakanai"][-1] == "/opt/kakanai/bin/kakanai"
    assert rows["/opt/kakanai/bin/python"][-1] == "/usr/bin/python3.11"
    assert "/usr/share/icons/hicolor/scalable/apps/kakanai.svg" in rows

    fields = subprocess.run(["dpkg-deb", "--field", package], check=True, capture_output=True, text=True)
    assert "Version: 1.2.3" in fields.stdout
    assert "Depends: python3.11, pcscd" in fields.stdout
    assert "@" not in fields.stdout.replace("kakanai@localhost", "")


def test_nothing_that_only_builds_is_depended_on() -> None:
    needed = runtime_dependencies()
    assert {"python3.11", "pcscd", "libxcb-cursor0", "libegl1"} <= set(needed)
    assert [n for n in needed if n.endswith("-dev") or n in {"gcc", "swig", "python3-venv"}] == []
    assert [n for n in needed if n.startswith("fonts-")] == []  # the package brings them


@pytest.mark.parametrize(
    ("name", "command", "title"),
    [
        ("kakanai", "/usr/bin/kakanai", "書かない窓口 kakanai"),
        ("kakanai-training", "/usr/bin/kakanai --training", "書かない窓口 kakanai（練習）"),
    ],
)
def test_the_menu_entries_start_what_is_installed(
    tmp_path: Path, name: str, command: str, title: str
) -> None:
    write_environment(tmp_path, "3.11")
    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str
    entry.read(tmp_path / f"usr/share/applications/{name}.desktop", encoding="utf-8")
    told = entry["Desktop Entry"]
    assert (told["Exec"], told["Name[ja]"]) == (command, title)
    manual = (ROOT / "docs/manual/install.md").read_text(encoding="utf-8")
    assert f"「{title}」" in manual
    assert (tmp_path / f"usr/share/icons/hicolor/256x256/apps/{told['Icon']}.png").is_file()
    first = (tmp_path / HOME / "bin/kakanai").read_text().splitlines()[0]
    assert first == "#!/opt/kakanai/bin/python -I"


def test_purging_deletes_no_data(tmp_path: Path) -> None:
    write_environment(tmp_path, "3.11")
    write_control(tmp_path, "1", [])
    script = tmp_path / "DEBIAN/postrm"
    home = tmp_path / "home"
    (home / ".local/share/kakanai").mkdir(parents=True)
    (home / ".local/share/kakanai/sessionlog.sqlite3").write_text("log")
    told = subprocess.run(
        [script, "purge"], env={"HOME": str(home)}, check=True, capture_output=True, text=True
    )
    assert "stay" in told.stdout
    assert (home / ".local/share/kakanai/sessionlog.sqlite3").read_text() == "log"
