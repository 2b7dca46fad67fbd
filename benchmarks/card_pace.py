"""How much of a reading's time is the program's own, on a card that is as slow as the timing model says."""

import dataclasses
import datetime as dt
import statistics
import time
from collections.abc import Callable
from typing import Final

from benchmarks.card_operations import TallyConnection
from kakanai.cardreader.authenticity.issuer_table import IssuerTable
from kakanai.cardreader.authenticity.judge import judge
from kakanai.cardreader.authenticity.verdict import Verdict
from kakanai.cardreader.connection import CardConnection, ReaderLimits
from kakanai.cardreader.faults import Faults, Pace
from kakanai.cardreader.mynumber.pin import Pin
from kakanai.cardreader.mynumber.session import MyNumberCardSession
from kakanai.resources import resource_root

RUNS: Final = 7


@dataclasses.dataclass(frozen=True)
class Shares:
    """Parts of the wall time, which sum up to 1 with the modelled card's.

    `program` is what is left outside of the card and reader, `rig` what the simulator computes (it signs the
    challenge in Python) and how much too late a sleep ends.
    """

    program: float
    rig: float


def _issuers() -> IssuerTable:
    root = resource_root()
    return IssuerTable.load(root / "issuer_keys", root / "simulator" / "issuers" / "trusted.yaml")


def _read(connection: CardConnection) -> None:
    with MyNumberCardSession.open(connection) as session:
        session.read(Pin("1234"), with_my_number=False)


def _read_and_judge(connection: CardConnection, issuers: IssuerTable) -> None:
    with MyNumberCardSession.open(connection) as session:
        proof = session.read(Pin("1234"), with_my_number=True, verify=True).proof
    if proof is None or judge(proof, issuers, dt.date(2026, 11, 1)).verdict is not Verdict.VERIFIED:
        raise SystemExit("the specimen is not judged to be genuine")


def _once(act: Callable[[CardConnection], None], pace: Pace) -> Shares:
    # Short APDUs, the reader's worst case; activation passes before the clock starts, and is not counted.
    connection = TallyConnection("official-test", ReaderLimits(extended=False), Faults(slow=pace))
    activation_s = connection.modelled_s
    start = time.perf_counter()
    act(connection)
    wall_s = time.perf_counter() - start
    modelled_s = connection.modelled_s - activation_s
    return Shares(
        program=(wall_s - connection.in_card_s) / wall_s,
        rig=(connection.in_card_s - modelled_s) / wall_s,
    )


def shares() -> list[tuple[str, Shares]]:
    """Rows of the table, each the median of several runs."""
    issuers = _issuers()
    acts: dict[str, Callable[[CardConnection], None]] = {
        "4情報 by PIN": _read,
        "+ 個人番号, proof, judged": lambda connection: _read_and_judge(connection, issuers),
    }
    rows = []
    for pace in Pace:
        for name, act in acts.items():
            act(TallyConnection("official-test", ReaderLimits(extended=False), Faults()))  # load all first
            taken = [_once(act, pace) for _ in range(RUNS)]
            median = {
                field.name: statistics.median(getattr(one, field.name) for one in taken)
                for field in dataclasses.fields(Shares)
            }
            rows.append((f"{name}, {pace.value}", Shares(**median)))
    return rows
