"""What OpenSC and this program send to the same card in the same pcscd, counted by the card itself."""

import dataclasses
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from benchmarks.card_operations import Tally
from tests.pcscd import READER_NAME, PrivatePcscd

_COUNTING_CARD: Final = """
import signal, sys, threading
from pathlib import Path
from kakanai.cardreader.simulator.specimen import load_specimen
from kakanai.cardreader.simulator.specimen_card import build_card
from kakanai.cardreader.simulator.vpcd import serve

stop = threading.Event()
signal.signal(signal.SIGTERM, lambda *_: stop.set())
card = build_card(load_specimen(sys.argv[1]))
answer = card.transmit


def counted(raw):
    told = answer(raw)
    with (Path(sys.argv[2]) / "lengths").open("a") as lengths:
        lengths.write(f"{len(raw)} {len(told)}\\n")
    return told


card.transmit = counted
serve(card, should_stop=stop.is_set)
"""

_OUR_READING: Final = """
import sys
from benchmarks.card_operations import operation_named, read_auth_certificate
from kakanai.cardreader.pcsc import PcscReaderSource
from kakanai.cardreader.reader_choice import choose_reader

connection = choose_reader(PcscReaderSource(), sys.argv[1]).connect()
connection.limits.extended = sys.argv[2] == "extended"
try:
    if sys.argv[3] == "certificate":
        print(read_auth_certificate(connection).hex())
    else:
        operation_named("4情報 by PIN").act(connection)
finally:
    connection.disconnect()
"""

READ_CERTIFICATE: Final = ("pkcs15-tool", "--reader", READER_NAME, "--read-certificate", "1")
# OpenSC reads no 4情報, so its tool sends the smallest sequence as it stands: SELECT, VERIFY, READ.
SEND_RECIPE: Final = (
    "opensc-tool",
    "--reader",
    READER_NAME,
    *("--send-apdu", "00A4040C0AD3921000310001010408"),
    *("--send-apdu", "002000910431323334"),
    *("--send-apdu", "00B0820000"),
)
OPENSC_TOLD_THE_CARD: Final = {"OPENSC_DRIVER": "jpki"}


@dataclasses.dataclass(frozen=True)
class Seen:
    """What a program printed, and what the card saw meanwhile."""

    said: str
    tally: Tally


class CountingCard:
    """The specimen `official-test` in a pcscd of ours, whose exchanges are counted; a context manager."""

    def __init__(self, private: PrivatePcscd) -> None:
        self._private = private
        self._folder = tempfile.TemporaryDirectory(prefix="kakanai-counts-")
        self._lengths = Path(self._folder.name) / "lengths"

    def __enter__(self) -> "CountingCard":
        self._private.insert("official-test", self._folder.name, program=_COUNTING_CARD)
        return self

    def __exit__(self, *_: object) -> None:
        self._private.remove()
        self._folder.cleanup()

    def see(self, argv: Sequence[str], env: Mapping[str, str] | None = None) -> Seen:
        """Run a program to its end.

        Raises:
            SystemExit: it failed.
        """
        self._lengths.write_text("")
        done = self._private.run(argv, env=env)
        if done.returncode != 0:
            raise SystemExit(f"{argv[0]}: {done.stderr}")
        lengths = [[int(one) for one in line.split()] for line in self._lengths.read_text().splitlines()]
        return Seen(done.stdout, Tally(len(lengths), sum(x for x, _ in lengths), sum(x for _, x in lengths)))

    def see_ours(self, what: str, *, extended: bool) -> Seen:
        """Run our own reading, `certificate` or `four`, in a program of its own."""
        python = [sys.executable, "-c"]
        return self.see([*python, _OUR_READING, READER_NAME, "extended" if extended else "short", what])


def comparison(card: CountingCard) -> list[tuple[str, Tally]]:
    """Rows of the table: who reads what."""
    rows = [
        ("certificate, pkcs15-tool", card.see(READ_CERTIFICATE)),
        ("certificate, pkcs15-tool told the card", card.see(READ_CERTIFICATE, OPENSC_TOLD_THE_CARD)),
        ("certificate, kakanai, short", card.see_ours("certificate", extended=False)),
        ("certificate, kakanai, extended", card.see_ours("certificate", extended=True)),
        ("4情報, opensc-tool sends the recipe", card.see(SEND_RECIPE)),
        ("4情報, the same told the card", card.see(SEND_RECIPE, OPENSC_TOLD_THE_CARD)),
        ("4情報, kakanai", card.see_ours("four", extended=False)),
    ]
    return [(name, seen.tally) for name, seen in rows]
