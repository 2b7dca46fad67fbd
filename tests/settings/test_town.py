"""The town's file: what it may change, and how exactly a mistake in it is told."""

import contextlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kakanai.settings import (
    Paths,
    SettingsError,
    Town,
    TownFileUnreadableError,
    TownSyntaxError,
    TownValueError,
    UnknownTownKeyError,
    load_settings,
    load_town,
)


def town_of(home: Path, text: str) -> Town:
    (home / "town.toml").write_text(text, encoding="utf-8")
    return load_town(Paths(home))


def test_without_a_file_the_counter_is_in_mihon(tmp_path: Path) -> None:
    town = load_settings({"KAKANAI_HOME": str(tmp_path)}).town
    assert (town.name, town.mayor_title) == ("見本町", "見本町長")
    assert town.sections["tax"] == "税務課"
    assert town.fees["residence_certificate"] == 300
    assert town.default_clerk == "0000"
    assert town.counter_name == "窓口1"


def test_the_towns_file_changes_only_what_it_names(tmp_path: Path) -> None:
    town = town_of(tmp_path, '[town]\nname = "架空市"\n[fees]\nseal_certificate = 200\n')
    assert town.name == "架空市"
    assert town.mayor_title == "見本町長"
    assert town.fees["seal_certificate"] == 200
    assert town.fees["tax_certificate"] == 300


def test_a_byte_order_mark_of_a_windows_editor_is_no_mistake(tmp_path: Path) -> None:
    (tmp_path / "town.toml").write_bytes(b"\xef\xbb\xbf" + '[town]\nname = "架空市"\n'.encode())
    assert load_town(Paths(tmp_path)).name == "架空市"


def test_the_town_cannot_be_changed_while_running(tmp_path: Path) -> None:
    town = load_town(Paths(tmp_path))
    with pytest.raises(TypeError):
        town.fees["residence_certificate"] = 0  # type: ignore[index]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("[town]\nname = 見本町\n", 2),
        ('[town]\nname = "見本町\n[fees]\n', 2),
        ("[town]\n\nname =", 3),
        ("[fees]\ntax_certificate = 1\ntax_certificate = 2\n", 3),
    ],
)
def test_a_syntax_error_is_told_with_its_line(tmp_path: Path, text: str, line: int) -> None:
    with pytest.raises(TownSyntaxError) as caught:
        town_of(tmp_path, text)
    assert caught.value.details["line"] == line


@pytest.mark.parametrize(
    ("text", "line", "key", "nearest"),
    [
        ('[town]\nname = "架空市"\nmayor_titel = "架空市長"\n', 3, "mayor_titel", "mayor_title"),
        ("# 手数料\n[fee]\nseal_certificate = 200\n", 2, "fee", "fees"),
        ("[fees]\nresidence = 200\n", 2, "residence", "residence_certificate"),
        ("[fees]\nseal_certificates = 200\n", 2, "seal_certificates", "seal_certificate"),
        ("town.colour = 1\n", 1, "colour", ""),
        ("# x\n\n[zzz]\n", 3, "zzz", ""),
    ],
)
def test_an_unknown_name_is_refused_with_the_nearest_one(
    tmp_path: Path, text: str, line: int, key: str, nearest: str
) -> None:
    with pytest.raises(UnknownTownKeyError) as caught:
        town_of(tmp_path, text)
    details = caught.value.details
    assert (details["line"], details["key"], details["nearest"]) == (line, key, nearest)


@pytest.mark.parametrize(
    ("text", "line", "key"),
    [
        ('[fees]\n\nseal_certificate = "300"\n', 3, "fees.seal_certificate"),
        ("[fees]\nseal_certificate = -1\n", 2, "fees.seal_certificate"),
        ("[fees]\nseal_certificate = 100001\n", 2, "fees.seal_certificate"),
        ("[fees]\nseal_certificate = true\n", 2, "fees.seal_certificate"),
        ("[fees]\nseal_certificate = 300.0\n", 2, "fees.seal_certificate"),
        ('[town]\nname = ""\n', 2, "town.name"),
        ("[town]\nname = 5\n", 2, "town.name"),
        ('[town]\nmayor_title = "a\\tb"\n', 2, "town.mayor_title"),
        (f'[sections]\ntax = "{"課" * 41}"\n', 2, "sections.tax"),
        ('[counter]\ndefault_clerk = "山田"\n', 2, "counter.default_clerk"),
        ('[counter]\ndefault_clerk = ""\n', 2, "counter.default_clerk"),
        ('[diagnostic]\nlevel = "TRACE"\n', 2, "diagnostic.level"),
        ("[diagnostic]\nlevel = []\n", 2, "diagnostic.level"),
        ("\n[town.name]\nja = 1\n", 2, "town.name"),
        ('counter_name = "窓口2"\n', 1, "counter_name"),
        ("\n[[fees]]\nseal_certificate = 300\n", 2, "fees"),
    ],
)
def test_a_wrong_value_is_told_with_its_line(tmp_path: Path, text: str, line: int, key: str) -> None:
    with pytest.raises(TownValueError) as caught:
        town_of(tmp_path, text)
    assert caught.value.details["line"] == line
    assert caught.value.details["key"] == key
    assert caught.value.details["expected"]


def test_the_same_key_in_another_table_is_not_taken_for_it(tmp_path: Path) -> None:
    with pytest.raises(UnknownTownKeyError) as caught:
        town_of(tmp_path, '[sections]\ntax = "税務課"\n\n[fees]\ntax = 300\n')
    assert caught.value.details["line"] == 5


def test_a_file_of_another_encoding_is_unreadable(tmp_path: Path) -> None:
    (tmp_path / "town.toml").write_bytes('[town]\nname = "見本町"\n'.encode("cp932"))
    with pytest.raises(TownFileUnreadableError) as caught:
        load_town(Paths(tmp_path))
    assert caught.value.details["reason"] == "not UTF-8"


def test_a_folder_in_place_of_the_file_is_unreadable(tmp_path: Path) -> None:
    (tmp_path / "town.toml").mkdir()
    with pytest.raises(TownFileUnreadableError) as caught:
        load_town(Paths(tmp_path))
    assert caught.value.details["reason"] in {"EISDIR", "EACCES"}  # Linux, Windows


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(
        st.binary(max_size=80),
        st.text(alphabet="[]town.fe s=\"'#\n1t{}", max_size=80).map(str.encode),
    )
)
def test_any_bytes_make_a_town_or_our_error(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "town.toml").write_bytes(content)
    with contextlib.suppress(SettingsError):
        assert load_town(Paths(tmp_path)).fees["residence_certificate"] >= 0


def test_a_number_of_thousands_of_digits_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(TownSyntaxError):
        town_of(tmp_path, "[fees]\ntax_certificate = " + "9" * 5000 + "\n")


def test_a_file_of_another_kind_is_not_read_to_its_end(tmp_path: Path) -> None:
    (tmp_path / "town.toml").write_text("#" * 1_000_001, encoding="utf-8")
    with pytest.raises(TownFileUnreadableError) as caught:
        load_town(Paths(tmp_path))
    assert caught.value.details["reason"] == "EFBIG"
