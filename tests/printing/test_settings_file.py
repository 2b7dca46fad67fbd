"""printers.toml: what is written is read again; what is wrong is told with its place."""

import pytest

from kakanai.printing.errors import PrinterFileError, PrinterFileUnwritableError
from kakanai.printing.profile import Correction, FormRule, Margins, PrinterProfile, Sides
from kakanai.printing.settings_file import (
    PrinterSettings,
    parse_printer_settings,
    read_printer_settings,
    write_printer_settings,
)

PROFILE = PrinterProfile(
    Correction(0.4, -1.25, 1.002, 0.9985, 0.03, -0.04),
    Margins(4.2, 4.2, 4.2, 12.7),
    "tray-2",
    Sides.LONG_EDGE,
    two_up=True,
    calibrated="2026-11-22",
)
SETTINGS = PrinterSettings(
    {"counter-1": PROFILE, '窓口 "A"\\1F': PrinterProfile()},
    {
        "F07": FormRule(
            printer="seal", copies=2, keep_copy=False, two_up=False, sides=Sides.ONE, preprinted=True
        )
    },
    "counter-1",
)


def test_what_is_written_is_read_again(tmp_path):
    file = tmp_path / "home" / "printers.toml"
    write_printer_settings(file, SETTINGS)
    assert read_printer_settings(file) == SETTINGS


def test_no_file_is_no_settings(tmp_path):
    assert read_printer_settings(tmp_path / "printers.toml") == PrinterSettings()


def test_the_file_before_is_kept_beside(tmp_path):
    file = tmp_path / "printers.toml"
    write_printer_settings(file, SETTINGS)
    write_printer_settings(file, SETTINGS.with_profile("counter-1", PrinterProfile()))
    last = tmp_path / "printers.toml.last"
    assert parse_printer_settings(last.read_text(encoding="utf-8"), last.name) == SETTINGS
    assert sorted(one.name for one in tmp_path.iterdir()) == ["printers.toml", "printers.toml.last"]


def test_what_could_not_be_read_again_is_not_written(tmp_path):
    file = tmp_path / "printers.toml"
    write_printer_settings(file, SETTINGS)
    with pytest.raises(PrinterFileError) as caught:
        write_printer_settings(file, SETTINGS.with_rule("F07", FormRule(tray="tray 2")))
    assert "[form.F07] tray" in caught.value.details["place"]
    assert read_printer_settings(file) == SETTINGS


def test_forms_on_printed_paper_are_known():
    assert SETTINGS.preprinted == {"F07"}
    assert PrinterSettings(SETTINGS.printers).preprinted == frozenset()


def test_a_rule_that_changes_nothing_is_not_kept():
    assert SETTINGS.with_rule("F07", FormRule()).forms == {}


def test_a_file_that_cannot_be_written_stays_as_it_is(tmp_path):
    (tmp_path / "printers.toml").mkdir()
    with pytest.raises(PrinterFileUnwritableError):
        write_printer_settings(tmp_path / "printers.toml", SETTINGS)
    assert [one.name for one in tmp_path.iterdir()] == ["printers.toml"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("[printer.a\n", "1 行目"),
        ("printer = 3", "[printer]"),
        ("[printers.a]\n", "－"),
        ("[printer.a]\noffset_x = 1", '[printer."a"]'),
        ("[printer.a]\noffset_x_mm = true", '[printer."a"] offset_x_mm'),
        ("[printer.a]\noffset_x_mm = nan", '[printer."a"] offset_x_mm'),
        ("[printer.a]\noffset_x_mm = 99", '[printer."a"]'),
        ("[printer.a]\nscale_y = 2", '[printer."a"]'),
        ("[printer.a]\nmargins_mm = [1, 2, 3]", '[printer."a"] margins_mm'),
        ("[printer.a]\nmargins_mm = [1, 2, 3, -4]", '[printer."a"] margins_mm'),
        ('[printer.a]\ntray = "1 2"', '[printer."a"] tray'),
        ('[printer.a]\nsides = "both"', '[printer."a"] sides'),
        ("[printer.a]\ntwo_up = 1", '[printer."a"] two_up'),
        ("[form.f07]\ncopies = 1", "[form]"),
        ("[form.F07]\ncopies = 9", "[form.F07] copies"),
        ("[form.F07]\ncopies = true", "[form.F07] copies"),
        ('[form.F07]\nprinter = "a\\nb"', "[form.F07] printer"),
    ],
)
def test_a_mistake_is_told_with_its_place(text, place):
    with pytest.raises(PrinterFileError) as caught:
        parse_printer_settings(text, "printers.toml")
    assert caught.value.details["place"] == place


def test_a_file_of_another_encoding_is_told(tmp_path):
    file = tmp_path / "printers.toml"
    file.write_bytes("[printer.窓口]".encode("cp932"))
    with pytest.raises(PrinterFileError):
        read_printer_settings(file)
