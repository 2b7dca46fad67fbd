"""Readings typed by hand become full-width katakana."""

import pytest

from kakanai.reception.kana_typing import typed_as_katakana


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("みほん　たろう", "ミホン　タロウ"),
        ("ﾐﾎﾝ ﾀﾛｳ", "ミホン タロウ"),
        ("ｶﾞｷﾞ", "ガギ"),
        ("ﾊﾟﾋﾞ", "パビ"),
        ("カ゛", "ガ"),
        ("ｳﾞｨｵﾗ", "ヴィオラ"),
        ("ゔぃおら", "ヴィオラ"),
        ("しょうこ", "ショウコ"),
        ("ゑみ", "ヱミ"),
        ("いすゞ", "イスヾ"),
        ("ジョン・スミス", "ジョン・スミス"),
        ("ｼﾞｮﾝ･ｽﾐｽ", "ジョン・スミス"),
        ("らーめん", "ラーメン"),
        ("見本tarou12", "見本tarou12"),
        ("", ""),
    ],
)
def test_kana_of_any_kind_become_full_width_katakana(typed: str, shown: str) -> None:
    assert typed_as_katakana(typed) == shown


def test_typed_letter_by_letter_is_as_typed_at_once() -> None:
    shown = ""
    for letter in "ｶﾞｯｺｳ":
        shown = typed_as_katakana(shown + letter)
    assert shown == "ガッコウ"
