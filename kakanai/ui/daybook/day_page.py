"""日報 (F11): what a supervisor reads, judges, hands on and closes; everybody sees what they may."""

import datetime as dt
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from kakanai.daybook.day_front import DayFront
from kakanai.errors import KakanaiError
from kakanai.printing.print_job import Printer
from kakanai.sessionlog.case_line import CaseLine
from kakanai.staff.act import Act
from kakanai.ui.controls import FlowLayout
from kakanai.ui.daybook.book_link import BookLink
from kakanai.ui.daybook.cases_sheet import CasesSheet
from kakanai.ui.daybook.charts_sheet import ChartsSheet
from kakanai.ui.daybook.close_sheet import CloseSheet
from kakanai.ui.daybook.day_line import DayLine
from kakanai.ui.daybook.days_talk import DaysTalk
from kakanai.ui.daybook.figures_line import FiguresLine
from kakanai.ui.daybook.hand_on_sheet import HandOnSheet
from kakanai.ui.daybook.into_sight import bring_into_sight
from kakanai.ui.daybook.office_sheet import OfficeSheet
from kakanai.ui.daybook.open_book import BookShelf, DaySight
from kakanai.ui.daybook.query_line import QueryLine
from kakanai.ui.daybook.reprint_talk import ReprintTalk
from kakanai.ui.daybook.review_bar import kind_of_key
from kakanai.ui.daybook.review_talk import ReviewTalk
from kakanai.ui.daybook.search_talk import SearchTalk
from kakanai.ui.daybook.sheet_talk import CloseTalk, HandOnTalk, StatsTalk
from kakanai.ui.fitting_area import FittingArea
from kakanai.ui.notice import Notice
from kakanai.ui.tab_row import TabRow
from kakanai.ui.theme import Theme

_FRONT, _DAY = "front", "day"
CASES, OFFICE, CHARTS, HAND_ON, CLOSE = range(5)
_SHEET_KEYS: Final = {"U": CASES, "K": OFFICE, "Z": CHARTS, "P": HAND_ON, "J": CLOSE}


