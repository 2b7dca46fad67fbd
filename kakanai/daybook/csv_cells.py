"""Cells of a CSV that a spreadsheet does not run, and what CP932 cannot hold of them."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

CP932: Final = "cp932"

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""A cell that begins so may be run as a formula (OWASP, given); the wide signs in Japanese Excel."""

_SAME: Final = {"\u2014": "\u2015"}
"""The long dash, which JIS and CP932 map to different code points (given); on paper it is the same."""


@dataclass(frozen=True)
class Unwritable:
    """A character that CP932 does not hold: where it stood and what stands there instead.

    `line` counts from 1, the heading's line; `column` is the heading.
    """

    line: int
    column: str
    character: str
    instead: str

    @property
    def code_point(self) -> str:
        """`U+20BB7`."""
        return f"U+{ord(self.character):04X}"

    @property
    def words(self) -> str:
        """Where and what, for a person."""
        return f"{self.line}行目 {self.column}: {self.character}（{self.code_point}）→ {self.instead}"


def safe_cell(value: str) -> str:
    """The cell with an apostrophe before what would be a formula: the log's `-` for 未登録 is one."""
    return f"'{value}" if value.startswith(_FORMULA) else value


def csv_line(cells: Sequence[str]) -> str:
    """One line of the CSV, formula-safe, with its line end (RFC 4180: CR LF)."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow([safe_cell(cell) for cell in cells])
    return out.getvalue()


def for_cp932(cells: Sequence[str], headings: Sequence[str], line: int) -> tuple[list[str], list[Unwritable]]:
    """The cells with every character that CP932 can hold, and those it cannot, one by one.

    Such a character is written as its code point, 〔U+20BB7〕, so that the file itself tells of it.
    """
    told: list[Unwritable] = []
    written = []
    for cell, heading in zip(cells, headings, strict=True):
        written.append("".join(_held(character, heading, line, told) for character in cell))
    return written, told


def _held(character: str, heading: str, line: int, told: list[Unwritable]) -> str:
    try:
        character.encode(CP932)
    except UnicodeEncodeError:
        instead = _SAME.get(character) or f"〔U+{ord(character):04X}〕"
        told.append(Unwritable(line, heading, character, instead))
        return instead
    return character
