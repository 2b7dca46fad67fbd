"""The cards of the invented residents 練習の住民 on the simulated reader, and one that is pulled away."""

from contextlib import suppress
from pathlib import Path
from typing import Final

from kakanai.cardreader.errors import CardRemovedError, SpecimenNotFoundError
from kakanai.cardreader.simulator.card_on_reader import CardOnReader
from kakanai.cardreader.simulator.reader_name import NAME_PREFIX
from kakanai.cardreader.simulator.specimen import load_specimen, specimen_folder
from kakanai.cardreader.simulator.specimen_types import Specimen
from kakanai.cardreader.simulator.virtual_reader import SimulatedReaderSource, _SimulatedConnection
from kakanai.training.exercises import CardFault

_VERIFY: Final = 0x20
_INS: Final = 1
_SHORTEST: Final = 6
"""Bytes of a VERIFY that has a PIN in it; one without asks for the tries left."""


class PracticeReaderSource(SimulatedReaderSource):
    """A simulated reader whose card can be pulled away once, right after its PIN was right."""

    def __init__(self, state_folder: Path) -> None:
        super().__init__(state_folder)
        self._pull = False
        self._is_read = False

    def pull_next(self, *, is_wanted: bool) -> None:
        """Pull the card away in the midst of its next reading, or no longer."""
        self._pull, self._is_read = is_wanted, False

    def carry(self, connection: _SimulatedConnection, card: CardOnReader, raw: bytes) -> bytes:
        """See SimulatedReaderSource."""
        if self._pull and self._is_read:
            self.pull_next(is_wanted=False)
            self.remove()
            raise CardRemovedError
        answer = super().carry(connection, card, raw)
        if self._pull and raw[_INS] == _VERIFY and len(raw) >= _SHORTEST and answer == b"\x90\x00":
            self._is_read = True
        return answer


class ResidentCards:
    """The table with the residents' cards beside the reader; see training.practice.ResidentTable."""

    def __init__(self, source: PracticeReaderSource) -> None:
        self._source = source

    def specimens(self) -> list[tuple[str, str]]:
        """None to choose by id: the residents stand in their own list."""
        return []

    def inserted(self) -> str | None:
        """The id of the card on the reader, if any."""
        return self._source.reader_name.removeprefix(NAME_PREFIX) or None

    def insert(self, specimen: str) -> None:
        """Put a card on the reader, in place of what lies there; it does nothing wrong of its own accord."""
        self.insert_faulty(specimen, CardFault.NONE)

    def insert_faulty(self, specimen: str, fault: CardFault) -> None:
        """The same with a card that goes wrong once."""
        found = resident_card(specimen)
        self._source.pull_next(is_wanted=fault is CardFault.PULLED)
        self._source.insert(found)

    def remove(self) -> None:
        """Take the card away."""
        self._source.remove()


def resident_card(specimen: str) -> Specimen:
    """The specimen of a resident: one of their own folder, else one of those that everybody knows.

    Raises:
        SpecimenNotFoundError, SpecimenError: there is none, or its file is broken.
    """
    with suppress(SpecimenNotFoundError):
        return load_specimen(specimen, specimen_folder() / "residents")
    return load_specimen(specimen)
