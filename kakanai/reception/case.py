"""The case 受付: one visit from the first greeting to the signed-for paper."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from enum import StrEnum
from types import MappingProxyType

from kakanai.cardreader.text_picture import TextPicture
from kakanai.identity.evidence import Evidence, Fact, FactSource
from kakanai.identity.my_number import MyNumber
from kakanai.identity.person import Person
from kakanai.reception.answers import Answers, Value
from kakanai.reception.errors import CaseStateError
from kakanai.reception.procedure import Procedure

_NO_PICTURES: Mapping[Fact, TextPicture] = MappingProxyType({})


class Step(StrEnum):
    """How far a case 受付 has come."""

    OPEN = "open"
    RELEASED = "released"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class Case:
    """One case 受付: who came, what for, what was answered. `repr` shows number and step only.

    While OPEN everything may change in any order. Paper RELEASED freezes it (a correction is a reprint
    of the same case), CLOSED and CANCELLED end it and wipe the person from it.
    """

    def __init__(self, number: str) -> None:
        self.number = number
        self.step = Step.OPEN
        self.person: Person | None = None
        self.evidence: Evidence | None = None
        self.my_number: MyNumber | None = None
        self.procedures: tuple[Procedure, ...] = ()
        self.forms: tuple[str, ...] = ()
        self.answers = Answers()
        self.left_blank: dict[tuple[str, str], Value | None] = {}
        self.pictured: dict[tuple[str, str], Value | None] = {}
        self.card_pictures: Mapping[Fact, TextPicture] = _NO_PICTURES
        self.address_on_card = ""
        self._accepted: object | None = None

    def __repr__(self) -> str:
        return f"Case({self.number}, {self.step.value})"

    def identify(
        self,
        person: Person,
        evidence: Evidence,
        my_number: MyNumber | None = None,
        card_pictures: Mapping[Fact, TextPicture] = _NO_PICTURES,
    ) -> None:
        """Take down who is here 来庁者; replaces an earlier identity and forgets its 個人番号.

        `card_pictures` are the card's own pictures of the person's name and address, if they were read.

        When somebody else is here now (`is_somebody_else`), the answers and decisions of the person before
        are forgotten: one visitor's フリガナ or telephone must not stand beside another's name.
        """
        self.require(Step.OPEN)
        if self.is_somebody_else(person, evidence):
            self.answers = Answers()
            self.left_blank = {}
            self.pictured = {}
        self.person, self.evidence, self.my_number = person, evidence, my_number
        self.card_pictures = card_pictures
        self.address_on_card = ""
        self._accepted = None

    def accept_mismatch(self, reading: object) -> None:
        """A supervisor let this very reading be used in spite of 不一致; the next `identify` uses that up."""
        self.require(Step.OPEN)
        self._accepted = reading

    def has_accepted(self, reading: object) -> bool:
        """Whether this very reading may be used in spite of 不一致."""
        return self._accepted is reading

    def withdraw_identity(self) -> None:
        """Nobody is here any more: what was read turned out not to fit. Answers stay for the same person."""
        self.require(Step.OPEN)
        self.person = self.evidence = self.my_number = None
        self.card_pictures = _NO_PICTURES
        self.address_on_card = ""
        self._accepted = None

    def correct_address(self, address: str) -> None:
        """The address of the card is out of date 住所が前のまま: the present one takes its place.

        What the card says stays in `address_on_card`, for the clerk to compare.
        """
        self.require(Step.OPEN)
        if self.person is None or self.evidence is None:
            raise CaseStateError(step=self.step.value, wanted="identified")
        self.address_on_card = self.address_on_card or self.person.address
        self.person = replace(self.person, address=address)
        self.evidence = self.evidence.with_stale(Fact.ADDRESS)

    def is_somebody_else(self, person: Person, evidence: Evidence) -> bool:
        """Whether this is another person than the one taken down before.

        A typed person corrected by hand is the same one as long as name or birth date stays.
        """
        before, taken = self.person, self.evidence
        if before is None or taken is None:
            return False
        named = before.name == person.name
        born = before.birth_date == person.birth_date
        if _typed_name(taken) and _typed_name(evidence):
            return not named and not born
        return not (named and born)

    def choose(self, procedures: Iterable[Procedure], forms: Iterable[str] = ()) -> None:
        """Choose procedures 手続; `forms` overrides which of their forms are made (in that order)."""
        self.require(Step.OPEN)
        self.procedures = tuple(procedures)
        wanted = tuple(forms) or tuple(form for p in self.procedures for form in p.forms)
        self.forms = tuple(dict.fromkeys(wanted))

    def answer(self, answers: Answers) -> None:
        """Replace the answers 回答 as a whole."""
        self.require(Step.OPEN)
        self.answers = answers

    def leave_blank(self, form: str, field: str, value: Value | None) -> None:
        """Record the clerk's decision to leave a box for handwriting, for as long as it has this value."""
        self.require(Step.OPEN)
        self.left_blank[(form, field)] = value
        self.pictured.pop((form, field), None)

    def print_picture(self, form: str, field: str, value: Value | None) -> None:
        """Record the clerk's decision to print the card's picture, for as long as the box has this value."""
        self.require(Step.OPEN)
        self.pictured[(form, field)] = value
        self.left_blank.pop((form, field), None)

    def print_after_all(self, form: str, field: str) -> None:
        """Take back the decision to leave a box for handwriting, or to print the card's picture in it."""
        self.require(Step.OPEN)
        self.left_blank.pop((form, field), None)
        self.pictured.pop((form, field), None)

    def release(self) -> None:
        """The log holds the release: from here on paper may exist."""
        self.require(Step.OPEN, Step.RELEASED)
        self.step = Step.RELEASED

    def end(self, step: Step) -> None:
        """Close or cancel, and wipe everything personal."""
        self.require(Step.OPEN, Step.RELEASED)
        self.step = step
        self.person = self.evidence = self.my_number = None
        self.answers = Answers()
        self.left_blank = {}
        self.pictured = {}
        self.card_pictures = _NO_PICTURES
        self.address_on_card = ""
        self._accepted = None

    def require(self, *steps: Step) -> None:
        """Raise CaseStateError unless the case is at one of the steps."""
        if self.step not in steps:
            raise CaseStateError(step=self.step.value, wanted=steps[0].value)


def _typed_name(evidence: Evidence) -> bool:
    return evidence.source_of(Fact.NAME) is not FactSource.CARD
