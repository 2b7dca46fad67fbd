"""The text that is hashed is what docs/log-format.md says, and every entry comes back from it."""

import dataclasses
import datetime as dt
import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kakanai.sessionlog.body import body_of, entry_from
from kakanai.sessionlog.chain import FIRST_PREV, Link, day_of, time_of, time_text
from kakanai.sessionlog.entry import (
    CaseNumber,
    ClerkId,
    EntryKind,
    FormRecord,
    LogEntry,
    LoggedCardKind,
    LoggedReadBy,
    LoggedRole,
)
from kakanai.sessionlog.errors import ForeignRowError
from tests.sessionlog.acts import FULL, NUMBER, TEN, K, entry

IDS = st.from_regex(r"\A[A-Za-z][A-Za-z0-9_-]{0,39}\Z")
CODES = st.from_regex(r"\A[A-Z]-[0-9]{3}\Z")
CLERKS = st.from_regex(r"\A[0-9A-Za-z._-]{1,16}\Z").map(ClerkId)
MOMENTS = st.datetimes(dt.datetime(1, 1, 2), dt.datetime(9999, 12, 30), timezones=st.just(dt.UTC))  # noqa: DTZ001
ENTRIES = st.builds(
    LogEntry,
    kind=st.sampled_from(EntryKind),
    case_number=st.none() | st.just(CaseNumber("R8-1121-0001")),
    clerk=CLERKS,
    at=MOMENTS,
    card_kind=st.none() | st.sampled_from([k.value for k in LoggedCardKind]),
    read_by=st.none() | st.sampled_from([k.value for k in LoggedReadBy]),
    procedures=st.lists(IDS, max_size=3).map(tuple),
    forms=st.lists(st.builds(FormRecord, st.just("F01"), st.just("2026.10"), st.integers(1, 999))).map(tuple),
    codes=st.lists(CODES, max_size=3).map(tuple),
    counter=st.sampled_from(["", "1", "99"]),
    purpose=st.lists(IDS, max_size=2).map(tuple),
    names=st.lists(st.from_regex(r"\A[a-z_]{1,30}(\.[A-Za-z0-9_]{1,40})?\Z"), max_size=2).map(tuple),
    counts=st.dictionaries(st.from_regex(r"\A[a-z_]{1,30}\Z"), st.integers(0, 999_999_999), max_size=3),
    about=st.none() | CLERKS,
    ref=st.none() | st.integers(1, 9_999_999_999),
    on=st.none() | st.dates(),
    digest=st.sampled_from(["", "0f" * 32]),
    role=st.none() | st.sampled_from([r.value for r in LoggedRole]),
    spool=st.sampled_from(["", "0f" * 16]),
)


def test_the_text_is_the_documented_one():
    link = Link.after(None, FULL)
    body = (
        '{"card_kind":"mynumber","codes":["C-010","C-002"],'
        '"forms":[["F09","2026.10",2],["F01","2026.10",1]],'
        '"procedures":["b","a"],"purpose":["a"],"read_by":"pin"}'
    )
    body_hash = hashlib.sha256(f"{link.salt}\n{body}".encode()).hexdigest()
    text = (
        "kakanai-log-1\n1\n2026-11-20T01:00:00.000000Z\nforms_filled\nR8-1120-0001\n0123\n3\n"
        + body_hash
        + "\n"
        + "0" * 64
    )
    assert (link.body, link.body_hash) == (body, body_hash)
    assert (link.seq, link.prev, link.day) == (1, FIRST_PREV, dt.date(2026, 11, 20))
    assert link.hash == hashlib.sha256(text.encode()).hexdigest()


def test_the_same_act_twice_has_another_hash_each_time():
    """Or whoever guesses a purged body could see that the guess is right."""
    one, other = Link.after(None, FULL), Link.after(None, FULL)
    assert one.body == other.body
    assert {len(one.salt), len(other.salt)} == {32}
    assert len({one.salt, other.salt, one.body_hash, other.body_hash, one.hash, other.hash}) == 6


