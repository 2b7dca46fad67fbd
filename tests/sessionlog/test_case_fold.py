"""What the entries of a case make of its line."""

import datetime as dt
import functools

import pytest

from kakanai.sessionlog.case_fold import fold
from kakanai.sessionlog.case_sums import Dimension, change_between, parts_of
from kakanai.sessionlog.case_tables import SUMMED
from kakanai.sessionlog.chain import Link
from kakanai.sessionlog.entry import JST, Outcome, Review
from kakanai.sessionlog.errors import ForeignRowError
from tests.sessionlog.acts import FORMS, TEN, K, walk

START = dt.datetime(2026, 11, 20, 8, 50, tzinfo=JST)


def case(*steps, at=START):
    """The line of a case of these steps, a minute from one to the next."""
    links = [Link.after(None, one) for one in walk(at=at, steps=((K.CASE_OPENED, {}), *steps))]
    return functools.reduce(fold, links, None)


def test_a_whole_case_is_one_line():
    told = case(
        (K.READING_FAILED, {"codes": ("C-010",)}),
        (K.READING_FAILED, {"codes": ("C-011", "C-010")}),
        (K.CARD_READ, {"card_kind": "mynumber", "read_by": "pin", "codes": ("V-001",)}),
        (K.IDENTITY_CHECKED, {"codes": ("N-001", "N-011")}),
        (K.PROCEDURES_CHOSEN, {"procedures": ("a",)}),
        (K.PROCEDURES_CHOSEN, {"procedures": ("a", "b")}),
        (K.FORMS_FILLED, {"forms": FORMS[:1]}),
        (K.FORMS_FILLED, {"forms": FORMS}),
        (K.PRINT_RELEASED, {"forms": FORMS}),
        (K.PRINT_FAILED, {"codes": ("P-013",)}),
        (K.PRINT_RELEASED, {}),
        (K.PRINT_DONE, {}),
        (K.CASE_CLOSED, {}),
    )
    assert told.to_day_entry().to_mapping() == {
        "case_number": "R8-1120-0001",
        "clerk": "0123",
        "started_at": "2026-11-20T08:50:00+09:00",
        "finished_at": "2026-11-20T09:03:00+09:00",
        "card_kind": "mynumber",
        "read_by": "pin",
        "procedures": ["a", "b"],
        "forms": [
            {"form": "F01", "version": "2026.10", "pages": 1},
            {"form": "F09", "version": "2026.10", "pages": 2},
        ],
        "pages": 3,
        "outcome": "printed",
        "codes": ["C-010", "C-011", "V-001", "P-013"],
    }
    assert told.codes == ("C-010", "C-011", "V-001", "N-001", "N-011", "P-013")
    assert (told.authenticity, told.failures, told.releases, told.entries) == ("V-001", 3, 2, 14)
    assert (told.is_reprinted, told.is_lookup, told.is_overridden) == (True, False, False)
    assert told.worked_s == 13 * 60


@pytest.mark.parametrize(
    ("kinds", "outcome"),
    [
        ([], Outcome.OPEN),
        ([K.PRINT_RELEASED], Outcome.OPEN),
        ([K.PRINT_DONE], Outcome.PRINTED),
        ([K.PRINT_FAILED], Outcome.PRINT_FAILED),
        ([K.PRINT_FAILED, K.PRINT_DONE, K.CASE_CLOSED], Outcome.PRINTED),
        ([K.PRINT_DONE, K.PRINT_FAILED], Outcome.PRINT_FAILED),
        ([K.CASE_CANCELLED], Outcome.CANCELLED),
        ([K.PRINT_FAILED, K.CASE_CANCELLED], Outcome.CANCELLED),
        ([K.PRINT_DONE, K.CASE_CANCELLED], Outcome.PRINTED),
    ],
)
def test_outcomes(kinds, outcome):
    told = case(*((kind, {}) for kind in kinds))
    assert told.outcome is outcome
    ended = kinds and kinds[-1] in (K.CASE_CLOSED, K.CASE_CANCELLED)
    assert (told.finished_at is not None) == bool(ended)


def test_a_correction_does_not_take_the_other_forms_away():
    told = case((K.FORMS_FILLED, {"forms": FORMS}), (K.CASE_CORRECTED, {"forms": FORMS[:1]}))
    assert told.forms == FORMS
    assert case((K.CASE_CORRECTED, {"forms": FORMS[:1]})).forms == FORMS[:1]


def test_a_choice_that_was_taken_back_is_no_choice():
    told = case((K.PROCEDURES_CHOSEN, {"procedures": ("a",)}), (K.PROCEDURES_CHOSEN, {}))
    assert told.procedures == ()


READ = (K.CARD_READ, {"card_kind": "mynumber", "read_by": "pin"})
BY_HAND = (K.HAND_ENTERED, {"read_by": "hand"})


