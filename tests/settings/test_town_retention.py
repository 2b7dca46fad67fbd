"""What the town's file says about how long the log is kept, and about its disk."""

import pytest

from kakanai.sessionlog.retention import LEAST_YEARS, MOST_YEARS, RecordKind
from kakanai.settings import Paths, TownValueError, load_town
from kakanai.settings.town_entries import typed_value
from kakanai.settings.town_rules import MAX_YEARS


def town_of(home, text):
    (home / "town.toml").write_text(text, encoding="utf-8")
    return load_town(Paths(home))


def test_the_shipped_town_keeps_everything_for_five_years(tmp_path):
    town = load_town(Paths(tmp_path))
    assert dict(town.retention_years) == {kind.value: 5 for kind in RecordKind}
    assert town.disk_low_mib == 1024


def test_a_town_decides(tmp_path):
    town = town_of(tmp_path, "[retention]\ncases = 10\nlooks = 1\n[log]\ndisk_low_mib = 0\n")
    assert dict(town.retention_years) == {"cases": 10, "staff": 5, "looks": 1, "settings": 5}
    assert town.disk_low_mib == 0


@pytest.mark.parametrize(
    ("table", "line"),
    [
        ("retention", "cases = 0"),
        ("retention", "cases = 31"),
        ("retention", "cases = true"),
        ("retention", 'looks = "5"'),
        ("log", "disk_low_mib = -1"),
        ("log", "disk_low_mib = 1.5"),
    ],
)
def test_what_is_no_number_of_years_is_told(tmp_path, table, line):
    with pytest.raises(TownValueError):
        town_of(tmp_path, f"[{table}]\n{line}\n")


def test_years_can_be_typed(tmp_path):
    assert typed_value("retention.cases", "１０") == 10
    assert typed_value("log.disk_low_mib", "2048") == 2048


def test_the_bounds_are_those_of_the_log():
    assert (LEAST_YEARS, MOST_YEARS) == (1, MAX_YEARS)
