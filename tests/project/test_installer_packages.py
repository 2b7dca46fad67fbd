"""What the installers take from the lock and from wheels: for the right system, and just as it should be."""

import ast
import base64
import hashlib
import zipfile
from pathlib import Path

import pytest

from installer.errors import BuildError
from installer.left_out import MODULES, is_installed
from installer.lock import debian_environment, locked_for, windows_environment
from installer.pins import read_pins
from installer.wheel_tree import unpack_wheel

ROOT = Path(__file__).resolve().parents[2]
LOCK = (ROOT / "requirements.lock").read_text()


def make_wheel(folder: Path, files: dict[str, bytes], record: str | None = None) -> Path:
    """A wheel of these files; RECORD tells the truth unless it is given."""
    path = folder / "thing-1.0-py3-none-any.whl"
    name = "thing-1.0.dist-info/RECORD"
    rows = [
        f"{file},sha256={base64.urlsafe_b64encode(hashlib.sha256(c).digest()).rstrip(b'=').decode()},{len(c)}"
        for file, c in files.items()
    ]
    with zipfile.ZipFile(path, "w") as archive:
        for file, content in files.items():
            archive.writestr(file, content)
        archive.writestr(name, record if record is not None else "\n".join([*rows, f"{name},,"]))
    return path


def test_windows_and_debian_get_what_each_needs() -> None:
    windows = {one.name for one in locked_for(LOCK, windows_environment(read_pins().python.version))}
    debian = {one.name for one in locked_for(LOCK, debian_environment("3.11.2"))}
    assert {"colorama", "pywin32-ctypes", "tzdata"} <= windows - debian
    assert {"secretstorage", "jeepney"} <= debian - windows
    assert {"pyside6-essentials", "pyscard", "psycopg-binary"} <= windows & debian


@pytest.mark.parametrize(
    "line", ["thing>=1 --hash=sha256:" + "0" * 64, "thing==1", "thing==1 --hash=md5:" + "0" * 32]
)
def test_a_package_that_is_not_pinned_stops_the_build(line: str) -> None:
    with pytest.raises(BuildError, match="thing"):
        locked_for(line, debian_environment("3.11.2"))


def test_a_wheel_is_unpacked_without_what_is_left_out(tmp_path: Path) -> None:
    files = {
        "thing/__init__.py": b"x = 1\n",
        "thing/old.pyi": b"x: int\n",
        "thing-1.0.data/purelib/beside.py": b"y = 2\n",
        "thing-1.0.data/scripts/thing": b"#!python\n",
    }
    unpack_wheel(make_wheel(tmp_path, files), tmp_path / "site", is_installed)
    there = {str(p.relative_to(tmp_path / "site")) for p in (tmp_path / "site").rglob("*") if p.is_file()}
    assert there == {"thing/__init__.py", "beside.py", "thing-1.0.dist-info/RECORD"}
    record = (tmp_path / "site/thing-1.0.dist-info/RECORD").read_text()
    assert {row.split(",")[0] for row in record.splitlines()} == {
        "thing/__init__.py",
        "beside.py",
        "thing-1.0.dist-info/RECORD",
    }


@pytest.mark.parametrize(
    ("files", "record", "told"),
    [
        ({"a.py": b"1"}, "a.py,sha256=wrong,1\nthing-1.0.dist-info/RECORD,,", "not what RECORD says"),
        ({"a.py": b"1", "b.py": b"2"}, "a.py,sha256=x,1\nthing-1.0.dist-info/RECORD,,", "differ: b.py"),
        ({"../out.py": b"1"}, None, "outside"),
    ],
)
def test_a_wheel_that_is_not_what_it_says_stops_the_build(
    tmp_path: Path, files: dict[str, bytes], record: str | None, told: str
) -> None:
    with pytest.raises(BuildError, match=told):
        unpack_wheel(make_wheel(tmp_path, files, record), tmp_path / "site")
    assert not (tmp_path / "out.py").exists()


def test_two_packages_with_the_same_file_stop_the_build(tmp_path: Path) -> None:
    unpack_wheel(make_wheel(tmp_path, {"a.py": b"1"}), tmp_path / "site")
    with pytest.raises(BuildError, match="already there"):
        unpack_wheel(make_wheel(tmp_path, {"a.py": b"2"}), tmp_path / "site")


def test_every_qt_module_that_is_used_is_installed() -> None:
    used = set()
    for path in (ROOT / "kakanai").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("PySide6"):
                names = [alias.name for alias in node.names]
                used |= set(names) if node.module == "PySide6" else {node.module.split(".")[1]}
            elif isinstance(node, ast.Import):
                used |= {a.name.split(".")[1] for a in node.names if a.name.startswith("PySide6.")}
    assert {"QtCore", "QtWidgets"} <= used
    assert used <= MODULES


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("PySide6/QtWidgets.pyd", True),
        ("PySide6/QtNetwork.abi3.so", False),
        ("PySide6/Qt6Pdf.dll", True),
        ("PySide6/Qt/lib/libQt6Network.so.6", True),  # QtPdf is linked with it
        ("PySide6/Qt/lib/libQt6Quick.so.6", False),
        ("PySide6/Qt/lib/libicudata.so.73", True),
        ("PySide6/Qt/plugins/platforms/libqxcb.so", True),
        ("PySide6/Qt/plugins/platforms/libqvnc.so", False),
        ("PySide6/plugins/platforms/qwindows.dll", True),
        ("PySide6/plugins/tls/qopensslbackend.dll", False),
        ("PySide6/translations/qtbase_ja.qm", True),
        ("PySide6/translations/qtbase_de.qm", False),
        ("PySide6/designer.exe", False),
        ("PySide6/support/deprecated.py", True),
        ("sqlalchemy/engine/base.py", True),
    ],
)
def test_of_qt_only_what_the_window_needs(name: str, expected: bool) -> None:
    assert is_installed(name) is expected
