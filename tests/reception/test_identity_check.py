"""What papers come to 本人確認: one with a photo, or two of ア and イ; what some forms want beyond that."""

import datetime as dt

import pytest

from kakanai.cardreader.kinds import CardKind
from kakanai.identity.evidence import Evidence
from kakanai.identity.person import Person
from kakanai.reception.identity_check import Sufficiency, Way, check_by_evidence, check_of
from kakanai.reception.identity_papers import PaperKind, identity_papers
from kakanai.reception.identity_rules import IdentityNeed, IdentityRule

NOW = dt.datetime(2026, 11, 21, 3, 0, tzinfo=dt.UTC)
NOBODY = Person(name="見本　太郎", address="", birth_date=None, sex=None)


@pytest.mark.parametrize(
    ("papers", "topics", "expected"),
    [
        (["driver_licence"], [], Sufficiency.ONE),
        (["passport", "student"], [], Sufficiency.ONE),
        (["insurance", "pension"], [], Sufficiency.TWO),
        (["insurance", "student"], [], Sufficiency.TWO),
        (["student", "bank"], [], Sufficiency.SHORT),
        (["insurance"], [], Sufficiency.SHORT),
        (["insurance"], ["birth_date", "household"], Sufficiency.HEARD),
        ([], ["domicile"], Sufficiency.HEARD),
        ([], [], Sufficiency.SHORT),
        (["notice_card"], [], Sufficiency.SHORT),  # 通知カード proves nothing
    ],
)
def test_what_the_papers_come_to(papers: list[str], topics: list[str], expected: Sufficiency) -> None:
    assert check_of(papers, topics, "1024").sufficiency is expected


@pytest.mark.parametrize(
    ("papers", "topics", "boxes"),
    [
        (["driver_licence"], [], ("driver_licence",)),
        (["driving_record"], [], ("other",)),
        (["insurance", "student"], [], ("two",)),
        (["passport", "insurance"], [], ("passport",)),
        (["insurance"], ["address"], ("heard",)),
        (["student"], [], ()),
    ],
)
def test_the_squares_of_the_clerks_box(papers: list[str], topics: list[str], boxes: tuple[str, ...]) -> None:
    assert check_of(papers, topics, "1024").boxes == boxes


@pytest.mark.parametrize(
    ("kind", "paper"),
    [
        (CardKind.MY_NUMBER, "my_number_card"),
        (CardKind.DRIVER_LICENCE, "driver_licence"),
        (CardKind.RESIDENCE_CARD, "residence_card"),
    ],
)
def test_a_card_that_was_read_is_the_check_by_itself(kind: CardKind, paper: str) -> None:
    check = check_by_evidence(Evidence.of_card(kind, NOW, NOBODY), "1024")
    assert check is not None
    assert (check.papers, check.way, check.clerk) == ((paper,), Way.CHIP, "1024")
    assert check.sufficiency is Sufficiency.ONE


def test_a_person_typed_in_has_shown_nothing_yet() -> None:
    assert check_by_evidence(Evidence.of_hand(NOBODY, NOW), "1024") is None
    assert check_by_evidence(None, "1024") is None


@pytest.mark.parametrize(
    ("papers", "photo", "card"),
    [
        (["passport"], True, False),
        (["passport", "insurance"], True, True),
        (["insurance", "pension"], False, False),
    ],
)
def test_forms_that_want_more(papers: list[str], photo: bool, card: bool) -> None:
    check = check_of(papers, [], "1024")
    assert IdentityRule(IdentityNeed.PHOTO, "").is_met(check) is photo
    assert IdentityRule(IdentityNeed.CARD, "").is_met(check) is card
    assert not IdentityRule(IdentityNeed.PHOTO, "").is_met(None)


def test_the_own_card_is_enough_for_what_is_done_to_it() -> None:
    read = check_by_evidence(Evidence.of_card(CardKind.MY_NUMBER, NOW, NOBODY), "1024")
    assert IdentityRule(IdentityNeed.CARD, "").is_met(read)
    assert not IdentityRule(IdentityNeed.CARD, "").is_met(check_of(["my_number_card"], [], "1024"))


def test_nine_papers_at_most_stand_on_one_page_of_number_keys() -> None:
    papers = identity_papers()
    assert len(papers.of_kind(PaperKind.PHOTO)) <= 7
    assert len(papers.of_kind(PaperKind.A)) + len(papers.of_kind(PaperKind.B)) <= 9
    assert len(papers.topics) <= 9
