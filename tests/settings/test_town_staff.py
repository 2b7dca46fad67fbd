"""What the town decides about signing in: locking, staff cards, four eyes."""

from pathlib import Path

import pytest

from kakanai.settings import Paths, TownValueError, load_town
from kakanai.settings.errors import TownChangeValueError
from kakanai.settings.town_entries import typed_value


def test_a_window_locks_and_cards_are_not_enough_unless_the_town_says_so(tmp_path: Path) -> None:
    shipped = load_town(Paths(tmp_path))
    assert (shipped.idle_lock_minutes, shipped.sign_in_by_card, shipped.four_eyes) == (10, False, False)
    assert shipped.away_sign_in_days == 7
    text = "[staff]\nidle_lock_minutes = 3\nsign_in_by_card = true\nfour_eyes = true\naway_sign_in_days = 0\n"
    (tmp_path / "town.toml").write_text(text, encoding="utf-8")
    town = load_town(Paths(tmp_path))
    assert (town.idle_lock_minutes, town.sign_in_by_card, town.four_eyes) == (3, True, True)
    assert town.away_sign_in_days == 0


@pytest.mark.parametrize(
    "line",
    [
        "idle_lock_minutes = 0",
        "idle_lock_minutes = 61",
        "away_sign_in_days = 31",
        "idle_lock_minutes = true",
        'idle_lock_minutes = "10"',
        "sign_in_by_card = 1",
        'four_eyes = "yes"',
    ],
)
def test_a_wrong_value_is_told_with_its_line(tmp_path: Path, line: str) -> None:
    (tmp_path / "town.toml").write_text(f"[staff]\n{line}\n", encoding="utf-8")
    with pytest.raises(TownValueError) as caught:
        load_town(Paths(tmp_path))
    key = f"staff.{line.partition(' ')[0]}"
    assert (caught.value.details["line"], caught.value.details["key"]) == (2, key)


def test_minutes_are_typed_as_they_are_said() -> None:
    assert typed_value("staff.idle_lock_minutes", "１５") == 15
    assert typed_value("staff.four_eyes", "はい") is True
    for words in ("0", "90", "ずっと", ""):
        with pytest.raises(TownChangeValueError):
            typed_value("staff.idle_lock_minutes", words)
