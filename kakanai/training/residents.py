"""The invented residents 練習の住民 whose cards lie beside the reader."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kakanai.datafile import Node, load_data_file
from kakanai.resources import resource_root


@dataclass(frozen=True)
class Resident:
    """One invented resident: the card (its specimen's id), the name on it, kana, what they come for, the key.

    Nobody of this name and address exists, so nothing here is personal data.
    """

    card: str
    name: str
    kana: str
    story: str
    key: str

    def fits(self, words: str) -> bool:
        """Whether all the words stand in the name, kana or story; small kana and width do not matter."""
        told = _plain(f"{self.name} {self.kana} {self.story}")
        return all(word in told for word in _plain(words).split())


def load_residents(file: Path | None = None) -> tuple[Resident, ...]:
    """The residents in the order of the list.

    Raises:
        DataFileError: the file has a mistake.
    """
    nodes = _root(file)["residents"].items()
    found = []
    for node in nodes:
        told = node.mapping(required={"card", "name", "kana", "story", "key"}, optional=set())
        found.append(Resident(**{name: value.text() for name, value in told.items()}))
    return tuple(found)


def load_clerk_name(file: Path | None = None) -> str:
    """What whoever practises is called, as long as no staff are registered in the practice's own log.

    Raises:
        DataFileError: the file has a mistake.
    """
    return _root(file)["clerk"].text()


def _root(file: Path | None) -> dict[str, Node]:
    root = load_data_file(file or resource_root() / "training" / "residents.yaml")
    return root.mapping(required={"clerk", "residents"}, optional=set())


def find(residents: Iterable[Resident], words: str) -> list[Resident]:
    """The residents that fit the words, in their order; all of them without words."""
    return [resident for resident in residents if resident.fits(words)]


def _plain(words: str) -> str:
    # For searching only; what stands on a card is never touched.
    folded = unicodedata.normalize("NFKC", words).casefold()
    return "".join(chr(ord(one) + 0x60) if "ぁ" <= one <= "ゖ" else one for one in folded)