@pytest.mark.parametrize(
    ("steps", "is_lookup"),
    [
        ([READ, (K.CASE_CANCELLED, {})], True),
        ([READ, (K.CASE_CLOSED, {})], True),
        ([READ], False),
        ([BY_HAND, (K.CASE_CANCELLED, {})], False),
        ([READ, (K.PRINT_DONE, {}), (K.CASE_CLOSED, {})], False),
        ([READ, (K.PRINT_FAILED, {}), (K.CASE_CLOSED, {})], False),
    ],
)
def test_a_card_read_without_paper_is_a_look_up(steps, is_lookup):
    assert case(*steps).is_lookup is is_lookup


def test_a_decision_against_the_card_is_told():
    assert case((K.MISMATCH_ACCEPTED, {"codes": ("C-049", "V-011")})).is_overridden


@pytest.mark.parametrize(
    ("at", "is_unusual"), [("06:58", True), ("07:00", False), ("19:58", False), ("19:59", True)]
)
def test_unusual_hours(at, is_unusual):
    start = dt.datetime.fromisoformat(f"2026-11-20T{at}+09:00")
    assert case(BY_HAND, at=start).is_unusual_hour is is_unusual


def test_the_time_it_was_put_aside_for_is_no_work():
    told = case(
        READ,
        (K.CASE_SUSPENDED, {}),  # two minutes of work
        BY_HAND,
        (K.CASE_RESUMED, {}),
        (K.CASE_CLOSED, {}),  # and one
    )
    assert told.worked_s == 180
    assert told.running_since is None


def test_a_clock_that_was_set_back_makes_no_work_negative():
    opened, closed = walk(steps=((K.CASE_OPENED, {}), (K.CASE_CLOSED, {})))
    back = walk(at=TEN - dt.timedelta(hours=1), steps=((K.CASE_CLOSED, {}),))[0]
    assert closed.kind == back.kind
    assert functools.reduce(fold, [Link.after(None, opened), Link.after(None, back)], None).worked_s == 0


def test_reviews_and_comments():
    told = case(READ, (K.CASE_CLOSED, {}), (K.CASE_SENT_BACK, {"codes": ("Z-001",)}))
    assert (told.review, told.codes, told.entries) == (Review.SENT_BACK, (), 4)
    told = case(READ, (K.CASE_SENT_BACK, {}), (K.CASE_COMMENTED, {}), (K.CASE_APPROVED, {}))
    assert (told.review, told.comments) == (Review.APPROVED, 1)


def test_an_act_after_the_approval_is_to_be_looked_at_again():
    approved = (READ, (K.CASE_CLOSED, {}), (K.CASE_APPROVED, {}))
    assert case(*approved, (K.CASE_CORRECTED, {})).review is Review.NONE
    assert case(*approved, (K.LOG_VIEWED, {})).review is Review.APPROVED
    assert case(*approved, (K.CASE_COMMENTED, {})).review is Review.APPROVED
    assert case(READ, (K.CASE_SENT_BACK, {}), (K.CASE_CORRECTED, {})).review is Review.SENT_BACK


def test_a_look_at_a_case_says_nothing_of_it():
    assert case(READ, (K.LOG_VIEWED, {}), (K.LOG_EXPORTED, {})) == case(READ)
    assert fold(None, Link.after(None, walk(steps=((K.LOG_VIEWED, {}),))[0])) is None
    assert fold(None, Link.after(None, walk(steps=((K.CASE_APPROVED, {}),))[0])) is None


def test_what_another_program_wrote_is_not_folded():
    link = Link.after(None, walk()[0])
    for change in ({"body": "[]"}, {"body": "{"}, {"at": "x"}, {"staff": "山田"}, {"case_number": "x"}):
        with pytest.raises(ForeignRowError) as caught:
            fold(None, Link(**{**link.__dict__, **change}))
        assert "山田" not in str(caught.value)


def test_a_case_adds_to_its_day_and_to_each_part_of_it():
    told = parts_of(functools.reduce(fold, [Link.after(None, one) for one in walk()], None))
    assert set(told) == {
        (Dimension.ALL, ""),
        (Dimension.STAFF, "0123"),
        (Dimension.COUNTER, ""),
        (Dimension.HOUR, "10"),
        (Dimension.FORM, "F01"),
        (Dimension.FORM, "F09"),
        (Dimension.PROCEDURE, "seal-certificate"),
    }
    whole = dict(zip(SUMMED, told[Dimension.ALL, ""], strict=True))
    assert whole == dict.fromkeys(SUMMED, 0) | {
        "cases": 1,
        "finished": 1,
        "pages": 3,
        "worked_s": 360,
        "printed": 1,
    }
    assert dict(zip(SUMMED, told[Dimension.FORM, "F09"], strict=True))["pages"] == 2


def test_what_changes_nothing_in_the_sums_is_not_written():
    before = case(READ)
    assert change_between(before, case(READ, (K.VISITOR_CONFIRMED, {}))) == {}
    change = change_between(before, case(READ, (K.MISMATCH_ACCEPTED, {})))
    assert {member[0] for member in change} == {"all", "staff", "counter", "hour"}
    assert change[Dimension.ALL, ""][SUMMED.index("overrides")] == 1
