"""The 日報 as a PDF to sign: A4 upright, our fonts embedded, numbers and titles, nothing of any person."""

import io
from collections.abc import Sequence
from typing import Final

from kakanai.daybook.case_words import clock, ended_words, outcome_sign, review_words
from kakanai.daybook.charts import charts_of
from kakanai.daybook.concerns import Concern
from kakanai.daybook.day_page import DayPage
from kakanai.daybook.errors import DaybookReportError
from kakanai.daybook.report_front import Front, ReportFacts, head_of
from kakanai.daybook.report_ink import MARGIN, PAGE_HEIGHT, PAGE_WIDTH, ReportInk, report_document
from kakanai.daybook.report_table import Column, Row, Table
from kakanai.daybook.stats import Stats
from kakanai.daybook.titles import Titles
from kakanai.errors import KakanaiError
from kakanai.forms.fonts import FontShelf
from kakanai.forms.template import Box
from kakanai.sessionlog.case_line import CaseLine
from kakanai.sessionlog.words import Review

_FOOT: Final = 8.0
_BOTTOM: Final = PAGE_HEIGHT - MARGIN - _FOOT
_SECTION: Final = 9.0
_FULL: Final = _BOTTOM - MARGIN
_LEAST: Final = 30.0
"""A section does not begin where less than this is left of a page, mm."""

_CASES: Final = (
    Column("受付番号", 23, whole=True),
    Column("開始–終了", 20, whole=True),
    Column("職員", 15, whole=True),
    Column("手続", 46),
    Column("様式", 28),
    Column("枚", 7, "right", whole=True),
    Column("結果", 18, whole=True),
    Column("見る点", 17),
    Column("確認", 12, whole=True),
)
_CONCERNS: Final = (
    Column("受付番号", 24, whole=True),
    Column("職員", 20, whole=True),
    Column("見る点", 26, whole=True),
    Column("わけ", 116),
)


def report_pdf(page: DayPage, stats: Stats, titles: Titles, shelf: FontShelf, facts: ReportFacts) -> bytes:
    """The 日報 of a day; equal input gives equal bytes.

    Raises:
        FontMissingError, FontUnusableError: a font of paper is not there.
        DaybookReportError: it could not be drawn; nothing of it exists.
    """
    out = io.BytesIO()
    title = f"日報 {page.day.isoformat()} {facts.town}"
    try:
        with report_document(out, shelf, title, facts.watermark) as ink:
            _Report(ink, shelf, page, titles, facts).draw(stats)
    except KakanaiError:
        raise
    except Exception as error:
        # Whatever ReportLab trips over, half a 日報 must not be signed.
        raise DaybookReportError(day=page.day.isoformat()) from error
    return out.getvalue()


def charts_pdf(
    stats: Stats, shelf: FontShelf, *, width_mm: float = 90.0, height_mm: float = 46.0, watermark: str = ""
) -> bytes:
    """The plots alone on one A4 page, two beside each other, to be shown in the window or handed on.

    Raises:
        FontMissingError, FontUnusableError: a font of paper is not there.
        DaybookReportError: they could not be drawn.
    """
    out = io.BytesIO()
    try:
        with report_document(out, shelf, "集計", watermark) as ink:
            for place, chart in enumerate(charts_of(stats, shelf, width_mm, height_mm)):
                row, column = divmod(place, 2)
                ink.chart(MARGIN + column * (width_mm + 6), MARGIN + row * (height_mm + 4), chart)
    except KakanaiError:
        raise
    except Exception as error:
        raise DaybookReportError(day=stats.first.isoformat()) from error
    return out.getvalue()


