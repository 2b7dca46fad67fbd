"""The log handed on 書き出し: cases as CSV or JSON, written whole, logged with the file's digest."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from kakanai.daybook.case_words import (
    card_words,
    clock,
    ended_words,
    read_by_words,
    review_words,
)
from kakanai.daybook.csv_cells import CP932, Unwritable, csv_line, for_cp932
from kakanai.daybook.new_file import NewFile
from kakanai.daybook.titles import Titles
from kakanai.sessionlog.case_line import CaseLine
from kakanai.sessionlog.chain import Head

FORMAT: Final = "kakanai-cases-1"
_BOM: Final = "\ufeff"
_MOST_TOLD: Final = 1000


class ExportFormat(StrEnum):
    """In which form the log is handed on."""

    CSV = "csv"
    CSV_CP932 = "csv_cp932"
    JSON = "json"


@dataclass(frozen=True)
class Written:
    """A file that was written: how many cases are in it, its size and SHA-256.

    `replaced` are the characters that CP932 does not hold, up to a thousand; `replaced_count` all of them.
    """

    path: Path
    cases: int
    size_kib: int
    digest: str
    replaced: tuple[Unwritable, ...] = ()
    replaced_count: int = 0


HEADINGS: Final = (
    "受付番号",
    "日",
    "開始",
    "終了",
    "分",
    "職員番号",
    "窓口",
    "カード",
    "読取方法",
    "真正性",
    "手続",
    "様式",
    "枚数",
    "結果",
    "確認",
    "失敗",
    "印刷の回数",
    "上書き判断",
    "印刷のない照会",
    "早朝・夜間",
    "コード",
)


def cells_of(line: CaseLine, titles: Titles) -> tuple[str, ...]:
    """A case as the cells of its row, in the order of HEADINGS."""
    is_ended = line.finished_at is not None
    return (
        str(line.case_number),
        line.day.isoformat(),
        clock(line.opened_at, seconds=True),
        clock(line.finished_at, seconds=True),
        f"{line.worked_s / 60:.1f}" if is_ended else "",
        str(line.staff),
        line.counter,
        card_words(line.card_kind),
        read_by_words(line.read_by),
        line.authenticity,
        "・".join(map(titles.procedure, line.procedures)),
        "・".join(form.form for form in line.forms),
        str(line.pages),
        ended_words(line.outcome, is_ended=is_ended),
        review_words(line.review),
        str(line.failures),
        str(line.releases),
        str(line.overrides),
        "1" if line.is_lookup else "0",
        "1" if line.is_unusual_hour else "0",
        " ".join(line.codes),
    )


def write_cases(
    path: Path,
    lines: Iterable[CaseLine],
    form: ExportFormat,
    titles: Titles,
    head: dict[str, Any],
    log_it: Callable[[Written], None],
    mark: str = "",
) -> Written:
    """Write the cases to a new file; `log_it` logs it once it is on disk and before it has its name.

    Args:
        path: A file that is not there yet.
        lines: The cases, read as they are written.
        form: CSV or JSON.
        titles: Of procedures.
        head: What stands before the cases in JSON; a CSV has the heading alone.
        log_it: Writes the entry.
        mark: What a practised log 練習 is marked with: the last column of each row in a CSV, which a reader
            by name of the others passes over, and `practice` in JSON.

    Raises:
        HandedOnFileError: the file cannot be written; nothing of it is left.
        LogStorageError: the cases could not be read, or the entry not written; nothing of it is left.
    """
    told = _Told(mark)
    with NewFile(path) as file:
        for part in _PARTS[form](lines, titles, head, told):
            file.write(part)
        written = Written(path, told.cases, file.size_kib, file.digest, tuple(told.replaced), told.count)
        file.complete(lambda: log_it(written))
    return written


class _Told:
    """What is counted while a file is written."""

    def __init__(self, mark: str) -> None:
        self.marks = (mark,) if mark else ()
        self.cases = 0
        self.replaced: list[Unwritable] = []
        self.count = 0

    def note(self, replaced: Sequence[Unwritable]) -> None:
        self.count += len(replaced)
        self.replaced += replaced[: max(0, _MOST_TOLD - len(self.replaced))]


def _utf8(lines: Iterable[CaseLine], titles: Titles, _head: dict[str, Any], told: _Told) -> Iterator[bytes]:
    yield (_BOM + csv_line(HEADINGS + told.marks)).encode()
    for line in lines:
        told.cases += 1
        yield csv_line(cells_of(line, titles) + told.marks).encode()


def _cp932(lines: Iterable[CaseLine], titles: Titles, _head: dict[str, Any], told: _Told) -> Iterator[bytes]:
    headings = HEADINGS + told.marks
    yield csv_line(headings).encode(CP932)
    for line in lines:
        told.cases += 1
        cells, replaced = for_cp932(cells_of(line, titles) + told.marks, headings, told.cases + 1)
        told.note(replaced)
        yield csv_line(cells).encode(CP932)


def _json(lines: Iterable[CaseLine], _titles: Titles, head: dict[str, Any], told: _Told) -> Iterator[bytes]:
    practice = {"practice": True} if told.marks else {}
    opening = json.dumps({"format": FORMAT, **practice, **head}, ensure_ascii=False)
    yield f'{opening[:-1]}, "cases": ['.encode()
    for line in lines:
        yield (",\n" if told.cases else "\n").encode()
        told.cases += 1
        yield json.dumps(line.to_mapping(), ensure_ascii=False).encode()
    yield b"\n]}\n"


_PARTS: Final = {ExportFormat.CSV: _utf8, ExportFormat.CSV_CP932: _cp932, ExportFormat.JSON: _json}


def marked_path(path: Path, mark: str) -> Path:
    """The place with the mark of practice 練習 in the name, the first that is free; as it is without."""
    if not mark:
        return path
    marked, number = path.with_name(f"{mark}-{path.name}"), 1
    while marked.exists():
        number += 1
        marked = path.with_name(f"{mark}-{path.stem}-{number}{path.suffix}")
    return marked


def head_mapping(head: Head | None) -> dict[str, object] | None:
    """The chain's end as JSON tells it."""
    return None if head is None else {"seq": head.seq, "hash": head.hash, "at": head.at}
