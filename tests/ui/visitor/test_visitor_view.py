"""What the visitor's screen may know: no 個人番号, no protected address, nobody who was not chosen."""

import dataclasses
import datetime as dt

import pytest

from kakanai.identity.birth_date import BirthDate
from kakanai.identity.evidence import Evidence, ReadBy
from kakanai.identity.person import Person, Sex
from kakanai.reception.case import Case
from kakanai.reception.companion import Companion
from kakanai.ui.pin_prompt import PinPrompt
from kakanai.ui.visitor.visitor_view import (
    NEUTRAL,
    Board,
    ShownPerson,
    VisitorView,
    companion_check,
    message_view,
    visitor_check,
)

VISITOR = Person("見本　花子", "見本町見本1-1", BirthDate(1980, 2, 17), Sex.FEMALE)
OTHER = Person("見本　次郎", "見本町見本2-2", BirthDate(2015, 5, 5), Sex.MALE)
NOW = dt.datetime(2026, 11, 21, tzinfo=dt.UTC)
BY_HAND = Evidence(read_by=ReadBy.HAND, read_at=NOW, sources={})


@pytest.fixture
def case() -> Case:
    made = Case("R8-1121-0001")
    made.identify(VISITOR, BY_HAND)
    return made


def test_a_view_has_no_place_for_a_number_or_a_digit():
    assert {field.name for field in dataclasses.fields(ShownPerson)} == {
        "name", "kana", "address", "birth_date", "procedures",
    }  # fmt: skip
    assert {field.name for field in dataclasses.fields(PinPrompt)} == {
        "asked", "tries", "entered", "can_enter", "mood", "may_be_none",
    }  # fmt: skip
    assert {field.name for field in dataclasses.fields(VisitorView)} == {
        "board", "prompt", "person", "japanese", "translated",
    }  # fmt: skip


def test_the_visitor_is_shown_as_the_card_spells_it(case: Case):
    view = visitor_check(case, {"visitor.kana": "ミホン　ハナコ", "subject.kana": "ベツノヒト"})
    assert view.board is Board.CHECK
    assert view.person == ShownPerson(
        "見本　花子", "ミホン　ハナコ", "見本町見本1-1", BirthDate(1980, 2, 17), ()
    )


def test_nobody_is_nobody():
    assert visitor_check(Case("R8-1121-0001"), {}) is NEUTRAL
    assert companion_check(Case("R8-1121-0001"), "c1") is NEUTRAL


def test_a_companion_is_shown_by_key_alone_and_without_the_visitors_reading(case: Case):
    key = case.add_companion(Companion("member", OTHER, BY_HAND))
    view = companion_check(case, key)
    assert view.person is not None
    assert (view.person.name, view.person.kana, view.person.address) == ("見本　次郎", "", "見本町見本2-2")


def test_a_protected_address_is_on_no_view(case: Case):
    key = case.add_companion(Companion("member", OTHER, BY_HAND))
    case.protect()
    for view in (visitor_check(case, {}), companion_check(case, key)):
        assert view.person is not None
        assert view.person.address == ""
        assert view.person.name


def test_a_protected_address_is_hidden_even_where_the_case_still_has_one(case: Case):
    case.is_protected = True
    view = visitor_check(case, {})
    assert view.person is not None
    assert view.person.address == ""


def test_no_text_of_a_view_tells_anything(case: Case):
    view = visitor_check(case, {"visitor.kana": "ミホン　ハナコ"})
    for text in (repr(view), str(view), repr(view.person), f"{view.person}", repr(message_view("秘密"))):
        assert not any(word in text for word in ("見本", "ミホン", "1980", "秘密"))