class _Report:
    """The pages of one 日報; tables are laid out before any foot is drawn: it says of how many pages."""

    def __init__(
        self, ink: ReportInk, shelf: FontShelf, page: DayPage, titles: Titles, facts: ReportFacts
    ) -> None:
        self._ink = ink
        self._shelf = shelf
        self._page = page
        self._titles = titles
        self._facts = facts
        self._number = 1
        self._count = 1

    def draw(self, stats: Stats) -> None:
        """Everything."""
        parts = [
            ("見ておきたい受付", Table(_CONCERNS, self._concern_rows(), self._ink.words), "ありません。"),
            ("受付の一覧", Table(_CASES, self._case_rows(), self._ink.words), "受付はありません。"),
        ]
        end = Front(self._ink, self._shelf, self._page, self._facts).draw(stats)
        laid = self._lay_out([table for _, table, _ in parts], end + 4)
        self._count = 1 + sum(starts_page for pages in laid for starts_page, _, _ in pages)
        for (title, table, none), pages in zip(parts, laid, strict=True):
            for place, (starts_page, y, rows) in enumerate(pages):
                if starts_page:
                    self._next_page()
                self._section(title if place == 0 else f"{title}（続き）", y)
                if rows:
                    table.draw(self._ink, y + _SECTION, rows)
                else:
                    self._ink.text(Box(MARGIN, y + _SECTION, 120, 5), none, 8)
        self._foot()

    def _lay_out(self, tables: Sequence[Table], y: float) -> list[list[tuple[bool, float, Sequence[Row]]]]:
        """For each page of each table: whether it begins a page, where it begins there, its rows.

        The first table begins at `y` of the page at hand, if there is room.
        """
        laid: list[list[tuple[bool, float, Sequence[Row]]]] = []
        for table in tables:
            is_fresh = _BOTTOM - y < _LEAST
            y = MARGIN if is_fresh else y
            parts = table.pages(_BOTTOM - y - _SECTION, _FULL - _SECTION)
            if len(parts) > 1 and not parts[0]:  # not even one row fits there
                is_fresh, y = True, MARGIN
                parts = table.pages(_FULL - _SECTION, _FULL - _SECTION)
            pages: list[tuple[bool, float, Sequence[Row]]] = []
            for rows in parts:
                pages.append((is_fresh or bool(pages), y, rows))
                end = y + _SECTION + sum(row.height for row in rows) + 5
                y = MARGIN
            laid.append(pages)
            y = end + 4
        return laid

    def _section(self, title: str, y: float) -> None:
        self._ink.text(Box(MARGIN, y + 1, 150, 6), title, 11, bold=True)

    def _next_page(self) -> None:
        self._foot()
        self._ink.next_page()
        self._number += 1

    def _foot(self) -> None:
        y = PAGE_HEIGHT - MARGIN - 4
        head = head_of(self._page)
        told = f"{self._facts.town}　日報 {self._page.day.isoformat()}"
        if head is not None:
            told += f"　操作ログ {head.seq:,} 番 {head.short}"
        self._ink.rule(MARGIN, y - 1, PAGE_WIDTH - MARGIN, y - 1, 0.1)
        self._ink.text(Box(MARGIN, y, 150, 4), self._ink.words.cut(told, 150, 7), 7)
        box = Box(PAGE_WIDTH - MARGIN - 30, y, 30, 4)
        self._ink.text(box, f"{self._number}/{self._count}", 8, align="right")

    def _concern_rows(self) -> list[tuple[str, ...]]:
        return [(one.case_number, one.staff, one.reason.label, one.words) for one in self._page.concerns]

    def _case_rows(self) -> list[tuple[str, ...]]:
        by_case: dict[str, list[Concern]] = {}
        for one in self._page.concerns:
            by_case.setdefault(one.case_number, []).append(one)
        return [self._case_row(line, by_case.get(str(line.case_number), [])) for line in self._page.lines]

    def _case_row(self, line: CaseLine, concerns: Sequence[Concern]) -> tuple[str, ...]:
        outcome = ended_words(line.outcome, is_ended=line.finished_at is not None)
        return (
            str(line.case_number),
            f"{clock(line.opened_at)}–{clock(line.finished_at)}",
            str(line.staff),
            "、".join(map(self._titles.procedure, line.procedures)),
            " ".join(form.form for form in line.forms),
            str(line.pages) if line.pages else "",
            f"{outcome_sign(line.outcome)} {outcome}",
            "、".join(one.reason.label for one in concerns),
            "" if line.review is Review.NONE else review_words(line.review),
        )
