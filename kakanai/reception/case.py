"""The case 受付: one visit from the first greeting to the signed-for paper."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from enum import StrEnum

from kakanai.cardreader.text_picture import TextPicture
from kakanai.identity.evidence import Evidence, Fact, FactSource
from kakanai.identity.my_number import MyNumber
from kakanai.identity.person import Person
from kakanai.reception.answers import Answers, Value
from kakanai.reception.checklist import DocumentState
from kakanai.reception.companion import (
    NO_PICTURES,
    Companion,
    evidence_without_address,
    pictures_without_address,
)
from kakanai.reception.errors import CaseStateError
from kakanai.reception.forgotten_answers import without_person
from kakanai.reception.identity_check import IdentityCheck
from kakanai.reception.printed_form import PrintedForm
from kakanai.reception.procedure import Procedure


class Step(StrEnum):
    """How far a case 受付 has come."""

    OPEN = "open"
    RELEASED = "released"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class Case:
    """One case 受付: who came, what for, what was answered. `repr` shows number and step only.

    While OPEN everything may change in any order. Paper RELEASED freezes it until it is reopened for a
    correction; CLOSED and CANCELLED end it and wipe the person from it.

    `event` is the life event ライフイベント whose guidance it follows, empty for none; `by_hand` are
    procedures that the clerk chose beside it, `dropped` guided ones that were taken back, `settled` the
    answers that follow, `logged_procedures` the last set that the log knows.

    `withdrawn` is who was here until a card turned out not to fit: the answers are about them.

    `printed` are the forms of which valid paper is out, `to_shred` the sheets that the last release made
    void, `releases` how often paper was let out.
    """

    def __init__(self, number: str) -> None:
        self.number = number
        self.step = Step.OPEN
        self.person: Person | None = None
        self.evidence: Evidence | None = None
        self.withdrawn: tuple[Person, Evidence] | None = None
        self.my_number: MyNumber | None = None
        self.procedures: tuple[Procedure, ...] = ()
        self.forms: tuple[str, ...] = ()
        self.event = ""
        self.by_hand: tuple[Procedure, ...] = ()
        self.dropped: frozenset[str] = frozenset()
        self.settled: dict[str, Value] = {}
        self.logged_procedures: tuple[str, ...] = ()
        self.answers = Answers()
        self.left_blank: dict[tuple[str, str], Value | None] = {}
        self.pictured: dict[tuple[str, str], Value | None] = {}
        self.card_pictures: Mapping[Fact, TextPicture] = NO_PICTURES
        self.address_on_card = ""
        self.companions: dict[str, Companion] = {}
        self.companions_added = 0
        self.is_protected = False
        self.printed: dict[str, PrintedForm] = {}
        self.to_shred: tuple[PrintedForm, ...] = ()
        self.releases = 0
        self.documents: dict[str, DocumentState] = {}
        self.identity_check: IdentityCheck | None = None
        self.papers: tuple[str, ...] = ()
        self.opened_at: dt.datetime | None = None
        self._accepted: object | None = None

    def __repr__(self) -> str:
        return f"Case({self.number}, {self.step.value})"

    def identify(
        self,
        person: Person,
        evidence: Evidence,
        my_number: MyNumber | None = None,
        card_pictures: Mapping[Fact, TextPicture] = NO_PICTURES,
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
            self.documents = {}
            self.identity_check = None
            self.companions = {}
        self.withdrawn = None
        self.person, self.evidence, self.my_number = person, evidence, my_number
        self.card_pictures = card_pictures
        self.address_on_card = ""
        self._accepted = None
        if self.is_protected:
            self.protect()

    def add_companion(self, companion: Companion) -> str:
        """Take one more person into the case, and give the key that names them: `c1`, `c2` and so on.

        Somebody who is in the same place already keeps the key, and so the answers given for them. A key is
        never given to another person.
        """
        self.require(Step.OPEN)
        if self.is_protected:
            companion = companion.without_address()
        self._accepted = None
        for key, known in self.companions.items():
            if known.place == companion.place and known.is_same_person(companion):
                self.companions[key] = companion
                return key
        self.companions_added += 1
        key = f"c{self.companions_added}"
        self.companions[key] = companion
        return key

    def remove_companion(self, key: str) -> None:
        """Take a person out of the case again, with what was answered about them."""
        self.require(Step.OPEN)
        self.answers = without_person(self.answers, key, self.companions.pop(key).place)

    def protect(self) -> None:
        """支援措置: from now on the case holds no address of anybody; this cannot be taken back."""
        self.require(Step.OPEN)
        self.is_protected = True
        if self.person is not None and self.evidence is not None:
            self.person = replace(self.person, address="")
            self.evidence = evidence_without_address(self.evidence)
        if self.withdrawn is not None:
            person, evidence = self.withdrawn
            self.withdrawn = replace(person, address=""), evidence_without_address(evidence)
        self.card_pictures = pictures_without_address(self.card_pictures)
        self.address_on_card = ""
        self.companions = {key: one.without_address() for key, one in self.companions.items()}

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
        if self.person is not None and self.evidence is not None:
            self.withdrawn = self.person, self.evidence
        self.person = self.evidence = self.my_number = None
        self.card_pictures = NO_PICTURES
        self.address_on_card = ""
        self._accepted = None

    def correct_address(self, address: str) -> None:
        """The address of the card is out of date 住所が前のまま: the present one takes its place.

        What the card says stays in `address_on_card`, for the clerk to compare.
        """
        self.require(Step.OPEN)
        if self.person is None or self.evidence is None:
            raise CaseStateError(step=self.step.value, wanted="identified")
        if self.is_protected:
            return
        self.address_on_card = self.address_on_card or self.person.address
        self.person = replace(self.person, address=address)
        self.evidence = self.evidence.with_stale(Fact.ADDRESS)

    def is_somebody_else(self, person: Person, evidence: Evidence) -> bool:
        """Whether this is another person than the one taken down before.

        A typed person corrected by hand is the same one as long as name or birth date stays.
        """
        if self.person is not None and self.evidence is not None:
            before, taken = self.person, self.evidence
        elif self.withdrawn is not None:
            before, taken = self.withdrawn
        else:
            return False
        named = before.name == person.name
        born = before.birth_date == person.birth_date
        if _typed_name(taken) and _typed_name(evidence):
            # Two people without birth dates have none in common.
            return not named and not (born and person.birth_date is not None)
        return not (named and born)

    def choose(
        self,
        procedures: Iterable[Procedure],
        forms: Iterable[str] = (),
        settled: Mapping[str, Value] | None = None,
    ) -> None:
        """Choose procedures 手続; `forms` overrides which of their forms are made (in that order).

        `settled` are the answers that the guidance gives beside what the procedures settle.
        """
        self.require(Step.OPEN)
        self.procedures = tuple(procedures)
        self.settled = dict(settled or {})
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
        self.releases += 1

    def reopen(self) -> None:
        """Let everything change again, for a correction 訂正 of paper that was released."""
        self.require(Step.RELEASED)
        self.step = Step.OPEN
        self.to_shred = ()

    def keep_released(self) -> None:
        """The paper that is out stays valid as it is: nothing was corrected."""
        self.require(Step.OPEN)
        self.step = Step.RELEASED

    def end(self, step: Step) -> None:
        """Close or cancel, and wipe everything personal."""
        self.require(Step.OPEN, Step.RELEASED)
        self.step = step
        self.person = self.evidence = self.my_number = self.withdrawn = None
        self.answers = Answers()
        self.settled = {}
        self.left_blank = {}
        self.pictured = {}
        self.card_pictures = NO_PICTURES
        self.address_on_card = ""
        self.companions = {}
        self.printed, self.to_shred = {}, ()
        self._accepted = None

    def require(self, *steps: Step) -> None:
        """Raise CaseStateError unless the case is at one of the steps."""
        if self.step not in steps:
            raise CaseStateError(step=self.step.value, wanted=steps[0].value)


def _typed_name(evidence: Evidence) -> bool:
    return evidence.source_of(Fact.NAME) is not FactSource.CARD
