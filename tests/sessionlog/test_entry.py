import dataclasses
import datetime as dt
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kakanai.sessionlog.entry import (
    JST,
    CaseNumber,
    ClerkId,
    EntryKind,
    FormRecord,
    LogEntry,
    Outcome,
)
from kakanai.sessionlog.errors import CaseNumberError, ClerkIdError

NUMBER = CaseNumber("R8-1121-0001")
RIGHT = {
    "kind": EntryKind.FORMS_FILLED,
    "case_number": NUMBER,
    "clerk": ClerkId("0123"),
    "at": dt.datetime(2026, 11, 21, 0, 30, tzinfo=dt.UTC),
    "card_kind": "mynumber",
    "read_by": "pin",
    "procedures": ("residence_certificate",),
    "forms": (FormRecord("F01", "2026.10", 1),),
    "codes": ("C-010",),
    "counter": "3",
    "purpose": ("residence_certificate",),
    "names": ("fees.seal_certificate",),
    "counts": {"entries": 3},
    "about": ClerkId("0124"),
    "ref": 1,
    "on": dt.date(2026, 11, 20),
    "digest": "0f" * 32,
    "role": "supervisor",
    "spool": "0f" * 16,
}
NOT_ASCII = st.text(min_size=1, max_size=12).filter(lambda text: not text.isascii())


@given(st.dates(min_value=dt.date(2019, 5, 1), max_value=dt.date(2099, 12, 31)), st.integers(1, 9999))
def test_a_case_number_comes_back_from_its_text(day, serial):
    number = CaseNumber.build(day, serial)
    assert CaseNumber.parse(str(number)) == number
    assert number.startswith(f"R{day.year - 2018}-{day:%m%d}-")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "R8-1121-0000",
        "R8-1321-0001",
        "R8-0230-0001",
        "R08-1121-0001",
        "S8-1121-0001",
        "R8-1121-001",
        "R8-1121-0001\n",
        "R1-0430-0001",
        "R0-1121-0001",
        "Ｒ8-1121-0001",
        "R８-1121-0001",
    ],
)
def test_other_text_is_no_case_number(text):
    with pytest.raises(CaseNumberError) as caught:
        CaseNumber(text)
    assert caught.value.details == {"reason": "form"}


def test_a_wrong_clock_and_a_full_day_give_no_number():
    for day, serial, reason in [
        (dt.date(2010, 1, 1), 1, "clock"),
        (dt.date(2118, 1, 1), 1, "clock"),
        (dt.date(2026, 1, 1), 10000, "serial"),
    ]:
        with pytest.raises(CaseNumberError) as caught:
            CaseNumber.build(day, serial)
        assert caught.value.details == {"reason": reason}


@pytest.mark.parametrize("text", ["黒桐", "", "a" * 17, "a b", "0001\n", "１２３"])
def test_a_clerk_is_a_number_and_no_name(text):
    with pytest.raises(ClerkIdError) as caught:
        ClerkId(text)
    assert caught.value.details == {}


@given(NOT_ASCII)
def test_no_field_takes_japanese_text_or_repeats_it(text):
    lists = [{name: (text,)} for name in ("procedures", "codes", "forms", "purpose", "names")]
    texts = [{name: text} for name in RIGHT if not isinstance(RIGHT[name], tuple | dict)]
    for wrong in [*texts, *lists, {"counts": {text: 1}}, {"counts": {"entries": text}}]:
        with pytest.raises((ValueError, CaseNumberError, ClerkIdError)) as caught:
            LogEntry(**{**RIGHT, **wrong})
        assert text not in str(caught.value)
    for wrong in ({"form": text}, {"version": text}, {"pages": text}):
        with pytest.raises(ValueError, match=next(iter(wrong))):
            FormRecord(**{"form": "F01", "version": "1", "pages": 1, **wrong})


def test_every_field_was_tried():
    assert {f.name for f in dataclasses.fields(LogEntry)} == set(RIGHT)


@pytest.mark.parametrize(
    "wrong",
    [
        {"card_kind": "kurogiri"},
        {"read_by": "face"},
        {"kind": "x"},
        {"procedures": ("a b",)},
        {"codes": ("C-0100",)},
        {"codes": ("C-010\n",)},
        {"forms": (("F01", "1", 1),)},
        {"counter": "0"},
        {"counter": "100"},
        {"counter": "3\n"},
        {"purpose": ("a b",)},
        {"names": ("town.name = x",)},
        {"counts": {"a b": 1}},
        {"counts": {"entries": -1}},
        {"counts": {"entries": True}},
        {"counts": {"entries": 123_456_789_018}},  # the length of a 個人番号
        {"ref": 0},
        {"ref": True},
        {"ref": 123_456_789_018},
        {"on": dt.datetime(2026, 11, 20, tzinfo=dt.UTC)},
        {"digest": "0F" * 32},
        {"digest": "0f" * 31},
        {"role": "mayor"},
        {"spool": "0f" * 32},
    ],
)
def test_values_outside_their_words_are_refused(wrong):
    with pytest.raises(ValueError, match=re.compile(next(iter(wrong)))):
        LogEntry(**{**RIGHT, **wrong})


def test_an_act_may_be_of_no_case_and_most_of_it_may_be_left_out():
    entry = LogEntry(EntryKind.SIGNED_IN, None, ClerkId("0123"), RIGHT["at"])
    assert (entry.case_number, entry.counter, entry.counts, entry.about) == (None, "", {}, None)
    assert hash(entry) == hash(LogEntry(EntryKind.SIGNED_IN, None, ClerkId("0123"), RIGHT["at"]))


def test_counts_are_kept_as_they_were():
    counts = {"entries": 3}
    entry = LogEntry(**{**RIGHT, "counts": counts})
    counts["entries"] = 4
    assert entry.counts == {"entries": 3}
    with pytest.raises(TypeError):
        LogEntry(**{**RIGHT, "counts": [3]})


def test_one_text_is_not_several_ids():
    with pytest.raises(TypeError):
        LogEntry(**{**RIGHT, "codes": "C-010"})


@pytest.mark.parametrize("pages", [0, -1, 1000, True, 1.0])
def test_pages_are_a_count(pages):
    with pytest.raises(ValueError, match="pages"):
        FormRecord("F01", "1", pages)


def test_a_time_without_zone_is_refused_and_others_become_utc():
    with pytest.raises(ValueError, match="zone"):
        LogEntry(**{**RIGHT, "at": dt.datetime(2026, 11, 21)})  # noqa: DTZ001
    entry = LogEntry(**{**RIGHT, "at": dt.datetime(2026, 11, 21, 9, 30, tzinfo=JST)})
    assert entry.at.isoformat() == "2026-11-21T00:30:00+00:00"


def test_outcome_words_are_those_of_the_json():
    assert json.loads(json.dumps([*Outcome])) == ["printed", "print_failed", "cancelled", "open"]
