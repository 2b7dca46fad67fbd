"""The first page of the 日報: whose day, seals, figures, warnings, plots, minutes saved, the chain's head."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kakanai.daybook.case_words import clock, day_words
from kakanai.daybook.charts import charts_of
from kakanai.daybook.day_page import DayPage
from kakanai.daybook.report_ink import MARGIN, PAGE_WIDTH, ReportInk, line_height
from kakanai.daybook.stats import Stats
from kakanai.forms.fonts import FontShelf
from kakanai.forms.template import Box
from kakanai.sessionlog.chain import time_of
from kakanai.sessionlog.entry import JST

WIDTH: Final = PAGE_WIDTH - 2 * MARGIN
_SEAL: Final = 17.0
_SEAL_HEAD: Final = 5.0
_FIGURES_IN_ROW: Final = 8
_FIGURE_HEIGHT: Final = 11.5
_CHART_HEIGHT: Final = 46.0
_GAP: Final = 4.0
_QR: Final = 25.0
_WARNINGS_HEIGHT: Final = 54.0
"""So much of the page is for warnings, mm; what does not fit is counted."""


@dataclass(frozen=True)
class ReportFacts:
    """What the 日報 says besides the day: the town, who made it when, the titles of the seals.

    `watermark` lies under each page, where the day was only practised 練習.
    """

    town: str
    sign_boxes: Sequence[str]
    made_by: str
    made_at: dt.datetime
    watermark: str = ""


@dataclass(frozen=True)
class ReportHead:
    """The place in the chain that the paper is an anchor of: the day's close, or the chain's end then."""

    seq: int
    hash: str

    @property
    def qr(self) -> str:
        """What the QR code says; `kakanai log verify` takes it."""
        return f"kakanai-head:{self.seq}:{self.hash}"

    @property
    def short(self) -> str:
        """The first 16 digits of the hash, in groups of four."""
        return " ".join(self.hash[at : at + 4] for at in range(0, 16, 4))


def head_of(page: DayPage) -> ReportHead | None:
    """The head to print; None for a log without an entry."""
    if page.close is not None:
        return ReportHead(page.close.last_seq, page.close.head)
    return ReportHead(page.head.seq, page.head.hash) if page.head else None


class Front:
    """Draws the parts of the first page from the top; each tells where it ends."""

    def __init__(self, ink: ReportInk, shelf: FontShelf, page: DayPage, facts: ReportFacts) -> None:
        self._ink = ink
        self._shelf = shelf
        self._page = page
        self._facts = facts

    def draw(self, stats: Stats) -> float:
        """All of it; where it ends, mm from the top."""
        y = self._title(MARGIN)
        y = self._figures(y + _GAP)
        y = self._warnings(y + 2.5)
        y = self._charts(y + _GAP, stats)
        y = self._saved(y + 2, stats)
        return self._head(y + _GAP)

    def _title(self, y: float) -> float:
        ink, facts = self._ink, self._facts
        seals = len(facts.sign_boxes) * _SEAL
        width = WIDTH - seals - 4
        ink.text(Box(MARGIN, y, width, 8), "日報（窓口の受付）", 16, bold=True)
        size = ink.words.size_for(facts.town, width, 11)
        ink.text(Box(MARGIN, y + 9, width, 6), facts.town, size)
        day = f"{day_words(self._page.day)}　{self._page.day.isoformat()}"
        ink.text(Box(MARGIN, y + 15, width, 6), day, 11, bold=True)
        ink.text(Box(MARGIN, y + 21, width, 5), self._state(), 7.5)
        x = MARGIN + WIDTH - seals
        for title in facts.sign_boxes:
            ink.frame(Box(x, y, _SEAL, _SEAL_HEAD))
            ink.frame(Box(x, y + _SEAL_HEAD, _SEAL, _SEAL))
            ink.text(Box(x, y, _SEAL, _SEAL_HEAD), title, 8, align="center")
            x += _SEAL
        return y + 26

    def _state(self) -> str:
        close, facts = self._page.close, self._facts
        made = facts.made_at.astimezone(JST)
        told = f"作成 {made:%Y-%m-%d %H:%M} 職員 {facts.made_by}"
        if close is None:
            return f"未締め　{told}"
        at = time_of(close.at)
        return f"締め済 {at.astimezone(JST):%Y-%m-%d} {clock(at)} 職員 {close.staff}　{told}"

    def _figures(self, y: float) -> float:
        ink, step = self._ink, WIDTH / _FIGURES_IN_ROW
        told = self._page.figures.told()
        for place, (label, value) in enumerate(told):
            row, column = divmod(place, _FIGURES_IN_ROW)
            box = Box(MARGIN + column * step, y + row * _FIGURE_HEIGHT, step, _FIGURE_HEIGHT)
            ink.frame(box, 0.15)
            ink.text(Box(box.x, box.y + 0.8, box.w, 3.6), label, 7, align="center")
            size = ink.words.size_for(value, box.w - 2, 11)
            ink.text(Box(box.x, box.y + 4.6, box.w, 6), value, size, align="center", bold=True)
        rows = -(-len(told) // _FIGURES_IN_ROW)
        return y + rows * _FIGURE_HEIGHT

    def _warnings(self, y: float) -> float:
        told = [
            f"{'【重要】' if one.is_grave else '▲ '}{one.words}{one.next_step}" for one in self._page.warnings
        ]
        told += [f"▲ {one.words}" for one in self._page.staff_concerns]
        if not told:
            return y + self._ink.paragraph(MARGIN, y, WIDTH, "記録についての警告はありません。", 8)
        end = y + _WARNINGS_HEIGHT
        for place, words in enumerate(told):
            lines = len(self._ink.words.lines(words, WIDTH, 8))
            if y + (lines + 1) * line_height(8) > end:
                more = f"ほか {len(told) - place} 件の警告は画面で確かめてください。"
                return y + self._ink.paragraph(MARGIN, y, WIDTH, more, 8)
            y += self._ink.paragraph(MARGIN, y, WIDTH, words, 8)
        return y

    def _charts(self, y: float, stats: Stats) -> float:
        width = (WIDTH - 6) / 2
        for place, chart in enumerate(charts_of(stats, self._shelf, width, _CHART_HEIGHT)):
            row, column = divmod(place, 2)
            self._ink.chart(MARGIN + column * (width + 6), y + row * (_CHART_HEIGHT + _GAP), chart)
        return y + 2 * _CHART_HEIGHT + _GAP

    def _saved(self, y: float, stats: Stats) -> float:
        saved = stats.saved
        words = (
            f"減った時間（見積もり） {saved.saved:,.0f}分 = 手書き {saved.by_hand:,.0f}分（仮定）"
            f" − 計測 {saved.measured:,.0f}分"
        )
        self._ink.text(Box(MARGIN, y, WIDTH, 5), words, 9, bold=True)
        return y + 5.5 + self._ink.paragraph(MARGIN, y + 5.5, WIDTH, saved.assumption, 7)

    def _head(self, y: float) -> float:
        ink, head = self._ink, head_of(self._page)
        if head is None:
            return y
        ink.frame(Box(MARGIN, y, WIDTH, _QR + 2), 0.15)
        ink.qr(Box(MARGIN + 1, y + 1, _QR, _QR), head.qr)
        x, width = MARGIN + _QR + 4, WIDTH - _QR - 6
        what = "この日の締めが署名した操作ログの先頭" if self._page.close else "作成した時の操作ログの先頭"
        lines = [
            f"{what}: {head.seq:,} 番　{head.short} …（左の QR に全体）",
            "この紙を保管してください。操作ログが後から書き換えられるか前の状態に戻されると、合わなくなります。",
            f"確かめ方: kakanai log verify --seq {head.seq} --head {head.hash[:16]}",
        ]
        if self._page.close is not None:
            lines.append(f"締めの鍵 {self._page.close.key_id}　記録 {self._page.close.entries:,} 件")
        box = Box(x, y + 2, width, line_height(8) * len(lines))
        ink.text(box, "\n".join(lines), 8, valign="top")
        return y + _QR + 2
