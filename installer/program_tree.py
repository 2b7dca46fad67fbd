"""What both installers share: all modules in one folder, with fonts, licence texts and parts list."""

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from installer.fonts import copy_fonts
from installer.left_out import is_installed
from installer.licences import write_licences
from installer.parts import data_parts, font_parts, package_parts, product_part
from installer.pins import read_pins
from installer.product import Product
from installer.sbom import Part, as_text, parts_list
from installer.wheel_tree import unpack_wheel
from installer.wheelhouse import Package, own_wheel


@dataclass(frozen=True)
class Workplace:
    """Where a build takes from and puts to: downloads, fonts, a folder of its own, and the results."""

    cache: Path
    fonts: Path
    build: Path
    out: Path


def fresh_folder(folder: Path) -> Path:
    """The folder, empty."""
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    return folder


def fill_modules(site: Path, packages: Sequence[Package], product: Product, place: Workplace) -> None:
    """All packages, kakanai itself and the fonts into the folder that Python imports from.

    Raises:
        BuildError: a file is not what it should be.
    """
    for package in packages:
        unpack_wheel(package.wheel, site, is_installed)
    unpack_wheel(own_wheel(fresh_folder(place.build / "wheel"), product.epoch), site)
    copy_fonts(read_pins().fonts, place.fonts, site / "kakanai" / "_resources" / "fonts")


def write_papers(
    target: Path, packages: Sequence[Package], licence_texts: Mapping[str, bytes], bom: str
) -> None:
    """The licence texts and the parts list into a folder of the installed program."""
    write_licences(packages, licence_texts, read_pins().licences, target / "licences")
    (target / "parts.cdx.json").write_text(bom, encoding="utf-8")


def bill(product: Product, platform: str, packages: Sequence[Package], further: Sequence[Part]) -> str:
    """The text of the parts list (SBOM) of an installer."""
    pins = read_pins()
    parts = [*package_parts(packages, pins.licences), *font_parts(pins.fonts), *data_parts(), *further]
    return as_text(parts_list(product_part(product, platform), parts, product.epoch))
