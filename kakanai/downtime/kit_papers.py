"""Which papers of the downtime kit there are, and how each stands, read off the log and nothing else."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from kakanai.downtime.errors import PaperTakenError, PaperVoidError, UnknownPaperError
from kakanai.downtime.paper_number import PaperNumber, kit_of
from kakanai.sessionlog.entry import JST, EntryKind, FormRecord, LogEntry

COPIES: Final = "copies"
PLACE: Final = "place"
"""What the log counts under: copies of each form when a kit is printed, a paper's place when it is taken."""


class PaperState(StrEnum):
    """How a paper of the kit stands."""

    WAITING = "waiting"
    TAKEN = "taken"
    VOID = "void"


@dataclass(frozen=True)
class KitPaper:
    """One numbered paper; `day` is when the visitor came, `opened` the place of its case in the chain.

    `mark` is the kit's own, 64 hexadecimal digits, by which the log knows it.
    """

    number: PaperNumber
    record: FormRecord
    printed_on: dt.date
    mark: str
    state: PaperState = PaperState.WAITING
    day: dt.date | None = None
    opened: int | None = None


def papers_of(entries: Iterable[tuple[int, LogEntry]]) -> dict[PaperNumber, KitPaper]:
    """Every paper that was ever printed, in the order of printing, as the log says it stands."""
    papers: dict[PaperNumber, KitPaper] = {}
    for _, entry in entries:
        if entry.kind is EntryKind.DOWNTIME_PRINTED:
            papers |= {paper.number: paper for paper in _printed(entry)}
            continue
        number = PaperNumber.build(kit_of(entry.digest), entry.counts[PLACE])
        paper = papers.get(number)
        if paper is None:  # a log that was put together by hand; what is missing is told by `log verify`
            continue
        if entry.kind is EntryKind.DOWNTIME_TAKEN:
            papers[number] = replace(paper, state=PaperState.TAKEN, day=entry.on, opened=entry.ref)
        else:
            papers[number] = replace(paper, state=PaperState.VOID)
    return papers


def waiting(papers: dict[PaperNumber, KitPaper], number: PaperNumber, case: str = "") -> KitPaper:
    """The paper of that number, while nothing became of it; `case` is what to call it where it was taken.

    Raises:
        UnknownPaperError, PaperTakenError, PaperVoidError: there is none, or it has its end.
    """
    paper = papers.get(number)
    if paper is None:
        raise UnknownPaperError(number=number)
    if paper.state is PaperState.TAKEN:
        raise PaperTakenError(number=number, case=case)
    if paper.state is PaperState.VOID:
        raise PaperVoidError(number=number)
    return paper


def _printed(entry: LogEntry) -> list[KitPaper]:
    kit, copies = kit_of(entry.digest), entry.counts[COPIES]
    day = entry.at.astimezone(JST).date()
    return [
        KitPaper(PaperNumber.build(kit, first * copies + copy), record, day, entry.digest)
        for first, record in enumerate(entry.forms)
        for copy in range(1, copies + 1)
    ]
