"""Which reader and which card: a real one over PC/SC, or a specimen 見本カード on the simulated one."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from kakanai.cardreader.connection import Reader, ReaderSource
from kakanai.cardreader.faults import Faults
from kakanai.cardreader.simulator.reader_name import NAME_PREFIX
from kakanai.cli.services import SpecimenLine
from kakanai.settings import Paths

if TYPE_CHECKING:
    from kakanai.cardreader.card_status import CardStatus
    from kakanai.cardreader.simulator.virtual_reader import SimulatedReaderSource

# What only a real reader or only a specimen needs is imported where it is used: to load all of it takes a
# tenth of what filling five forms does, and no run needs both.


def is_simulated(reader: str | None) -> bool:
    """Whether a reader of this name is the simulated one of this process."""
    return reader is not None and reader.startswith(NAME_PREFIX)


def pcsc_source(paths: Paths) -> ReaderSource:
    """The real readers of this machine."""
    from kakanai.cardreader.pcsc import PcscReaderSource
    from kakanai.cardreader.remembered_readers import RememberedReaders

    return PcscReaderSource(RememberedReaders(paths.readers_file))


def simulated_source(paths: Paths) -> "SimulatedReaderSource":
    """The simulated reader, with nothing on it."""
    from kakanai.cardreader.simulator.virtual_reader import SimulatedReaderSource

    return SimulatedReaderSource(paths.simulator_state_dir)


def reader_source(name: str | None, paths: Paths) -> ReaderSource:
    """Where a reader of this name comes from: the simulator with that specimen, or PC/SC."""
    if name is None or not is_simulated(name):
        return pcsc_source(paths)
    source = simulated_source(paths)
    source.insert(name.removeprefix(NAME_PREFIX))
    return source


def find_reader(name: str | None, paths: Paths) -> Reader:
    """The reader a name means: `specimen:ID` is a simulated one with that card, anything else is PC/SC.

    Raises:
        SpecimenNotFoundError, NoServiceError, ReaderNotFoundError …: see choose_reader.
    """
    from kakanai.cardreader.reader_choice import choose_reader

    source = reader_source(name, paths)
    return source.readers()[0] if is_simulated(name) else choose_reader(source, name)


def pin_status(reader: Reader) -> "CardStatus":
    """What the card on the reader tells without a PIN, with the tries its PINs have left."""
    from kakanai.cardreader.card_status import read_card_status

    return read_card_status(reader.connect())


def diagnose_reader(name: str | None, paths: Paths) -> dict[str, Any]:
    """What works and what does not between this program and the card, step by step."""
    from kakanai.cardreader.diagnosis import diagnose

    return diagnose(reader_source(name, paths), name)


def specimen_lines() -> list[SpecimenLine]:
    """Every specimen 見本カード there is."""
    from kakanai.cardreader.simulator.specimen import list_specimens

    return [SpecimenLine(s.id, s.label, s.description) for s in list_specimens()]


def insert_specimen(
    paths: Paths,
    specimen: str,
    faults: Faults,
    host: str,
    port: int,
    should_stop: Callable[[], bool],
    on_inserted: Callable[[], None],
) -> str:
    """Keep a specimen on the real pcscd's virtual reader until `should_stop`; why it left.

    Raises:
        SpecimenNotFoundError, VpcdUnreachableError, SimulatorStateError.
    """
    from kakanai.cardreader.simulator import vpcd
    from kakanai.cardreader.simulator.specimen import load_specimen
    from kakanai.cardreader.simulator.specimen_card import build_card

    found = load_specimen(specimen)
    card = build_card(found, paths.simulator_state_dir)
    return vpcd.serve(card, host, port, should_stop, on_inserted, faults.over(found.faults)).value


class SimulatedTable:
    """The table with specimens 見本カード beside the simulated reader, for the window's training mode."""

    def __init__(self, source: "SimulatedReaderSource") -> None:
        self._source = source

    def specimens(self) -> list[tuple[str, str]]:
        """Id and label of every specimen."""
        return [(specimen.id, specimen.label) for specimen in specimen_lines()]

    def inserted(self) -> str | None:
        """The id of the specimen on the reader, if any."""
        return self._source.reader_name.removeprefix(NAME_PREFIX) or None

    def insert(self, specimen: str) -> None:
        """Put a specimen on the reader, in place of what lies there."""
        self._source.insert(specimen)

    def remove(self) -> None:
        """Take the specimen away."""
        self._source.remove()
