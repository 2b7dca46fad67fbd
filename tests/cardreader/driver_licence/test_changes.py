import contextlib
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kakanai.cardreader.driver_licence.changes import (
    ChangeKind,
    newest,
    parse_changes,
    parse_domicile_changes,
)
from kakanai.cardreader.errors import CardDataError
from tests.cardreader.driver_licence.licence_bytes import (
    ADDRESS,
    NAME,
    NO_CHANGES,
    NO_DOMICILE_CHANGES,
    change,
    field,
)


def file_of(*entries):
    return (bytes.fromhex("500101") + b"".join(entries)).ljust(640, b"\xff")


def test_nothing_changed():
    assert parse_changes(NO_CHANGES) == ()
    assert parse_domicile_changes(NO_DOMICILE_CHANGES) == ()
    assert parse_changes(file_of(field(0x60, b""), field(0x70, b""))) == ()


def test_an_entry_with_its_frame():
    (entry,) = parse_changes(file_of(change(0x70, "5060402", ADDRESS)))
    assert (entry.kind, entry.tag, entry.text) == (ChangeKind.ADDRESS, 0x70, "東京都１\u2212１")
    assert (entry.recorded_on, entry.seal, entry.is_framed) == (dt.date(2024, 4, 2), "東京都東京", True)
    assert entry.raw_text == "５０６０４０２東京都１\u2212１東京都東京"
    assert repr(entry) == "ChangeEntry(address ****)"


@pytest.mark.parametrize("year", [b"\x02", b""])
def test_an_entry_without_the_frame_is_shown_whole(year):
    (entry,) = parse_changes(file_of(field(0x70, year + ADDRESS)))
    assert (entry.text, entry.raw_text) == ("東京都１\u2212１",) * 2
    assert (entry.recorded_on, entry.seal, entry.is_framed) == (None, "", False)


def test_a_long_text_without_a_date_has_no_frame():
    (entry,) = parse_changes(file_of(field(0x70, b"\x02" + ADDRESS * 4)))
    assert not entry.is_framed
    assert len(entry.text) == 24


def test_a_date_and_too_little_after_it_for_a_seal_is_no_frame():
    (short,) = parse_changes(file_of(change(0x70, "5060402", b"", seal=ADDRESS[:8])))
    assert (short.text, short.is_framed) == ("５０６０４０２東京都１", False)
    (empty,) = parse_changes(file_of(change(0x70, "5060402", b"")))
    assert (empty.text, empty.seal, empty.is_framed) == ("", "東京都東京", True)


def test_the_newest_entry_with_a_text_holds():
    entries = parse_changes(
        file_of(
            change(0x71, "5070101", NAME),
            change(0x70, "5060101", ADDRESS),
            change(0x72, "5080101", b""),
            change(0x60, "5060101", NAME),
        )
    )
    assert [entry.tag for entry in entries] == [0x60, 0x70, 0x71, 0x72]
    assert newest(entries, ChangeKind.ADDRESS).tag == 0x71
    assert newest(entries, ChangeKind.NAME).text == "日本　花子"
    assert newest(entries, ChangeKind.KANA) is None


@pytest.mark.parametrize(
    ("tag", "kind"),
    [
        (0x51, "committee"),
        (0x5F, "committee"),
        (0x67, "name"),
        (0x68, "kana"),
        (0x77, "address"),
        (0x7F, "condition"),
        (0x80, "condition_removed"),
        (0x8F, "remark"),
        (0x97, "reserved"),
    ],
)
def test_kinds_by_tag(tag, kind):
    (entry,) = parse_changes(file_of(change(tag, "5060402", ADDRESS)))
    assert entry.kind == kind


def test_domicile():
    content = (b"\xaa\x01\x01" + change(0xAF, "4300101", ADDRESS[:6])).ljust(256, b"\xff")
    (entry,) = parse_domicile_changes(content)
    assert (entry.kind, entry.text, entry.recorded_on) == (ChangeKind.DOMICILE, "東京都", dt.date(2018, 1, 1))


@pytest.mark.parametrize("digits", ["5061302", "9061202", "5000101", "0000000"])
def test_seven_digits_that_are_no_day_are_no_frame(digits):
    (entry,) = parse_changes(file_of(change(0x70, digits, ADDRESS)))
    assert (entry.is_framed, entry.text) == (False, entry.raw_text)


@pytest.mark.parametrize(
    ("entries", "reason"),
    [
        ([field(0x70, b"\x02" + b"\x2d\x21")], "jis-70"),
        ([field(0x70, b"\x025060402" + ADDRESS)], "jis-70"),
        ([change(0x70, "5060402", ADDRESS)] * 2, "tag-twice-70"),
        ([field(0x50, b"\x01")], "tag-twice-50"),
        ([change(0x70, "5060402", ADDRESS)[:-1]], None),
    ],
)
def test_changes_that_are_none(entries, reason):
    with pytest.raises(CardDataError) as caught:
        parse_changes(file_of(*entries))
    assert caught.value.details["file"] == "DF1/EF04"
    if reason:
        assert caught.value.details["reason"] == reason


@given(st.binary(max_size=640))
def test_any_bytes_are_changes_or_our_error(content):
    for parse in (parse_changes, parse_domicile_changes):
        with contextlib.suppress(CardDataError):
            parse(content)


@given(st.binary(min_size=1, max_size=120))
def test_any_entry_shows_its_whole_text_or_is_refused(value):
    with contextlib.suppress(CardDataError):
        (entry,) = parse_changes(b"\x50\x01\x01" + field(0x70, value))
        assert entry.text in entry.raw_text
