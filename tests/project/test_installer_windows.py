"""The Windows installer's parts: interpreter, launchers, the script, and makensis over a tiny program."""

import hashlib
import io
import re
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

import build_installer
from installer.errors import BuildError
from installer.interpreter import contents_hash, interpreter_version, read_interpreter, trusted_interpreter
from installer.launcher import make_launcher
from installer.pins import read_pins
from installer.product import Product, stamp
from installer.signatures import check_signatures
from installer.windows import _make, installer_script, write_interpreter

EPOCH = 1_700_000_000
SIGNED = """\
Signer's certificate:
\tSigner #0:
\t\tSubject: /C=US/O=Python Software Foundation/CN={name}
Signature verification: ok
"""


def make_zip(path: Path, folder: str = "", **changed: bytes) -> Path:
    """An embeddable package in small: names as in the real one."""
    version = "ProductVersion\0\0".encode("utf-16-le") + "3.13.2\0".encode("utf-16-le")
    files = {"python.exe": b"p", "pythonw.exe": b"w", "python3.dll": b"3", "LICENSE.txt": b"PSF"}
    files |= {"python313.dll": version, "python313.zip": b"z", "python313._pth": b"."} | changed
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(folder + name, content)
    return path


@pytest.fixture
def verifier(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A pretended osslsigncode: says what is in the file `told`, and fails when there is none."""
    folder = tmp_path / "bin"
    folder.mkdir()
    tool = folder / "osslsigncode"
    tool.write_text(f"#!/bin/sh\nexec /bin/cat {tmp_path}/told\n")
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))
    return tmp_path / "told"


def test_the_same_files_in_another_zip_are_the_same_interpreter(tmp_path: Path) -> None:
    plain, wrapped = make_zip(tmp_path / "a.zip"), make_zip(tmp_path / "b.zip", folder="cp313/")
    assert contents_hash(read_interpreter(plain)) == contents_hash(read_interpreter(wrapped))
    other = make_zip(tmp_path / "c.zip", **{"python313.zip": b"y"})
    assert contents_hash(read_interpreter(other)) != contents_hash(read_interpreter(plain))
    assert interpreter_version(read_interpreter(plain)) == "3.13.2"


def test_an_interpreter_that_is_not_pinned_is_refused_with_its_hash(tmp_path: Path, verifier: Path) -> None:
    verifier.write_text(SIGNED.format(name="Python Software Foundation"))
    given = make_zip(tmp_path / "python.zip")
    found = hashlib.sha256(given.read_bytes()).hexdigest()
    pins = read_pins().python
    with pytest.raises(BuildError, match=found):
        trusted_interpreter(given, pins, tmp_path, tmp_path / "signed")
    with pytest.raises(BuildError, match="not 0000"):
        trusted_interpreter(given, pins, tmp_path, tmp_path / "signed", said="0000")
    assert trusted_interpreter(given, pins, tmp_path, tmp_path / "signed", said=found.upper())
    pinned = replace(pins, contents=contents_hash(read_interpreter(given)))
    assert trusted_interpreter(given, pinned, tmp_path, tmp_path / "signed")


def test_a_signature_must_hold_and_be_of_the_right_name(tmp_path: Path, verifier: Path) -> None:
    names = frozenset({"Python Software Foundation"})
    with pytest.raises(BuildError, match=r"python\.exe does not hold"):
        check_signatures({"python.exe": b"p"}, names, tmp_path, tmp_path / "signed")
    verifier.write_text(SIGNED.format(name="Somebody Else"))
    with pytest.raises(BuildError, match="Somebody Else"):
        check_signatures({"python.exe": b"p"}, names, tmp_path, tmp_path / "signed")
    verifier.write_text(SIGNED.format(name="Python Software Foundation").replace("ok", "failed"))
    with pytest.raises(BuildError, match="does not hold"):
        check_signatures({"python.exe": b"p"}, names, tmp_path, tmp_path / "signed")


def test_a_program_in_capital_letters_is_a_program_too(tmp_path: Path, verifier: Path) -> None:
    given = make_zip(tmp_path / "python.zip", **{"EXTRA.DLL": b"x"})
    found = hashlib.sha256(given.read_bytes()).hexdigest()
    with pytest.raises(BuildError, match=r"EXTRA\.DLL does not hold"):
        trusted_interpreter(given, read_pins().python, tmp_path, tmp_path / "signed", said=found)


def test_what_is_no_interpreter_is_refused(tmp_path: Path) -> None:
    (tmp_path / "no.zip").write_bytes(b"not a zip")
    with pytest.raises(BuildError, match="no readable zip"):
        read_interpreter(tmp_path / "no.zip")
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as archive:
        archive.writestr("readme.txt", b"")
    with pytest.raises(BuildError, match="not the embeddable"):
        read_interpreter(tmp_path / "other.zip")


def test_the_installed_interpreter_looks_only_into_its_own_folders(tmp_path: Path) -> None:
    files = read_interpreter(make_zip(tmp_path / "python.zip"))
    write_interpreter(tmp_path / "python", files)
    assert (tmp_path / "python/python313._pth").read_bytes() == b"python313.zip\r\n.\r\n..\\site\r\n"


def test_a_launcher_names_its_python_and_carries_its_program() -> None:
    made = make_launcher(b"MZstub", "app\\python\\python.exe")
    assert made == make_launcher(b"MZstub", "app\\python\\python.exe")
    assert made.startswith(b"MZstub#!<launcher_dir>\\app\\python\\python.exe\r\nPK")
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert b"from kakanai.__main__ import main" in archive.read("__main__.py")


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A program of five files, one with a name that NSIS would read as a variable."""
    root = tmp_path / "program"
    icon = Path(build_installer.ROOT) / "resources/icon/kakanai.ico"
    for name, content in {
        "kakanai.exe": b"k",
        "kakanaiw.exe": b"w",
        "app/kakanai.ico": icon.read_bytes(),
        "app/licences/LICENSE": b"licence\r\n",
        "app/python/python3.dll": b"3",
        "app/python/python313.dll": b"313",
        "app/site/a $b.py": b"x = 1\n",
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    stamp(root, EPOCH)
    return root


def test_the_script_names_every_file_once_and_leaves_no_word_open(program: Path, tmp_path: Path) -> None:
    text = installer_script(Product("1.2.3", EPOCH), program, tmp_path / "thing-setup.exe")
    lines = [line.strip() for line in text.splitlines()]
    files = [line for line in lines if line.startswith("File ")]
    assert len(files) == 7
    assert files[-2:] == [f'File "{program}/kakanai.exe"', f'File "{program}/kakanaiw.exe"']
    assert f'File "{program}/app/site/a $b.py"' in files
    assert r'SetOutPath "$INSTDIR\~new\site"' in lines
    assert r"$INSTDIR\app\python\python313.dll" in text
    assert '!define VERSION "1.2.3"' in lines
    assert not [line for line in lines if "@" in line and not line.startswith(";")]


def test_a_folder_of_another_program_is_refused_before_anything_is_taken_away() -> None:
    text = (Path(build_installer.ROOT) / "installer/windows/kakanai.nsi").read_text(encoding="utf-8")
    section = text[text.index("\nSection\n") :]
    refused = section.index(r'${AndIfNot} ${FileExists} "$INSTDIR\app\parts.cdx.json"')
    assert refused < section.index("Refuse 9") < section.index("RMDir")
    manual = (Path(build_installer.ROOT) / "docs/manual/install.md").read_text(encoding="utf-8")
    codes = set(re.findall(r"!insertmacro Refuse (\d)", text))
    assert codes == set(re.findall(r"^\| W-(\d) \|", manual, re.MULTILINE))


def test_every_menu_entry_that_is_made_is_taken_away_again() -> None:
    text = (Path(build_installer.ROOT) / "installer/windows/kakanai.nsi").read_text(encoding="utf-8")
    made = re.findall(r'CreateShortCut ("[^"]+")', text)
    assert len(made) == 2
    assert made == re.findall(r'Delete ("\$SMPROGRAMS[^"]+")', text)
    lesson = (Path(build_installer.ROOT) / "docs/manual/lesson.md").read_text(encoding="utf-8")
    assert "「書かない窓口 kakanai（練習）」" in lesson


@pytest.mark.skipif(shutil.which("makensis") is None, reason="nsis is not installed (make dist)")
def test_the_same_files_make_the_same_installer(program: Path, tmp_path: Path) -> None:
    made = []
    for number in range(2):
        setup = tmp_path / "thing-setup.exe"
        product = Product("1.2.3", EPOCH)
        (tmp_path / "kakanai.nsi").write_text(installer_script(product, program, setup), encoding="utf-8")
        _make(shutil.which("makensis") or "", tmp_path / "kakanai.nsi", product)
        made.append(setup.read_bytes())
        setup.unlink()
        stamp(program, EPOCH + number)
    assert made[0][:2] == b"MZ"
    assert made[0] == made[1]


@pytest.mark.parametrize("zips", [[], ["--python-embed", "a.zip", "--fetch-python-embed"]])
def test_where_the_interpreter_comes_from_must_be_said_once(
    zips: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        build_installer.parse(["--target", "windows", *zips])
    assert left.value.code == 2
    assert "--python-embed" in capsys.readouterr().err
