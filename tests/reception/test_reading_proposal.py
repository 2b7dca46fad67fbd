"""Readings of names: proposed where the dictionary is sure of every part, else nothing."""

import pytest

from kakanai.reception.reading_proposal import ReadingDictionary


@pytest.fixture(scope="module")
def dictionary() -> ReadingDictionary:
    return ReadingDictionary()


@pytest.mark.parametrize(
    ("name", "reading"),
    [
        ("見本　太郎", "ミホン　タロウ"),
        ("山田　花子", "ヤマダ　ハナコ"),
        ("佐々木　さくら", "ササキ　サクラ"),
        ("東海林　健", "ショウジ　ケン"),
        ("見本 太郎", "ミホン　タロウ"),
        ("山田花子", "ヤマダ　ハナコ"),
        ("髙橋　一郎", "タカハシ　イチロウ"),
        ("𠮷田　花", "ヨシダ　ハナ"),
        ("渡邊\U000e0108　太郎", "ワタナベ　タロウ"),  # the selector changes the form, not the reading
        ("ヴィオラ　花", "ヴィオラ　ハナ"),
    ],
)
def test_a_name_of_known_parts_has_a_reading(dictionary: ReadingDictionary, name: str, reading: str) -> None:
    assert dictionary.reading_of(name) == reading


@pytest.mark.parametrize(
    "name",
    [
        "",
        "　",
        "NGUYEN　VAN　AN",
        "一　一",
        "佐々木　希空",
        "見本",
        "圡屋　架空々",
        "見本　ZOE",
        "１２３",
        "見本　𰻞",
    ],
)
def test_a_name_with_an_unknown_part_has_none(dictionary: ReadingDictionary, name: str) -> None:
    assert dictionary.reading_of(name) == ""
