"""Changing the town's file: all rules hold, the last one is kept, and nothing is half done."""

import os
import stat
from pathlib import Path

import pytest

from kakanai.messages import message_for
from kakanai.settings import (
    Paths,
    TownChangeRefusedError,
    TownFileUnwritableError,
    TownSyntaxError,
    load_town,
)
from kakanai.settings.errors import TownChangeValueError, UnknownSettingError
from kakanai.settings.town_change import prepare_change
from kakanai.settings.town_entries import town_entries, typed_value


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths(tmp_path)


def change(paths: Paths, changes: dict) -> tuple[str, ...]:
    with prepare_change(paths, changes) as prepared:
        prepared.commit()
        return prepared.names


def files(paths: Paths) -> list[str]:
    return sorted(path.name for path in paths.home.iterdir())


def test_the_change_counts_and_the_last_file_is_kept(paths: Paths) -> None:
    paths.town_file.write_text("# 一つ目\n[fees]\nrabies_tag = 500\n", encoding="utf-8")
    first = paths.town_file.read_bytes()
    assert change(paths, {"fees.rabies_tag": 600, "town.name": "架空町"}) == ("town.name", "fees.rabies_tag")
    town = load_town(paths)
    assert (town.fees["rabies_tag"], town.name) == (600, "架空町")
    assert paths.last_town_file.read_bytes() == first
    second = paths.town_file.read_bytes()
    change(paths, {"fees.rabies_tag": 700})
    assert paths.last_town_file.read_bytes() == second
    assert files(paths) == ["town.toml", "town.toml.last"]


def test_the_first_change_makes_the_file_and_keeps_none(paths: Paths) -> None:
    change(paths, {"paper.qr": False})
    assert not load_town(paths).prints_qr
    assert files(paths) == ["town.toml"]


def test_what_is_so_already_is_no_change(paths: Paths) -> None:
    with prepare_change(paths, {"fees.rabies_tag": 550, "town.name": "見本町"}) as prepared:
        assert prepared.names == ()


def test_a_change_that_is_not_committed_leaves_nothing(paths: Paths) -> None:
    paths.town_file.write_text('[town]\nname = "架空町"\n', encoding="utf-8")
    with prepare_change(paths, {"town.name": "別の町"}) as prepared:
        assert prepared.town.name == "別の町"
    assert files(paths) == ["town.toml"]
    assert load_town(paths).name == "架空町"


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"fees.rabies_tag": -1}, "fees.rabies_tag"),
        ({"fees.rabies_tag": True}, "fees.rabies_tag"),
        ({"fees.rabies_tag": "550"}, "fees.rabies_tag"),
        ({"town.name": ""}, "town.name"),
        ({"town.name": "　"}, "town.name"),
        ({"addressees.mayor": "{nama}　様"}, "addressees.mayor"),
        ({"addressees.mayor": "{name　様"}, "addressees.mayor"),
        ({"addressees.mayor": "{name}{name}　様", "town.name": "町" * 25}, "addressees.mayor"),
        ({"town.mayor_title": "長" * 40}, "town.mayor_title"),
        ({"my_number.forms": ["F05"]}, "my_number.forms"),
        ({"my_number.forms": ["X99"]}, "my_number.forms"),
        ({"counters": {}}, "counters"),
        ({"counters": {"窓口2": "tax"}}, "counters"),
        ({"counters": {"窓口1": "taxes"}}, "counters.窓口1"),
        ({"counters": {"窓口1": "tax"}, "counter.counter_name": "窓口9"}, "counter.counter_name"),
        ({"fee_exemptions.reasons": ["公用", "公用"]}, "fee_exemptions.reasons"),
        ({"counter.administrators": ["山田"]}, "counter.administrators"),
        ({"diagnostic.level": "TRACE"}, "diagnostic.level"),
    ],
)
def test_a_value_that_cannot_be_changes_nothing(paths: Paths, changes: dict, key: str) -> None:
    paths.town_file.write_text("# うち\n", encoding="utf-8")
    with pytest.raises(TownChangeValueError) as caught:
        prepare_change(paths, changes)
    assert caught.value.details["key"] == key
    assert caught.value.details["expected"]
    assert files(paths) == ["town.toml"]
    assert paths.town_file.read_text(encoding="utf-8") == "# うち\n"


def test_a_setting_that_does_not_exist_is_named_with_the_nearest(paths: Paths) -> None:
    with pytest.raises(UnknownSettingError) as caught:
        prepare_change(paths, {"fees.rabies_tags": 1})
    assert caught.value.details == {"key": "fees.rabies_tags", "nearest": "fees.rabies_tag"}


