"""Where each fact about a person came from 本人確認の根拠."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Self

from kakanai.identity.person import Person


class Fact(StrEnum):
    """A fact that a card can tell; answers of the visitor go by their own question ids."""

    NAME = "name"
    ADDRESS = "address"
    BIRTH_DATE = "birth_date"
    SEX = "sex"
    MY_NUMBER = "my_number"


class FactSource(StrEnum):
    """Who says so: the card, the clerk's hand, the visitor's answer, or a rule from other facts."""

    CARD = "card"
    HAND = "hand"
    ASKED = "asked"
    DERIVED = "derived"


class ReadBy(StrEnum):
    """How the person's facts were taken: from a card opened by one of its keys, or typed 手入力.

    The values are those of the session log; COLLATION_B is 照合番号B, CARD_NUMBER a 在留カード's number.
    """

    PIN = "pin"
    COLLATION_B = "code_b"
    CARD_NUMBER = "number"
    HAND = "hand"


class MismatchReason(StrEnum):
    """Why a supervisor let a card whose authenticity is 不一致 be used all the same."""

    FACE_AND_CARD_SEEN = "face_and_card_seen"
    OTHER_DOCUMENT = "other_document"
    ISSUER_ASKED = "issuer_asked"

    @property
    def label(self) -> str:
        """The words a supervisor chooses by."""
        return _REASON_LABELS[self]


_REASON_LABELS = {
    MismatchReason.FACE_AND_CARD_SEEN: "券面と本人の顔を見くらべて確かめた",
    MismatchReason.OTHER_DOCUMENT: "別の本人確認書類で確かめた",
    MismatchReason.ISSUER_ASKED: "発行元に問い合わせて確かめた",
}


@dataclass(frozen=True)
class Evidence:
    """For each fact its source, and when and how the facts were taken. Holds no fact itself.

    `card_kind` names the kind of card, None for hand entry. `read_at` is UTC. `verdict` is what the check of
    the card's authenticity said (`Verdict`), None when it was not checked; `mismatch_accepted` that a
    supervisor let it be used in spite of 不一致. `stale` are facts of the card that are no longer so.

    Raises:
        ValueError: `read_at` has no time zone.
    """

    read_by: ReadBy
    read_at: dt.datetime
    card_kind: str | None = None
    sources: Mapping[str, FactSource] = field(default_factory=dict)
    verdict: str | None = None
    mismatch_accepted: bool = False
    stale: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        """Keep UTC, and a table that nobody can change afterwards."""
        if self.read_at.utcoffset() is None:
            raise ValueError("read_at needs a time zone")
        object.__setattr__(self, "read_at", self.read_at.astimezone(dt.UTC))
        object.__setattr__(self, "sources", MappingProxyType({str(k): v for k, v in self.sources.items()}))

    @classmethod
    def of_card(
        cls,
        card_kind: str,
        read_at: dt.datetime,
        person: Person,
        *,
        read_by: ReadBy = ReadBy.PIN,
        with_my_number: bool = False,
        typed: Iterable[Fact] = (),
        verdict: str | None = None,
        mismatch_accepted: bool = False,
    ) -> Self:
        """Evidence of a card: the facts it told, less those `typed` because it has no text of them."""
        sources: dict[str, FactSource] = dict.fromkeys(
            _given(person, with_my_number=with_my_number), FactSource.CARD
        )
        sources.update({fact: FactSource.HAND for fact in typed if fact in sources})
        return cls(read_by, read_at, card_kind, sources, verdict=verdict, mismatch_accepted=mismatch_accepted)

    @classmethod
    def of_hand(cls, person: Person, read_at: dt.datetime, *, with_my_number: bool = False) -> Self:
        """Evidence of hand entry: only the facts that were typed."""
        typed = _given(person, with_my_number=with_my_number)
        return cls(ReadBy.HAND, read_at, None, dict.fromkeys(typed, FactSource.HAND))

    @property
    def is_by_card(self) -> bool:
        """Whether a card was read, if only in part."""
        return self.read_by is not ReadBy.HAND

    def with_stale(self, fact: Fact) -> Self:
        """The same evidence for a fact that was corrected by hand because the card's is out of date."""
        corrected = {**self.sources, fact: FactSource.HAND}
        return replace(self, sources=corrected, stale=self.stale | {fact})

    def source_of(self, fact: str) -> FactSource | None:
        """The source of a fact, None when nobody told it."""
        return self.sources.get(fact)


def _given(person: Person, *, with_my_number: bool) -> list[str]:
    told = {
        Fact.NAME: bool(person.name),
        Fact.ADDRESS: bool(person.address),
        Fact.BIRTH_DATE: person.birth_date is not None,
        Fact.SEX: person.sex is not None,
        Fact.MY_NUMBER: with_my_number,
    }
    return [fact for fact, given in told.items() if given]