def test_a_link_follows_the_one_before():
    first = Link.after(None, entry())
    second = Link.after(first.head, entry(K.CASE_CLOSED))
    assert (second.seq, second.prev) == (2, first.hash)
    assert second.hash == second.recomputed_hash() != first.hash
    assert first.is_as_written
    assert second.is_as_written


@given(ENTRIES)
def test_every_entry_comes_back_from_its_link(told):
    link = Link.after(None, told)
    assert link.to_entry() == told
    assert "\n" not in f"{link.at}{link.kind}{link.case_number}{link.staff}{link.counter}{link.body}"
    assert link.body.isascii()
    assert json.loads(link.body).keys().isdisjoint({"kind", "at", "case_number", "clerk", "counter"})


def test_every_part_of_an_entry_was_tried():
    tried = {"kind", "case_number", "clerk", "at", *json.loads(body_of(FULL))}
    assert tried < {field.name for field in dataclasses.fields(LogEntry)}


@pytest.mark.parametrize("is_purged", [False, True])
@pytest.mark.parametrize(
    "part", ["seq", "at", "kind", "case_number", "staff", "counter", "body", "salt", "body_hash", "prev"]
)
def test_whatever_is_changed_is_not_as_it_was_written(part, is_purged):
    link = Link.after(None, FULL)
    if is_purged:
        link = dataclasses.replace(link, body=None, salt=None)
    assert link.is_as_written
    other = {"seq": 2, "body": "{}"}.get(part, "x")
    assert not dataclasses.replace(link, **{part: other}).is_as_written


@pytest.mark.parametrize("part", ["body", "salt"])
def test_body_and_salt_go_together(part):
    assert not dataclasses.replace(Link.after(None, FULL), **{part: None}).is_as_written


def test_a_purged_entry_keeps_its_hash_and_has_no_act_to_tell():
    link = Link.after(None, FULL)
    purged = dataclasses.replace(link, body=None, salt=None)
    assert purged.recomputed_hash() == link.hash
    with pytest.raises(ForeignRowError):
        purged.to_entry()


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "{",
        '{"name":"山田　太郎"}',
        '{"codes":"C-010"}',
        '{"codes":["山田"]}',
        '{"forms":[["F01"]]}',
        '{"forms":1}',
        '{"counts":{"a":true}}',
        '{"counts":[1]}',
        '{"ref":0}',
        '{"on":"2026-13-01"}',
        '{"on":1}',
        '{"about":"山田"}',
        '{"about":1}',
        '{"codes":["C-010"], "ref":1}',
        '{"ref":1,"codes":["C-010"]}',
        '{"codes":[]}',
        "NaN",
    ],
)
def test_a_body_of_another_program_is_refused_and_not_repeated(body):
    columns = {"at": TEN, "kind": "case_opened", "case_number": str(NUMBER), "staff": "1", "counter": ""}
    with pytest.raises(ValueError, match="body") as caught:
        entry_from(**columns, body=body)
    assert "山田" not in str(caught.value)
    with pytest.raises(ForeignRowError):
        dataclasses.replace(Link.after(None, FULL), body=body).to_entry()


@given(MOMENTS)
def test_a_moment_is_27_characters_that_sort_as_it_does(moment):
    text = time_text(moment)
    assert (len(text), time_of(text)) == (27, moment)
    assert time_text(moment - dt.timedelta(microseconds=1)) < text


def test_the_day_is_japans():
    assert day_of("2026-11-20T14:59:59.999999Z") == dt.date(2026, 11, 20)
    assert day_of("2026-11-20T15:00:00.000000Z") == dt.date(2026, 11, 21)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-11-20",
        "2026-11-20T15:00:00Z",
        "2026-02-30T15:00:00.000000Z",
        "2026-11-20T15:00:00.000000Z\n",
    ],
)
def test_other_text_is_no_moment(text):
    with pytest.raises(ValueError, match=r"form|day is out of range"):
        time_of(text)
    with pytest.raises(ValueError, match="zone"):
        time_text(dt.datetime(2026, 11, 20))  # noqa: DTZ001
