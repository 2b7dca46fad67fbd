"""Signing in and unlocking by staff card 職員証, where the town wants it."""

import dataclasses

import pytest

from kakanai.cardreader.simulator.specimen import load_specimen
from kakanai.cardreader.simulator.virtual_reader import SimulatedReaderSource
from kakanai.staff.guard import Guard
from kakanai.staff.register import StaffRegister
from kakanai.staff.rules import StaffRules
from kakanai.staff.staff_card import CardUid
from kakanai.ui.staff.lock_page import LockPage
from kakanai.ui.staff.sign_in_page import SignInPage
from tests.staff.conftest import CLERK
from tests.ui.conftest import Clerk
from tests.ui.staff.conftest import OTHER, page_of, send, words_of

ANOTHERS = "0102030405060708"


@pytest.fixture
def by_card(staff: Guard, guard: Guard, door: Clerk) -> Clerk:
    """The clerk's card and the other clerk's are registered, and the town wants them."""
    StaffRegister(staff).set_card(CLERK, CardUid("04A2315CBE6D80"))
    StaffRegister(staff).set_card(OTHER, CardUid(ANOTHERS))
    guard.roster.rules = StaffRules(sign_in_by_card=True)
    door.window.staff.ask_sign_in()
    return door


def put(clerk: Clerk, source: SimulatedReaderSource, specimen: str = "staff-card", uid: str = "") -> None:
    card = load_specimen(specimen)
    source.insert(dataclasses.replace(card, content={"uid": uid}) if uid else card)


def kinds(clerk: Clerk, *wanted: str) -> list[tuple[str, str]]:
    links = clerk.flow.counter.office.log.links()
    return [(link.kind, link.staff) for link in links if link.kind in wanted]


def is_asked(clerk: Clerk) -> bool:
    return clerk.window.staff.cards._is_asking or clerk.window.staff.work.is_busy


def test_a_registered_card_signs_in_and_is_nobody_at_the_counter(
    by_card: Clerk, source: SimulatedReaderSource
) -> None:
    page = page_of(by_card)
    assert isinstance(page, SignInPage)
    assert page.card.isVisible()
    put(by_card, source)
    by_card.wait(lambda: page_of(by_card) is None)
    assert by_card.flow.counter.clerk == CLERK
    assert kinds(by_card, "signed_in")[-1] == ("signed_in", CLERK)
    notice = by_card.talk.notice
    assert "職員証を取って" in notice.text
    by_card.qtbot.wait(100)
    assert not by_card.talk.is_on_card_page  # nobody asks for its PIN
    by_card.take_card(source)
    by_card.put_card(source, "official-test")


def test_the_card_of_who_locked_unlocks_and_anothers_does_not(
    by_card: Clerk, source: SimulatedReaderSource
) -> None:
    put(by_card, source)
    by_card.wait(lambda: page_of(by_card) is None)
    by_card.window.staff.lock()
    page = page_of(by_card)
    assert isinstance(page, LockPage)
    assert page.card.isVisible()
    by_card.qtbot.wait(300)
    assert page_of(by_card) is page  # the card that still lies there opens nothing
    by_card.take_card(source)
    put(by_card, source, uid=ANOTHERS)
    by_card.wait(lambda: "A-001" in page.state.text())
    assert page_of(by_card) is page
    assert len(kinds(by_card, "sign_in_failed")) == 1
    by_card.take_card(source)
    put(by_card, source)
    by_card.wait(lambda: page_of(by_card) is None)
    assert kinds(by_card, "unlocked") == [("unlocked", CLERK)]


def test_a_visitors_card_at_the_door_is_left_for_the_counter(
    by_card: Clerk, source: SimulatedReaderSource
) -> None:
    page = page_of(by_card)
    by_card.type(CLERK)
    put(by_card, source, "official-test")
    by_card.wait(lambda: "A-025" in page.state.text())
    assert page.number.line.text() == CLERK  # what was typed stays
    assert not kinds(by_card, "sign_in_failed")
    by_card.enter()
    send(by_card, words_of(CLERK))
    by_card.wait(lambda: by_card.talk.shows(by_card.talk.pin_pad))


def test_where_the_town_does_not_want_cards_none_is_asked(
    by_card: Clerk, guard: Guard, source: SimulatedReaderSource
) -> None:
    guard.roster.rules = StaffRules()
    by_card.window.staff.ask_sign_in()
    page = page_of(by_card)
    assert page.card.isHidden()
    asked: list[bytes] = []
    carry = source.carry
    source.carry = lambda connection, card, raw: asked.append(raw) or carry(connection, card, raw)
    put(by_card, source)
    by_card.wait(lambda: by_card.window.card.state.has_card)
    by_card.qtbot.wait(300)
    assert asked == []
    assert page_of(by_card) is page


def test_a_card_that_is_gone_at_once_says_nothing(by_card: Clerk, source: SimulatedReaderSource) -> None:
    put(by_card, source, uid="0A0B0C0D")
    source.remove()
    by_card.wait(lambda: not is_asked(by_card))
    by_card.qtbot.wait(300)
    assert isinstance(page_of(by_card), SignInPage)
    assert len(kinds(by_card, "sign_in_failed")) <= 1  # it may have been read before it was gone


def test_in_practice_the_staff_card_is_put_there_from_the_page(by_card: Clerk) -> None:
    page = page_of(by_card)
    assert page.card.practice.isVisible()
    page.card.practice.click()
    by_card.wait(lambda: page_of(by_card) is None)
    by_card.window.staff.lock()
    page_of(by_card).card.practice.click()  # the same card once more
    by_card.wait(lambda: page_of(by_card) is None)
    assert by_card.flow.counter.clerk == CLERK
