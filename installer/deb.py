"""The Debian package: a Python environment of its own below /opt/kakanai, on Debian's interpreter."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

from installer.errors import BuildError
from installer.lock import debian_environment, locked_for
from installer.product import ROOT, Product, stamp
from installer.program_tree import Workplace, bill, fill_modules, fresh_folder, write_papers
from installer.wheelhouse import debian_packages

HOME: Final = "opt/kakanai"
PYTHON: Final = (3, 11)
"""Debian 12's. Compiled packages are for this one alone."""

_TEMPLATES: Final = Path(__file__).with_name("debian")
_NOT_TO_RUN: Final = re.compile(r"python3|python3-venv|gcc|.*-dev|pkg-config|swig|fonts-.*|cups-client")
"""Of .ci/apt-packages.txt: what only builds, what is brought along, what is merely recommended."""


def build_deb(product: Product, place: Workplace) -> list[Path]:
    """The package and its parts list, in `place.out`.

    Raises:
        BuildError: this is not the Python that the package is for, or a step failed.
    """
    if sys.version_info[:2] != PYTHON or shutil.which("dpkg-deb") is None:
        raise BuildError("The .deb is built on Debian 12, with its Python 3.11 and dpkg-deb.")
    python = f"{PYTHON[0]}.{PYTHON[1]}"
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    locked = locked_for(lock, debian_environment(f"{python}.2"))
    packages = debian_packages(locked, place.cache)
    tree = fresh_folder(place.build / "debian")
    site = tree / HOME / "lib" / f"python{python}" / "site-packages"
    fill_modules(site, packages, product, place)
    bom = bill(product, "debian-12-amd64", packages, [])
    write_papers(tree / HOME, packages, {}, bom)
    _compile(site, f"/{site.relative_to(tree)}")
    write_environment(tree, python)
    write_control(tree, product.version, runtime_dependencies())
    _set_modes(tree)
    stamp(tree, product.epoch)
    package = package_file(product, place.out)
    _pack(tree, package, product.epoch)
    parts = place.out / f"kakanai_{product.version}_amd64.cdx.json"
    parts.write_text(bom, encoding="utf-8")
    return [package, parts]


def package_file(product: Product, out: Path) -> Path:
    """Where the package of this version lies once it is built."""
    return out / f"kakanai_{product.version}_amd64.deb"


def write_environment(tree: Path, python: str) -> None:
    """The environment's own files: interpreter, command, menu entry, icons."""
    home = tree / HOME
    (home / "bin").mkdir(parents=True)
    (home / "bin" / "python").symlink_to(f"/usr/bin/python{python}")
    config = f"home = /usr/bin\ninclude-system-site-packages = false\nversion = {python}\n"
    (home / "pyvenv.cfg").write_text(config, encoding="utf-8")
    shutil.copyfile(_TEMPLATES / "kakanai.py", home / "bin" / "kakanai")
    (home / "bin" / "kakanai").chmod(0o755)
    (tree / "usr/bin").mkdir(parents=True)
    (tree / "usr/bin/kakanai").symlink_to(f"/{HOME}/bin/kakanai")
    for source, target in (
        (_TEMPLATES / "kakanai.desktop", "usr/share/applications/kakanai.desktop"),
        (_TEMPLATES / "kakanai-training.desktop", "usr/share/applications/kakanai-training.desktop"),
        (ROOT / "resources/icon/kakanai.svg", "usr/share/icons/hicolor/scalable/apps/kakanai.svg"),
        (ROOT / "resources/icon/kakanai.png", "usr/share/icons/hicolor/256x256/apps/kakanai.png"),
        (_TEMPLATES / "copyright", "usr/share/doc/kakanai/copyright"),
    ):
        (tree / target).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, tree / target)


def write_control(tree: Path, version: str, depends: list[str]) -> None:
    """DEBIAN/: what the package is and needs, and what happens when it goes."""
    folder = tree / "DEBIAN"
    folder.mkdir()
    size = sum(path.lstat().st_size for path in tree.rglob("*") if path.is_file()) // 1024
    text = (_TEMPLATES / "control").read_text(encoding="utf-8")
    for word, value in (("VERSION", version), ("SIZE", str(size)), ("DEPENDS", ", ".join(depends))):
        text = text.replace(f"@{word}@", value)
    (folder / "control").write_text(text, encoding="utf-8")
    shutil.copyfile(_TEMPLATES / "postrm", folder / "postrm")
    (folder / "postrm").chmod(0o755)


def runtime_dependencies(listed: Path = ROOT / ".ci" / "apt-packages.txt") -> list[str]:
    """Debian's packages without which the installed program does not start."""
    lines = [line.split() for line in listed.read_text(encoding="utf-8").splitlines()]
    names = [words[1] for words in lines if words and words[0] == "run"]
    python = f"{PYTHON[0]}.{PYTHON[1]}"
    return [f"python{python}", *(name for name in names if not _NOT_TO_RUN.fullmatch(name))]


def _compile(site: Path, installed: str) -> None:
    """Byte code beside each module: nobody may write there later. It is never compared with its source."""
    command = [sys.executable, "-m", "compileall", "-q", "-j", "1", "--invalidation-mode", "unchecked-hash"]
    told = subprocess.run(  # noqa: S603 - our own Python, with arguments made here
        [*command, "-s", str(site), "-p", installed, str(site)],
        env={**os.environ, "PYTHONHASHSEED": "0"},
        capture_output=True,
        text=True,
        check=False,
    )
    if told.returncode:
        raise BuildError(f"compileall failed:\n{told.stdout}{told.stderr}")


def _set_modes(tree: Path) -> None:
    """Readable by all, whatever the umask and the wheels said; programs stay programs."""
    for path in (tree, *tree.rglob("*")):
        if path.is_symlink():
            continue
        is_program = path.is_dir() or (path.parent.name in {"bin", "DEBIAN"} and os.access(path, os.X_OK))
        path.chmod(0o755 if is_program else 0o644)


def _pack(tree: Path, package: Path, epoch: int) -> None:
    package.parent.mkdir(parents=True, exist_ok=True)
    command = ["dpkg-deb", "--root-owner-group", "-Zxz", "-z3", "--build", str(tree), str(package)]
    told = subprocess.run(  # noqa: S603 - arguments made here
        command,
        env={**os.environ, "SOURCE_DATE_EPOCH": str(epoch), "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )
    if told.returncode:
        raise BuildError(f"dpkg-deb failed:\n{told.stdout}{told.stderr}")
