"""What a CUPS printer says of itself: margins of each paper, trays, one side or two, what is the matter."""

import ctypes
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

from kakanai.printing.cups_library import CupsDestination, CupsSize, connection, library
from kakanai.printing.errors import PrinterNotFoundError
from kakanai.printing.profile import Margins, Sides

_MEDIA: Final = {"A4": b"iso_a4_210x297mm", "A5": b"iso_a5_148x210mm"}
"""The papers' own names (PWG 5101.1, given)."""


@dataclass(frozen=True)
class PrinterFacts:
    """A printer's own word. A queue without a driver (raw) tells nothing: then `papers` is empty.

    `papers` are the papers of ours that it has, each with its margins. `reasons` are printer-state-reasons.
    """

    papers: Mapping[str, Margins] = field(default_factory=dict)
    trays: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()

    @property
    def is_told(self) -> bool:
        """Whether the printer says what papers it has."""
        return bool(self.papers)

    def refuses_paper(self, paper: str) -> bool:
        """Whether the printer says that it does not have this paper."""
        return self.is_told and paper not in self.papers

    def refused_option(self, tray: str, sides: Sides) -> str:
        """Which of both the printer says it does not know, "" when neither."""
        if tray and self.trays and tray not in self.trays:
            return tray
        if sides is not Sides.ONE and self.is_told and sides.value not in self.sides:
            return sides.label
        return ""


def printer_facts(printer: str) -> PrinterFacts:
    """What the printer says of itself now.

    Raises:
        NoPrintServiceError: CUPS does not answer.
        PrinterNotFoundError: there is no such printer.
    """
    cups = library()
    with connection() as http, _destination(http, printer) as dest:
        info = cups.cupsCopyDestInfo(http, dest)
        if not info:
            return PrinterFacts(reasons=_reasons(dest))
        try:
            papers = {}
            for paper, media in _MEDIA.items():
                size = CupsSize()
                if cups.cupsGetDestMediaByName(http, dest, info, media, 0, ctypes.byref(size)):
                    edges = (size.left, size.top, size.right, size.bottom)
                    papers[paper] = Margins(*(round(edge / 100, 2) for edge in edges))
            told = [_supported(http, dest, info, name) for name in (b"media-source", b"sides")]
            return PrinterFacts(papers, told[0], told[1], _reasons(dest))
        finally:
            cups.cupsFreeDestInfo(info)


def printer_reasons(printer: str) -> tuple[str, ...]:
    """What the printer says is the matter (printer-state-reasons), nothing when all is well.

    Raises:
        NoPrintServiceError, PrinterNotFoundError: as `printer_facts`.
    """
    with connection() as http, _destination(http, printer) as dest:
        return _reasons(dest)


@contextmanager
def _destination(http: ctypes.c_void_p, printer: str) -> "Iterator[ctypes._Pointer[CupsDestination]]":
    cups = library()
    dest = cups.cupsGetNamedDest(http, printer.encode(), None)
    if not dest:
        raise PrinterNotFoundError(printer=printer)
    try:
        yield dest
    finally:
        cups.cupsFreeDests(1, dest)


def _reasons(dest: "ctypes._Pointer[CupsDestination]") -> tuple[str, ...]:
    found: bytes | None = library().cupsGetOption(
        b"printer-state-reasons", dest.contents.num_options, dest.contents.options
    )
    words = (found or b"").decode("utf-8", "replace").split(",")
    return tuple(word for word in words if word not in {"", "none"})


def _supported(
    http: ctypes.c_void_p, dest: "ctypes._Pointer[CupsDestination]", info: ctypes.c_void_p, name: bytes
) -> tuple[str, ...]:
    cups = library()
    attribute = cups.cupsFindDestSupported(http, dest, info, name)
    if not attribute:
        return ()
    found = (cups.ippGetString(attribute, place, None) for place in range(cups.ippGetCount(attribute)))
    return tuple(word.decode("utf-8", "replace") for word in found if word)
