"""What the town's file says about forms: ordinance, exemptions, printers by paper, QR code."""

import datetime as dt
from pathlib import Path

import pytest

from kakanai.settings import Paths, Town, TownValueError, UnknownTownKeyError, load_town


def town_of(home: Path, text: str) -> Town:
    (home / "town.toml").write_text(text, encoding="utf-8")
    return load_town(Paths(home))


def test_the_shipped_town_gives_the_number_by_law_alone(tmp_path: Path) -> None:
    town = load_town(Paths(tmp_path))
    assert town.my_number_forms == frozenset()
    assert "公用" in town.fee_exemptions
    assert town.prints_qr
    assert [town.printer_for(paper) for paper in ("A4", "A5")] == ["", ""]


def test_a_town_decides(tmp_path: Path) -> None:
    town = town_of(
        tmp_path,
        '[my_number]\nforms = ["F16", "F35"]\n[fee_exemptions]\nreasons = ["公用"]\n'
        '[printers]\nA5 = "madoguchi-a5"\n[counter]\nprinter = "madoguchi"\n[paper]\nqr = false\n',
    )
    assert town.my_number_forms == {"F16", "F35"}
    assert town.fee_exemptions == ("公用",)
    assert not town.prints_qr
    assert [town.printer_for(paper) for paper in ("A4", "A5")] == ["madoguchi", "madoguchi-a5"]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('[my_number]\nforms = "F16"', "my_number.forms"),
        ('[my_number]\nforms = ["f16"]', "my_number.forms"),
        ('[fee_exemptions]\nreasons = [""]', "fee_exemptions.reasons"),
        ('[fee_exemptions]\nreasons = "公用"', "fee_exemptions.reasons"),
        ('[paper]\nqr = "no"', "paper.qr"),
        ("[printers]\nA4 = 1", "printers.A4"),
    ],
)
def test_a_wrong_value_is_told_with_its_line(tmp_path: Path, text: str, key: str) -> None:
    with pytest.raises(TownValueError) as caught:
        town_of(tmp_path, text)
    assert (caught.value.details["line"], caught.value.details["key"]) == (2, key)


def test_a_paper_nobody_prints_on(tmp_path: Path) -> None:
    with pytest.raises(UnknownTownKeyError) as caught:
        town_of(tmp_path, '[printers]\nA6 = "x"')
    assert (caught.value.details["key"], caught.value.details["line"]) == ("A6", 2)


def test_a_town_says_when_it_is_closed_and_what_goes_with_the_forms(tmp_path: Path) -> None:
    shipped = load_town(Paths(tmp_path))
    assert (shipped.papers_beside, shipped.prints_identity_check) == ((), False)
    assert dt.date(2026, 11, 23) in shipped.closed_days
    town = town_of(
        tmp_path,
        '[paper]\nbeside = ["G03", "G01"]\nprint_identity_check = true\n'
        '[calendar]\nclosed_days = ["2027-02-11"]\n',
    )
    assert (town.papers_beside, town.prints_identity_check) == (("G01", "G03"), True)
    assert town.closed_days == {dt.date(2027, 2, 11)}


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('[paper]\nbeside = ["F01"]', "paper.beside"),
        ('[paper]\nbeside = ["G01", "G01"]', "paper.beside"),
        ('[paper]\nprint_identity_check = "no"', "paper.print_identity_check"),
        ('[calendar]\nclosed_days = ["2027-02-30"]', "calendar.closed_days"),
        ('[calendar]\nclosed_days = ["R9.2.11"]', "calendar.closed_days"),
        ("[calendar]\nclosed_days = [2027-02-11]", "calendar.closed_days"),
    ],
)
def test_a_wrong_day_or_paper_is_told_with_its_line(tmp_path: Path, text: str, key: str) -> None:
    with pytest.raises(TownValueError) as caught:
        town_of(tmp_path, text)
    assert (caught.value.details["line"], caught.value.details["key"]) == (2, key)
