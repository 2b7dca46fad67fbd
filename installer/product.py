"""What is built: name, version, and the one time that every made file bears."""

import os
import subprocess
import tomllib
from dataclasses import dataclass
from pathlib import Path

from installer.errors import BuildError

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Product:
    """The version of pyproject.toml, and the time of the last commit in seconds since 1970."""

    version: str
    epoch: int


def read_product(root: Path = ROOT) -> Product:
    """The product of a checkout; SOURCE_DATE_EPOCH goes before the time of the last commit.

    Raises:
        BuildError: there is neither the variable nor a commit.
    """
    version = str(tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])
    named = os.environ.get("SOURCE_DATE_EPOCH")
    if named is None:
        told = subprocess.run(  # noqa: S603 - arguments made here
            ["git", "-C", str(root), "log", "-1", "--format=%ct"],  # noqa: S607
            capture_output=True,
            text=True,
            check=False,
        )
        named = told.stdout.strip()
    if not named.isdecimal():
        raise BuildError("No time to stamp the files with: build from a git clone, or set SOURCE_DATE_EPOCH.")
    return Product(version, int(named))


def stamp(tree: Path, epoch: int) -> None:
    """Give every file and folder below `tree` the one time, so that the same input makes the same bytes."""
    for path in (tree, *tree.rglob("*")):
        os.utime(path, (epoch, epoch), follow_symlinks=False)