def test_a_file_with_a_mistake_is_corrected_by_its_author_first(paths: Paths) -> None:
    paths.town_file.write_text("[town\n", encoding="utf-8")
    with pytest.raises(TownSyntaxError):
        prepare_change(paths, {"town.name": "架空町"})
    assert files(paths) == ["town.toml"]


def test_line_ends_of_windows_and_the_rights_of_the_file_stay(paths: Paths) -> None:
    paths.town_file.write_bytes('# 町\r\n[town]\r\nname = "a"\r\n'.encode())
    paths.town_file.chmod(0o640)
    change(paths, {"town.name": "b", "fees.rabies_tag": 1})
    text = paths.town_file.read_bytes()
    assert text.count(b"\r\n") == text.count(b"\n")
    if os.name == "posix":
        assert stat.S_IMODE(paths.town_file.stat().st_mode) == 0o640


@pytest.mark.skipif(os.name != "posix", reason="links need no right on POSIX")
def test_a_file_shared_by_a_link_stays_shared(paths: Paths, tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    (shared / "town.toml").write_text('[town]\nname = "a"\n', encoding="utf-8")
    paths.town_file.symlink_to(shared / "town.toml")
    change(paths, {"town.name": "b"})
    assert paths.town_file.is_symlink()
    assert 'name = "b"' in (shared / "town.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("broken", ["fsync", "replace"])
def test_a_full_disk_leaves_the_file_as_it_was(
    paths: Paths, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    paths.town_file.write_text('[town]\nname = "a"\n', encoding="utf-8")

    def fail(*_: object) -> None:
        raise OSError(28, "full")

    if broken == "fsync":
        monkeypatch.setattr("kakanai.settings.town_change.os.fsync", fail)
    else:
        monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(TownFileUnwritableError) as caught:
        change(paths, {"town.name": "b"})
    monkeypatch.undo()
    assert caught.value.details["reason"] == "ENOSPC"
    assert load_town(paths).name == "a"
    assert [name for name in files(paths) if name.startswith(".town.toml.") and "last" not in name] == []


def test_only_an_administrator_may(paths: Paths) -> None:
    with pytest.raises(TownChangeRefusedError):
        load_town(paths).require_administrator("2001")
    paths.town_file.write_text('[counter]\nadministrators = ["2001"]\n', encoding="utf-8")
    town = load_town(paths)
    town.require_administrator("2001")
    with pytest.raises(TownChangeRefusedError):
        town.require_administrator("2002")


@pytest.mark.parametrize(
    ("name", "words", "value"),
    [
        ("fees.rabies_tag", "５５０", 550),
        ("fees.rabies_tag", " 0 ", 0),
        ("paper.qr", "いいえ", False),
        ("paper.qr", "TRUE", True),
        ("my_number.forms", "F16、F35", ["F16", "F35"]),
        ("counter.supervisors", "1001, 1002", ["1001", "1002"]),
        ("counter.supervisors", "", []),
        ("counters", "窓口1=tax、窓口2 = care", {"窓口1": "tax", "窓口2": "care"}),
        ("section_places.tax", "", ""),
        ("addressees.water", "水道企業団企業長　様", "水道企業団企業長　様"),
    ],
)
def test_what_people_type_becomes_a_value(name: str, words: str, value: object) -> None:
    assert typed_value(name, words) == value


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("fees.rabies_tag", "5.5"),
        ("fees.rabies_tag", "1" * 5000),
        ("fees.rabies_tag", "一"),
        ("fees.rabies_tag", ""),
        ("paper.qr", "たぶん"),
        ("counters", "窓口1"),
        ("town.name", "a\nb"),
    ],
)
def test_what_cannot_be_a_value_is_refused(name: str, words: str) -> None:
    with pytest.raises(TownChangeValueError):
        typed_value(name, words)


def test_entries_say_whose_word_counts(paths: Paths) -> None:
    entries = {e.name: e for e in town_entries("[fees]\nrabies_tag = 1\n", paths.town_file)}
    assert (entries["fees.rabies_tag"].value, entries["fees.rabies_tag"].is_own) == (1, True)
    assert (entries["fees.card_reissue"].value, entries["fees.card_reissue"].is_own) == (800, False)
    assert entries["section_phones.tax"].words.label == entries["sections.tax"].words.label


def test_a_setting_like_no_other_is_told_without_a_nearest(paths: Paths) -> None:
    with pytest.raises(UnknownSettingError) as caught:
        prepare_change(paths, {"qqq": 1})
    assert caught.value.details == {"key": "qqq", "nearest": "－"}
    assert "－" in message_for(caught.value).next_step
