"""The parts list (SBOM) and the licence texts: nothing without a licence, nothing without a hash."""

import hashlib
import importlib.metadata
import json
import re
import zipfile
from pathlib import Path

import pytest

from installer.checksums import write_checksums
from installer.errors import BuildError
from installer.fonts import copy_fonts
from installer.licences import licence_of, told_licence, write_licences
from installer.lock import debian_environment, locked_for, windows_environment
from installer.parts import (
    data_parts,
    font_parts,
    interpreter_part,
    launcher_part,
    package_parts,
    product_part,
)
from installer.pins import PinnedFont, read_pins
from installer.product import ROOT, Product
from installer.sbom import as_text, parts_list
from installer.wheelhouse import Package

LOCK = (ROOT / "requirements.lock").read_text()


def make_package(folder: Path, licence: str = "License-Expression: MIT\n", text: bool = True) -> Package:
    wheel = folder / "thing-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("thing-1.0.dist-info/METADATA", f"Name: thing\nVersion: 1.0\n{licence}\n")
        if text:
            archive.writestr("thing-1.0.dist-info/licenses/sub/LICENSE", "the text")
    return Package("thing", "1.0", wheel, wheel.name, "ab" * 32)


def components(document: dict) -> list[dict]:
    found = []
    for component in document.get("components", []):
        found += [component, *components(component)]
    return found


def test_a_parts_list_has_what_cyclonedx_asks_for(tmp_path: Path) -> None:
    pins = read_pins()
    parts = [
        *package_parts([make_package(tmp_path)], pins.licences),
        *font_parts(pins.fonts),
        *data_parts(),
        interpreter_part("3.13.2", "cd" * 32, pins),
        launcher_part(pins.launcher),
    ]
    product = product_part(Product("1.2.3", 0), "windows-amd64")
    document = parts_list(product, parts, 1_700_000_000)
    assert as_text(parts_list(product, list(reversed(parts)), 1_700_000_000)) == as_text(document)
    told = json.loads(as_text(document))
    assert (told["bomFormat"], told["specVersion"], told["version"]) == ("CycloneDX", "1.6", 1)
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", told["serialNumber"])
    assert told["metadata"]["timestamp"] == "2023-11-14T22:13:20+00:00"
    everything = [told["metadata"]["component"], *components(told)]
    refs = [component["bom-ref"] for component in everything]
    assert len(refs) == len(set(refs))
    assert {d["ref"] for d in told["dependencies"]} <= set(refs)
    for component in everything:
        assert component["type"] in {"application", "library", "platform", "file", "data"}
        assert component["name"]
        assert component["licenses"]
    thing = next(c for c in told["components"] if c["name"] == "thing")
    assert thing["hashes"] == [{"alg": "SHA-256", "content": "ab" * 32}]
    assert thing["purl"] == "pkg:pypi/thing@1.0?file_name=thing-1.0-py3-none-any.whl"
    assert {"IPAmj Mincho", "CPython", "simple_launcher"} <= {c["name"] for c in told["components"]}


def test_every_locked_package_has_a_known_licence() -> None:
    known = read_pins().licences
    names = {one.name for one in locked_for(LOCK, debian_environment("3.11.2"))}
    only_windows = {one.name for one in locked_for(LOCK, windows_environment("3.13.2"))} - names
    lacking = [
        name for name in sorted(names - known.keys()) if not told_licence(importlib.metadata.metadata(name))
    ]
    assert lacking == []
    assert sorted(only_windows - known.keys()) == []


def test_a_package_without_licence_or_text_stops_the_build(tmp_path: Path) -> None:
    unnamed = make_package(tmp_path, licence="License: see the web\n")
    with pytest.raises(BuildError, match="no SPDX licence"):
        licence_of(unnamed.wheel, "thing", {})
    assert licence_of(unnamed.wheel, "thing", {"thing": "MIT"}) == "MIT"
    bare = make_package(tmp_path, text=False)
    with pytest.raises(BuildError, match="no licence text"):
        write_licences([bare], {}, {}, tmp_path / "licences")


def test_every_licence_text_is_in_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "licences"
    write_licences([make_package(tmp_path)], {"cpython-3/LICENSE.txt": b"PSF"}, {}, folder)
    assert (folder / "thing-1.0/sub-LICENSE").read_text() == "the text"
    assert (folder / "cpython-3/LICENSE.txt").read_bytes() == b"PSF"
    assert "LESSER GENERAL PUBLIC" in (folder / "LGPL-3.0-only.txt").read_text()
    assert "IPAフォントライセンス" in (folder / "IPA.txt").read_text()
    assert "SIL OPEN FONT LICENSE" in (folder / "OFL-1.1.txt").read_text()
    assert (folder / "NOTICE").read_bytes() == (ROOT / "NOTICE").read_bytes()


def test_qt_is_used_under_a_licence_whose_text_is_brought(tmp_path: Path) -> None:
    known = {"thing": "LGPL-3.0-only OR GPL-2.0-only"}
    write_licences([make_package(tmp_path, text=False)], {}, known, tmp_path / "licences")
    assert "LGPL-3.0-only" in (tmp_path / "licences/thing-1.0/LICENSE.txt").read_text()


def test_a_font_is_taken_only_as_it_is_pinned(tmp_path: Path) -> None:
    (tmp_path / "a.ttf").write_bytes(b"font")
    font = PinnedFont("deep/a.ttf", hashlib.sha256(b"font").hexdigest(), "A", "1", "OFL-1.1")
    copy_fonts([font], tmp_path, tmp_path / "out")
    assert (tmp_path / "out/a.ttf").read_bytes() == b"font"
    (tmp_path / "a.ttf").write_bytes(b"another")
    with pytest.raises(BuildError, match="not A 1"):
        copy_fonts([font], tmp_path, tmp_path / "out")
    (tmp_path / "a.ttf").unlink()
    with pytest.raises(BuildError, match="--fonts"):
        copy_fonts([font], tmp_path, tmp_path / "out")


def test_the_checksums_are_of_every_file(tmp_path: Path) -> None:
    (tmp_path / "b.deb").write_bytes(b"b")
    (tmp_path / "a.exe").write_bytes(b"a")
    for _ in range(2):
        write_checksums(tmp_path)
    lines = [line.split("  ") for line in (tmp_path / "SHA256SUMS").read_text().splitlines()]
    assert lines == [[hashlib.sha256(name[:1].encode()).hexdigest(), name] for name in ("a.exe", "b.deb")]
