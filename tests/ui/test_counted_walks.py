"""The walks of benchmarks/walks at the real window: how many keys they take, and what is left for the pen."""

from pathlib import Path

import pytest

from benchmarks.counter import MOST_KEYS, WALKS, Row, walked

pytestmark = pytest.mark.timeout(900)  # seven walks in one set-up, beside whatever else a machine does


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Row]:
    found: dict[str, Row] = {}
    for walk in WALKS:
        home: Path = tmp_path_factory.mktemp(walk)
        clerk, found[walk] = walked(walk, home)
        clerk.close()
    return found


def test_a_certificate_takes_twelve_keys(rows: dict[str, Row]) -> None:
    row = rows["certificate_f01"]
    assert row.form_ids == ("F01",)
    assert row.key_presses + row.clicks <= MOST_KEYS["certificate_f01"] == 12
    assert row.pin_digits == 4


def test_a_family_of_four_moves_in_within_ninety_keys(rows: dict[str, Row]) -> None:
    row = rows["move_in_family"]
    assert {"F07", "F25", "F09", "F13", "F16", "F31"} <= set(row.form_ids)
    assert row.key_presses + row.clicks <= MOST_KEYS["move_in_family"] == 90
    assert row.pin_digits == 4 * 4
    assert row.write_ins == row.signatures


def test_a_death_takes_at_least_twelve_forms(rows: dict[str, Row]) -> None:
    assert rows["death_daughter"].forms >= 12


@pytest.mark.parametrize("walk", WALKS)
def test_the_pen_writes_far_less_than_one_by_one(rows: dict[str, Row], walk: str) -> None:
    row = rows[walk]
    assert row.signatures <= row.write_ins
    assert row.write_ins * 4 <= row.one_by_one_write_ins