class DaybookPage(QWidget):
    """Reads the log on a thread of its own each time it is opened.

    Signals:
        left(): back to the counter.
    """

    left = Signal()

    def __init__(
        self,
        theme: Theme,
        shelf: BookShelf,
        printer_for: Callable[[str], Printer],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("Page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("日報"))
        self._shelf = shelf
        self.link = BookLink(self)
        self.notice = Notice(theme)
        self.line = DayLine(theme)
        self.row = TabRow(theme)
        self.query = QueryLine(theme)
        self.figures = FiguresLine(theme)
        self.cases = CasesSheet(theme)
        self.office = OfficeSheet(theme)
        self.charts = ChartsSheet(theme)
        self.hand_on = HandOnSheet(theme)
        self.closing = CloseSheet(theme, ())
        self._lay(theme)
        self.days_talk = DaysTalk(self.link, shelf, self.line, self.cases)
        self.searching = SearchTalk(self.link, shelf, self.line, self.query, self.cases)
        self.review = ReviewTalk(self.link, shelf, self.line, self.cases, self.notice)
        self.reprinting = ReprintTalk(self.link, shelf, self.cases, self.notice, printer_for)
        self.stats_talk = StatsTalk(self.link, shelf, self.charts)
        self.hand_on_talk = HandOnTalk(self.link, shelf, self.line, self.searching, self.hand_on, printer_for)
        self.close_talk = CloseTalk(self.link, shelf, self.closing)
        self._wire()

    def _lay(self, theme: Theme) -> None:
        sheets = (
            (self.tr("受付（U）"), self.cases),
            (self.tr("記録（K）"), self.office),
            (self.tr("図（Z）"), self.charts),
            (self.tr("印刷・書き出し（P）"), self.hand_on),
            (self.tr("日締め（J）"), self.closing),
        )
        for words, sheet in sheets:
            sheet.setObjectName("StretchBody")
            self.row.add(words, FittingArea(sheet))
        theme.size(self.row.sheets, "setMinimumHeight", "measure.sheet_height")
        second = QWidget()
        flow = FlowLayout(theme.px("space.small"))
        second.setLayout(flow)
        flow.addWidget(self.row)
        flow.addWidget(self.query)
        column = QVBoxLayout(self)
        space = theme.px("space.medium")
        column.setContentsMargins(space, space, space, space)
        column.setSpacing(theme.px("space.small"))
        for widget in (self.notice, self.line, second, self.figures):
            column.addWidget(widget)
        column.addWidget(self.row.sheets, 1)

    def _wire(self) -> None:
        self.line.left.connect(self.left)
        self.line.day_changed.connect(self._take_day)
        self.line.again_wanted.connect(self.refresh)
        self.days_talk.began.connect(self._show_cases)
        self.cases.table.chosen.connect(self._show_choice)
        self.searching.began.connect(self._show_cases)
        self.searching.found.connect(self._tell_hand_on)
        self.searching.ended.connect(self._tell_hand_on)
        self.searching.ended.connect(self.cases.take_focus)
        self.review.judged.connect(self._read_day)
        self.reprinting.printed.connect(self._read_day)
        self.close_talk.closed.connect(self._read_day)
        self.close_talk.closed.connect(self.take_focus)
        self.link.failed.connect(self.notice.tell_error)
        self.link.busy_changed.connect(self._show_busy)
        self.notice.dismissed.connect(self.take_focus)
        self.office.acknowledged.connect(self._acknowledge)
        self.row.sheets.currentChanged.connect(self._begin_sheet)

    @Slot(object)
    def show_printers(self, names: tuple[str, ...]) -> None:
        """Offer these printers for the 日報, and for forms that are printed again."""
        self.hand_on.show_printers(names)
        self.cases.panel.reprint.show_printers(names)

    # --- the day ------------------------------------------------------------------------

    def open_today(self) -> None:
        """Show the present day anew: somebody else may be signed in now."""
        self.notice.hide()
        self.cases.show_nothing()
        self.figures.show_figures(None)
        self.searching.end()
        self.row.tabs[CASES].setChecked(True)
        try:
            today = self._shelf.open().today
        except KakanaiError as error:
            self.notice.tell_error(error)
            return
        self.line.go_to(today)
        self.cases.take_focus()

    @Slot()
    def refresh(self) -> None:
        """Read what is shown once more."""
        self.line.go_to(self.line.day)

    @Slot(object)
    def _take_day(self, day: dt.date) -> None:
        self.charts.show_day(day)
        self.searching.end()
        self._read_day()
        self._begin_sheet()

    @Slot()
    def _read_day(self) -> None:
        day, why = self.line.day, self.line.purpose
        try:
            opened = self._shelf.open()
        except KakanaiError as error:
            self._refuse_day(error)
            return
        self.link.drop(_FRONT)
        if self.cases.sight is None or self.cases.sight.page.day != day:
            self.link.ask(_FRONT, lambda: opened.front(day, why), self._show_front, self._refuse_day)
        self.link.ask(_DAY, lambda: opened.day(day, why), self._show_day, self._refuse_day)

    def _show_front(self, front: DayFront | None) -> None:
        """Show what there is of a day with very many cases while the whole of it is read."""
        if front is not None and self.searching.filter is None:
            self.figures.show_figures(front.figures)
            self.cases.show_front(front, self._shelf.open().book.titles)

    def _show_day(self, sight: DaySight) -> None:
        opened = self._shelf.open()
        page = sight.page
        self.figures.show_figures(page.figures)
        self.office.show_sight(sight)
        boxes = opened.office.town.sign_boxes
        self.closing.use(sight.may, boxes, page.figures.unreviewed)
        self.charts.setEnabled(Act.VIEW_STATS in sight.may)
        if self.searching.filter is None:
            self.cases.show_day(sight, opened.book.titles)
        else:
            self.cases.sight = sight
        self.line.state.setText(self.tr("■ 締め済") if page.close else self.tr("○ 未締め"))
        self._tell_hand_on()

    @Slot()
    def _acknowledge(self) -> None:
        self.link.ask("", self._shelf.open().acknowledge_roll_back, self._read_again)

    def _read_again(self, _done: object) -> None:
        self._read_day()
        self.take_focus()

    def _refuse_day(self, error: KakanaiError) -> None:
        self.cases.show_nothing()
        self.figures.show_figures(None)
        self.line.state.setText("")
        self.notice.tell_error(error)

    @Slot()
    def _show_cases(self) -> None:
        """Let the cases come into sight, without notice and list of days."""
        self.notice.hide()
        self.cases.show_days(are_shown=False)
        self.row.tabs[CASES].setChecked(True)

    @Slot(object)
    def _show_choice(self, line: CaseLine | None) -> None:
        if line is not None:
            bring_into_sight(self.cases.table)

    # --- sheets -------------------------------------------------------------------------

    @Slot()
    def _begin_sheet(self) -> None:
        """Read what the sheet in sight needs besides the day."""
        sheet = self.row.sheets.currentIndex()
        if sheet == CHARTS:
            self.charts.begin()
        elif sheet == CLOSE:
            self.close_talk.begin(self.line.day)

    @Slot()
    def _tell_hand_on(self) -> None:
        may = self.cases.sight is not None and Act.EXPORT in self.cases.sight.may
        self.hand_on.show_day(self.line.day, self.searching.words, may_export=may)

    @Slot(bool)
    def _show_busy(self, is_busy: bool) -> None:
        if is_busy:
            self.line.state.setText(self.tr("… 読込中"))
        elif self.cases.sight is not None:
            close = self.cases.sight.page.close
            self.line.state.setText(self.tr("■ 締め済") if close else self.tr("○ 未締め"))

    # --- keys ---------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters do what stands on the buttons; Escape goes one step back."""
        plain = Qt.KeyboardModifier.NoModifier | Qt.KeyboardModifier.ShiftModifier
        letter = event.text().upper() if not event.modifiers() & ~plain else ""
        kind = kind_of_key(event.key()) if letter else None
        if event.key() == Qt.Key.Key_Escape:
            self._step_back()
        elif letter in _SHEET_KEYS:
            self.row.tabs[_SHEET_KEYS[letter]].setChecked(True)
            self.take_focus()
        elif letter in {"/", "／"}:
            self.query.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.query.selectAll()
        elif letter == "D":
            self.days_talk.toggle()
        elif letter == "R":
            self.refresh()
        elif letter == "B":
            self.row.tabs[CASES].setChecked(True)
            self.reprinting.begin()
        elif letter == "H":
            self.review.ask_all()
        elif kind is not None:
            self.row.tabs[CASES].setChecked(True)
            self.review.begin(kind)
        else:
            super().keyPressEvent(event)

    def _step_back(self) -> None:
        if not self.notice.isHidden():
            self.notice.dismiss()
        elif self.searching.filter is not None:
            self.searching.end()
        elif self.row.sheets.currentIndex() != CASES:
            self.row.tabs[CASES].setChecked(True)
            self.take_focus()
        else:
            self.left.emit()

    @Slot()
    def take_focus(self) -> None:
        """Put the focus on what the sheet in sight is for."""
        sheets = (self.cases, None, self.charts, self.hand_on, self.closing)
        sheet = sheets[self.row.sheets.currentIndex()]
        if sheet is None:
            self.office.text.setFocus(Qt.FocusReason.OtherFocusReason)
        elif sheet.take_focus() is False:
            self.row.take_focus()
        bring_into_sight(QApplication.focusWidget())
