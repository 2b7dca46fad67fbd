"""The town's addressees, sections and counters, and mistakes that show only beside other values."""

from pathlib import Path

import pytest

from kakanai.settings import Paths, Town, TownReferenceError, TownValueError, check_town, load_town
from kakanai.settings.town import Section


def town_of(home: Path, text: str) -> Town:
    (home / "town.toml").write_text(text, encoding="utf-8")
    return load_town(Paths(home))


def test_addressees_bear_the_towns_own_names(tmp_path: Path) -> None:
    town = town_of(
        tmp_path,
        '[town]\nname = "架空市"\nmayor_title = "架空市長"\n[addressees]\nwater = "{name}企業局長　あて"\n',
    )
    assert town.addressees["mayor"] == "架空市長　様"
    assert town.addressees["school_board"] == "架空市教育委員会　様"
    assert town.addressees["water"] == "架空市企業局長　あて"
    assert town.addressees["pension_office"] == "見本年金事務所長　様"


def test_a_section_has_its_place_and_telephone(tmp_path: Path) -> None:
    text = '[section_places]\ntax = "1階 2番"\n[section_phones]\ntax = "0157-00-0000"\n'
    town = town_of(tmp_path, text)
    assert town.section("tax") == Section("税務課", "1階 2番", "0157-00-0000")
    assert town.section("care") == Section("福祉課")


def test_the_towns_counters_replace_ours(tmp_path: Path) -> None:
    town = town_of(tmp_path, '[counter]\ncounter_name = "税1"\n[counters]\n"税1" = "tax"\n"税2" = "tax"\n')
    assert town.counters == {"税1": "tax", "税2": "tax"}
    assert load_town(Paths(tmp_path / "none")).counters == {"窓口1": "common"}


@pytest.mark.parametrize(
    ("text", "line", "key", "given"),
    [
        ('[my_number]\nforms = ["F16",\n "F05"]\n', 2, "my_number.forms", "F05"),
        ('[my_number]\nforms = ["F99"]\n', 2, "my_number.forms", "F99"),
        ('[counters]\n"窓口1" = "tax"\n"窓口2" = "taxes"\n', 3, "counters.窓口2", "taxes"),
        ('[counter]\ncounter_name = "x"\n[counters]\n"a" = "tax"\n', 2, "counter.counter_name", "x"),
    ],
)
def test_a_name_of_nothing_is_told_with_what_may_stand_there(
    tmp_path: Path, text: str, line: int, key: str, given: str
) -> None:
    with pytest.raises(TownReferenceError) as caught:
        town_of(tmp_path, text)
    details = caught.value.details
    assert (details["line"], details["key"], details["given"]) == (line, key, given)
    assert details["known"]


@pytest.mark.parametrize(
    ("text", "line", "key"),
    [
        ('[counters]\n"a" = "tax"\n', 1, "counters"),
        ('[counters]\n"" = "tax"\n', 2, "counters"),
        ('[addressees]\nmayor = "{town}　様"\n', 2, "addressees.mayor"),
        (f'[town]\nmayor_title = "{"長" * 39}"\n', 2, "town.mayor_title"),
        ('[fee_exemptions]\nreasons = ["公用", "公用"]\n', 2, "fee_exemptions.reasons"),
        ('[counter]\nadministrators = "2001"\n', 2, "counter.administrators"),
        ("[section_phones]\ntax = 157\n", 2, "section_phones.tax"),
    ],
)
def test_a_wrong_value_is_told_with_its_line(tmp_path: Path, text: str, line: int, key: str) -> None:
    with pytest.raises(TownValueError) as caught:
        town_of(tmp_path, text)
    assert (caught.value.details["line"], caught.value.details["key"]) == (line, key)


def test_a_check_tells_every_mistake(tmp_path: Path) -> None:
    text = '[town]\nname = 5\nmayer = 1\n[fees]\ntax_certificate = -1\n[zz]\n[my_number]\nforms = ["F01"]\n'
    found = check_town(text, tmp_path / "town.toml")
    assert [(m.code, m.details["line"]) for m in found] == [
        ("S-013", 2),
        ("S-012", 3),
        ("S-013", 5),
        ("S-012", 6),
        ("S-015", 8),
    ]
    assert [m.code for m in check_town("[town", tmp_path / "town.toml")] == ["S-011"]
    assert check_town("", tmp_path / "town.toml") == []
