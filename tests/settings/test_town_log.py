"""What the town's file says about the session log and the 日報."""

import datetime as dt

import pytest

from kakanai.settings import Paths, TownValueError, load_town
from kakanai.settings.database_url import DatabaseUrl
from kakanai.settings.errors import TownSecretError
from kakanai.settings.town_entries import typed_value


def town_of(home, text):
    (home / "town.toml").write_text(text, encoding="utf-8")
    return load_town(Paths(home))


def test_the_shipped_town(tmp_path):
    town = load_town(Paths(tmp_path))
    assert town.review_phrases == ()
    assert town.sign_boxes == ("担当", "係長", "課長")
    assert town.open_hours == (dt.time(7), dt.time(20))
    assert (town.minutes_by_hand_default, dict(town.minutes_by_hand)) == (6, {})
    assert town.log_database is None


def test_a_town_decides(tmp_path):
    town = town_of(
        tmp_path,
        '[log]\nreview_phrases = ["係で話し合った"]\nsign_boxes = []\nopen_hours = "08:30-17:15"\n'
        'minutes_by_hand_default = 8\nminutes_by_hand = ["F07=12", "F13=15"]\n'
        'database = "postgresql://db.example/kakanai?user=kakanai"\n',
    )
    assert town.review_phrases == ("係で話し合った",)
    assert town.sign_boxes == ()
    assert town.open_hours == (dt.time(8, 30), dt.time(17, 15))
    assert town.minutes_by_hand_default == 8
    assert dict(town.minutes_by_hand) == {"F07": 12, "F13": 15}
    assert town.log_database == DatabaseUrl("db.example", "kakanai", None, (("user", "kakanai"),))


def test_a_password_is_told_as_such_and_not_repeated(tmp_path):
    with pytest.raises(TownSecretError) as caught:
        town_of(tmp_path, '[log]\ndatabase = "postgresql://u:himitsu@db/k"\n')
    assert (caught.value.details["line"], caught.value.details["key"]) == (2, "log.database")
    assert "himitsu" not in f"{caught.value!r} {caught.value.details}"


@pytest.mark.parametrize(
    "line",
    [
        'review_phrases = "係で話し合った"',
        'review_phrases = ["同じ", "同じ"]',
        f'review_phrases = ["{"長" * 41}"]',
        'sign_boxes = ["1", "2", "3", "4", "5", "6"]',
        'sign_boxes = ["町民課長代理"]',
        'open_hours = "8:30-17:15"',
        'open_hours = "17:15-08:30"',
        'open_hours = "08:30-25:00"',
        "minutes_by_hand_default = 121",
        "minutes_by_hand_default = true",
        'minutes_by_hand = ["F07=121"]',
        'minutes_by_hand = ["F07"]',
        'minutes_by_hand = ["F07=5", "F07=6"]',
        'database = "sessionlog.sqlite3"',
        'database = "postgresql:///kakanai"',
        'database = "postgresql://db.example/kakanai?options=-cfsync=off"',
        "database = false",
    ],
)
def test_a_wrong_value_is_told_with_its_line(tmp_path, line):
    with pytest.raises(TownValueError) as caught:
        town_of(tmp_path, f"[log]\n{line}\n")
    assert (caught.value.details["line"], caught.value.details["key"]) == (2, f"log.{line.split()[0]}")


def test_values_as_they_are_typed():
    assert typed_value("log.minutes_by_hand", "F07=12、F13=15") == ["F07=12", "F13=15"]
    assert typed_value("log.sign_boxes", "担当、課長") == ["担当", "課長"]
    assert typed_value("log.minutes_by_hand_default", "１０") == 10
    assert typed_value("log.open_hours", "08:30-17:15") == "08:30-17:15"
