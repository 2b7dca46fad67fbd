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
    """How the person's facts were taken: from a card opened by PIN 暗証番号, or typed 手入力."""

    PIN = "pin"
    HAND = "hand"


@dataclass(frozen=True)
class Evidence:
    """For each fact its source, and when and how the facts were taken. Holds no fact itself.

    `card_kind` names the kind of card, None for hand entry. `read_at` is UTC.

    Raises:
        ValueError: `read_at` has no time zone.
    """

    read_by: ReadBy
    read_at: dt.datetime
    card_kind: str | None = None
    sources: Mapping[str, FactSource] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Keep UTC, and a table that nobody can change afterwards."""
        if self.read_at.utcoffset() is None:
            raise ValueError("read_at needs a time zone")
        object.__setattr__(self, "read_at", self.read_at.astimezone(dt.UTC))
        object.__setattr__(self, "sources", MappingProxyType({str(k): v for k, v in self.sources.items()}))

    @classmethod
    def of_card(cls, card_kind: str, read_at: dt.datetime, *, with_my_number: bool = False) -> Self:
        """Evidence of a card read by PIN: all four basic facts, and the 個人番号 if it was read."""
        facts = [fact for fact in Fact if with_my_number or fact is not Fact.MY_NUMBER]
        return cls(ReadBy.PIN, read_at, card_kind, dict.fromkeys(facts, FactSource.CARD))

    @classmethod
    def of_hand(cls, person: Person, read_at: dt.datetime, *, with_my_number: bool = False) -> Self:
        """Evidence of hand entry: only the facts that were typed."""
        typed = {
            Fact.NAME: bool(person.name),
            Fact.ADDRESS: bool(person.address),
            Fact.BIRTH_DATE: person.birth_date is not None,
            Fact.SEX: person.sex is not None,
            Fact.MY_NUMBER: with_my_number,
        }
        return cls(
            ReadBy.HAND, read_at, None, {fact: FactSource.HAND for fact, given in typed.items() if given}
        )

    def source_of(self, fact: str) -> FactSource | None:
        """The source of a fact, None when nobody told it."""
        return self.sources.get(fact)

    def with_source(self, facts: Iterable[str], source: FactSource) -> Self:
        """The same evidence with `source` for each of `facts`."""
        return replace(self, sources={**self.sources, **dict.fromkeys(facts, source)})
