"""How PC/SC sees its readers, in more detail than reading a card needs; for the diagnosis bundle."""

import dataclasses
from collections.abc import Mapping
from typing import Protocol, runtime_checkable

from kakanai.cardreader.connection import ReaderSource


@dataclasses.dataclass(frozen=True)
class ReaderCondition:
    """One reader at one moment. No ATR identifies a person: the number of a contactless card is not in it.

    `flags` are the names of PC/SC's state bits, e.g. "present", "exclusive"; `atr` is empty without a card.
    """

    name: str
    has_card: bool
    atr: bytes = b""
    flags: tuple[str, ...] = ()


@runtime_checkable
class DetailedReaderSource(ReaderSource, Protocol):
    """A ReaderSource that can tell more about itself."""

    def conditions(self) -> list[ReaderCondition]:
        """The attached readers as they are now.

        Raises:
            NoServiceError: PC/SC is not running.
        """

    def service_facts(self) -> Mapping[str, str]:
        """What carries PC/SC here, e.g. the binding's version."""
