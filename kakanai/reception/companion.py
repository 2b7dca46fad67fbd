"""A person of a case besides the visitor 来庁者: 世帯員, 委任した人, 亡くなった人."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Final

from kakanai.cardreader.text_picture import TextPicture
from kakanai.identity.evidence import Evidence, Fact, FactSource
from kakanai.identity.my_number import MyNumber
from kakanai.identity.person import Person
from kakanai.reception.variables import LISTS

NO_PICTURES: Final[Mapping[Fact, TextPicture]] = MappingProxyType({})
VISITOR_KEY: Final = "visitor"
"""The key of the visitor's own row in a list; companions have `c1`, `c2` …"""


@dataclass(frozen=True, repr=False)
class Companion:
    """One more person of a case, by card or by hand. Personal: `repr` shows the place only.

    `place` says what they are in it: the first part of variables about one person (`subject`, `deceased`) or
    the name of a list (`member`). `address_on_card` is what the card says when that is out of date.
    """

    place: str
    person: Person
    evidence: Evidence
    my_number: MyNumber | None = None
    card_pictures: Mapping[Fact, TextPicture] = field(default_factory=lambda: NO_PICTURES)
    address_on_card: str = ""

    def __repr__(self) -> str:
        return f"Companion({self.place})"

    def is_same_person(self, other: "Companion") -> bool:
        """Whether name and birth date are the same, so that this is the same person taken once more.

        In a place of one person a typed one whose name or birth date stays is the same one corrected.
        """
        mine, theirs = self.person, other.person
        is_named, is_born = mine.name == theirs.name, mine.birth_date == theirs.birth_date
        if self.place not in LISTS and _is_typed(self.evidence) and _is_typed(other.evidence):
            return is_named or (is_born and mine.birth_date is not None)
        return is_named and is_born

    def without_address(self) -> "Companion":
        """The same person without any address 支援措置, text and picture."""
        return replace(
            self,
            person=replace(self.person, address=""),
            evidence=evidence_without_address(self.evidence),
            card_pictures=pictures_without_address(self.card_pictures),
            address_on_card="",
        )


def _is_typed(evidence: Evidence) -> bool:
    return evidence.source_of(Fact.NAME) is not FactSource.CARD


def evidence_without_address(evidence: Evidence) -> Evidence:
    """The same evidence, but that nobody told an address."""
    told = {fact: source for fact, source in evidence.sources.items() if fact != Fact.ADDRESS}
    return replace(evidence, sources=told, stale=evidence.stale - {Fact.ADDRESS})


def pictures_without_address(pictures: Mapping[Fact, TextPicture]) -> Mapping[Fact, TextPicture]:
    """The card's pictures but that of the address."""
    return {fact: picture for fact, picture in pictures.items() if fact is not Fact.ADDRESS}
