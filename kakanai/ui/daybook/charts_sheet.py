"""図: the plots of a period, the same drawings as on the 日報, and the minutes saved beside them."""

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from kakanai.daybook.report_ink import MARGIN, PAGE_HEIGHT, PAGE_WIDTH
from kakanai.daybook.stats import StatRow, Stats
from kakanai.ui.controls import FlowLayout, TextLabel
from kakanai.ui.daybook.day_line import BUTTON_HEIGHT
from kakanai.ui.daybook.open_book import StatsSight
from kakanai.ui.daybook.reading_text import ReadingText
from kakanai.ui.theme import Theme

_EDGE: Final = 4.0
_PLOTS_HEIGHT: Final = 2 * 46.0 + 4.0
"""The plots' part of their page, mm: two rows and the gap between (Daybook.charts)."""
_SIDE_BY_SIDE: Final = 1000
_APRIL: Final = 4
_MOST_ROWS: Final = 12


class PlotsView(QWidget):
    """The upper part of the one page of plots, drawn by QtPdf from memory; on white in every theme."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._document = QPdfDocument(self)
        self._buffer = QBuffer(self)
        self._image = QImage()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("図"))
        theme.size(self, "setMinimumSize", "measure.plots_width", "measure.table_height")

    def show_pdf(self, pdf: bytes, words: str) -> None:
        """Show these plots; `words` tell the same to who does not see them."""
        self._document.close()
        self._buffer.close()
        self._buffer.setData(QByteArray(pdf))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._document.load(self._buffer)
        self._image = QImage()
        self.setAccessibleDescription(words)
        self.update()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return self._document.pageCount() < 1

    def _sheet(self) -> QRectF:
        width_mm = PAGE_WIDTH - 2 * (MARGIN - _EDGE)
        height_mm = _PLOTS_HEIGHT + 2 * _EDGE
        scale = min(self.width() / width_mm, self.height() / height_mm)
        left = (self.width() - width_mm * scale) / 2
        return QRectF(left, 0, width_mm * scale, height_mm * scale)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the plots as large as there is room."""
        if self.is_empty:
            return
        sheet, ratio = self._sheet(), self.devicePixelRatioF()
        scale = sheet.width() * ratio / (PAGE_WIDTH - 2 * (MARGIN - _EDGE))
        if self._image.isNull():
            size = QSize(round(PAGE_WIDTH * scale), round(PAGE_HEIGHT * scale))
            self._image = self._document.render(0, size)
        left = (MARGIN - _EDGE) * scale
        part = QRectF(left, left, sheet.width() * ratio, sheet.height() * ratio)
        painter = QPainter(self)
        painter.fillRect(sheet, self._theme.color("paper"))
        painter.drawImage(sheet, self._image, part)
        painter.setPen(QPen(self._theme.color("paper_edge"), 1))
        painter.drawRect(sheet.adjusted(0, 0, -1, -1))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw anew in the new size."""
        self._image = QImage()
        super().resizeEvent(event)


class ChartsSheet(QWidget):
    """Plots and sums of the day, of some weeks before it, or of its business year 年度.

    Signals:
        period_wanted(first, last): these days are to be summed up.
    """

    period_wanted = Signal(object, object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._day = dt.date(2026, 1, 1)
        self.plots = PlotsView(theme)
        self.text = ReadingText(self.tr("減った時間と集計"))
        self.state = TextLabel("", "strong")
        self.group = QButtonGroup(self)
        row = QWidget()
        periods = FlowLayout(theme.px("space.tight"))
        row.setLayout(periods)
        for number, (words, first) in enumerate(self._periods()):
            button = QPushButton(words)
            button.setProperty("role", "tab")
            button.setCheckable(True)
            button.setAccessibleName(self.tr("期間 {words}").format(words=words))
            button.clicked.connect(partial(self._want, first))
            button.setParent(row)
            self.group.addButton(button, number)
            periods.addWidget(button)
        self.state.setMinimumHeight(BUTTON_HEIGHT)
        periods.addWidget(self.state)
        self._beside = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._beside.setSpacing(theme.px("space.medium"))
        self._beside.addWidget(self.plots, 2)
        self._beside.addWidget(self.text, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px("space.small"))
        column.addWidget(row)
        column.addLayout(self._beside, 1)
        theme.size(self.text, "setMinimumHeight", "measure.table_height")

    def _periods(self) -> tuple[tuple[str, Callable[[dt.date], dt.date]], ...]:
        return (
            (self.tr("この日"), lambda day: day),
            (self.tr("7日間"), lambda day: day - dt.timedelta(days=6)),
            (self.tr("31日間"), lambda day: day - dt.timedelta(days=30)),
            (self.tr("年度の始めから"), _first_of_year),
        )

    def show_day(self, day: dt.date) -> None:
        """Sum the periods up that end with this day; the day itself to begin with."""
        self._day = day
        self.group.buttons()[0].setChecked(True)

    def begin(self) -> None:
        """Ask for the period that is chosen."""
        first = self._periods()[max(self.group.checkedId(), 0)][1]
        self._want(first)

    def _want(self, first: Callable[[dt.date], dt.date], _checked: object = None) -> None:
        self.state.setText(self.tr("… 数えています"))
        self.period_wanted.emit(first(self._day), self._day)

    def show_stats(self, sight: StatsSight) -> None:
        """Show the sums and their plots."""
        stats = sight.stats
        span = f"{stats.first.isoformat()} 〜 {stats.last.isoformat()}"
        self.state.setText(span if stats.first != stats.last else stats.last.isoformat())
        self.plots.show_pdf(sight.pdf, "\n".join(_in_words(stats)))
        self._tell(stats)

    def _tell(self, stats: Stats) -> None:
        text, saved, total = self.text, stats.saved, stats.total
        mean = total.minutes_per_case
        text.begin()
        text.add("", bold=self.tr("減った時間（見積もり）"))
        words = self.tr("{saved:,.0f}分 = 手書き {hand:,.0f}分（仮定）− 計測 {measured:,.0f}分")
        text.add(words.format(saved=saved.saved, hand=saved.by_hand, measured=saved.measured))
        text.add(saved.assumption)
        text.add("", bold=self.tr("合計"))
        words = self.tr("受付 {cases:,}件・印刷済 {printed:,}件・{pages:,}枚")
        text.add(words.format(cases=total.cases, printed=total.printed, pages=total.pages))
        if mean is not None:
            text.add(self.tr("終わった受付1件の時間 {mean:.1f}分").format(mean=mean))
        for title, rows in _tables(stats):
            text.add("", bold=title)
            for row in rows[:_MOST_ROWS]:
                text.add(_row_words(row), below=0)
            if len(rows) > _MOST_ROWS:
                text.add(self.tr("ほか {count}").format(count=len(rows) - _MOST_ROWS), below=0)
        text.end()

    def refuse(self, words: str) -> None:
        """Say why there is nothing."""
        self.state.setText("")
        self.text.tell(words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side where there is room for the letters."""
        super().resizeEvent(event)
        is_wide = self.width() >= _SIDE_BY_SIDE * self._theme.text_percent // 100
        direction = QBoxLayout.Direction
        self._beside.setDirection(direction.LeftToRight if is_wide else direction.TopToBottom)

    def take_focus(self) -> None:
        """Put the focus on the period."""
        self.group.buttons()[max(self.group.checkedId(), 0)].setFocus(Qt.FocusReason.OtherFocusReason)


def _first_of_year(day: dt.date) -> dt.date:
    return dt.date(day.year if day.month >= _APRIL else day.year - 1, _APRIL, 1)


def _tables(stats: Stats) -> tuple[tuple[str, Sequence[StatRow]], ...]:
    return (
        ("時間帯ごと", stats.by_hour),
        ("様式ごと", stats.by_form),
        ("手続ごと", stats.by_procedure),
        ("職員ごと", stats.by_staff),
    )


def _row_words(row: StatRow) -> str:
    mean = row.minutes_per_case
    return f"{row.label}　{row.cases:,}件" + ("" if mean is None else f"・{mean:.1f}分/件")


def _in_words(stats: Stats) -> list[str]:
    return [f"{title}: {'、'.join(map(_row_words, rows))}" for title, rows in _tables(stats)]
