"""受付: warnings, chips, the table of cases, and beside it the chosen case or the list of days."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kakanai.daybook.case_words import day_words
from kakanai.daybook.concerns import Reason
from kakanai.daybook.day_front import DayFront
from kakanai.daybook.titles import Titles
from kakanai.sessionlog.case_line import CaseLine
from kakanai.staff.act import Act
from kakanai.ui.controls import ActionButton, FittingStack, TextLabel
from kakanai.ui.daybook.case_panel import CasePanel
from kakanai.ui.daybook.case_table import CaseTable
from kakanai.ui.daybook.concern_chips import ConcernChips
from kakanai.ui.daybook.day_list import DayList
from kakanai.ui.daybook.open_book import DaySight
from kakanai.ui.daybook.warning_strip import WarningStrip
from kakanai.ui.theme import Theme

_SIDE_BY_SIDE = 960
"""Pixels at the ordinary text size from which the case stands beside the table."""


class CasesSheet(QWidget):
    """The cases of a day, or those of a search.

    Signals:
        approve_all_wanted(): every case of the day that nothing is to be said of.
    """

    approve_all_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._titles: Titles | None = None
        self.sight: DaySight | None = None
        self.warnings = WarningStrip(theme)
        self.chips = ConcernChips(theme)
        self.chips.reason_chosen.connect(self._filter)
        self.found = TextLabel("", "strong", wrap=True)
        self.found.setAccessibleName(self.tr("検索の結果"))
        self.all_button = ActionButton(self.tr("まとめて承認（H）"))
        self.all_button.setParent(self)
        self.all_button.hide()
        self.all_button.clicked.connect(self.approve_all_wanted)
        self.chips.add_at_end(self.all_button)
        self.table = CaseTable(theme)
        self.table.chosen.connect(self._show_line)
        self.panel = CasePanel(theme)
        self.days = DayList()
        self.side = FittingStack()
        self.side.add_page(self.panel)
        self.side.add_page(self.days)
        policy = QSizePolicy.Policy
        self.side.setSizePolicy(policy.Preferred, policy.Expanding)
        theme.size(self.side, "setMinimumHeight", "measure.case_height")
        left = QVBoxLayout()
        left.setSpacing(theme.px("space.small"))
        for widget in (self.warnings, self.found, self.chips):
            left.addWidget(widget)
        left.addWidget(self.table, 1)
        self._beside = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._beside.setContentsMargins(0, 0, 0, 0)
        self._beside.setSpacing(theme.px("space.medium"))
        self._beside.addLayout(left, 1)
        self._beside.addWidget(self.side)
        self.found.hide()

    # --- a day --------------------------------------------------------------------------

    def show_front(self, front: DayFront, titles: Titles) -> None:
        """Show the first cases of a day; what may be done with them comes with `show_day`."""
        self.show_nothing()
        self._titles = titles
        self.chips.show()
        self.chips.show_counts(front.figures.cases, {})
        self.table.shown.show_only(None)
        self.table.cases.show_lines(front.lines, titles, {})
        self.table.mark_first()

    def show_day(self, sight: DaySight, titles: Titles) -> None:
        """Show a day; the case and the chip that were chosen stay if they can."""
        page = sight.page
        number = str(self.panel.line.case_number) if self.panel.line else ""
        self.sight, self._titles = sight, titles
        reasons: dict[str, list[Reason]] = {}
        for concern in page.concerns:
            reasons.setdefault(concern.case_number, []).append(concern.reason)
        self.warnings.show_warnings(page.warnings)
        self.found.hide()
        self.chips.show()
        self.chips.show_counts(len(page.lines), Counter(concern.reason for concern in page.concerns))
        self._offer_all(sight)
        self.panel.use(sight.may)
        self.table.cases.show_lines(page.lines, titles, reasons)
        self._filter(self.chips.reason)
        if not number or not self.table.choose(number):
            self.panel.show_nothing()
            self.table.mark_first()

    def _offer_all(self, sight: DaySight) -> None:
        count = len(sight.approvable)
        self.all_button.setText(self.tr("ほかの {count} 件をまとめて承認（H）").format(count=count))
        self.all_button.setAccessibleName(self.all_button.text())
        self.all_button.setVisible(Act.APPROVE in sight.may and count > 0)

    def show_nothing(self) -> None:
        """Forget the day and what was found."""
        self.sight = None
        self.warnings.show_warnings(())
        self.chips.show_counts(0, {})
        self.all_button.hide()
        self.found.hide()
        self.table.forget_rest()
        self.table.cases.clear()
        self.panel.use(frozenset())
        self.panel.show_nothing()

    # --- a search -----------------------------------------------------------------------

    def show_found(self, words: str, lines: Sequence[CaseLine], titles: Titles, *, has_more: bool) -> None:
        """Show what a search found; more is read as the table scrolls."""
        self._titles = titles
        for widget in (self.warnings, self.chips, self.all_button):
            widget.hide()
        self.found.show()
        self.table.shown.show_only(None)
        self.table.cases.show_lines(lines, titles, has_more=has_more)
        self.panel.show_nothing()
        self.table.mark_first()

    def tell_found(self, words: str, *, has_more: bool, looked_to: dt.date | None = None) -> None:
        """Say how many cases were found so far; while it is looked on, also up to which day."""
        count = self.table.cases.rowCount()
        more = self.tr("まで読みました。続きは下へ動かすと出ます") if has_more else self.tr("で全部です")
        if looked_to is not None:
            more = self.tr("。{day}の受付まで探しました。続けて探しています").format(day=day_words(looked_to))
        told = self.tr("検索「{words}」: {count}件{more}（Esc で検索をやめる）")
        self.found.setText(told.format(words=words, count=count, more=more))

    # --- inside -------------------------------------------------------------------------

    @Slot(object)
    def _filter(self, reason: Reason | None) -> None:
        lines = self.sight.page.concerned(reason) if self.sight and reason else None
        chosen = self.table.line
        # Qt would choose a neighbour of a row that goes away, and that look would be in the log.
        self.table.selectionModel().clear()
        self.table.shown.show_only(None if lines is None else [str(line.case_number) for line in lines])
        if chosen is None or not self.table.choose(str(chosen.case_number)):
            self.panel.show_nothing()
            self.table.mark_first()

    @Slot(object)
    def _show_line(self, line: CaseLine | None) -> None:
        if line is None or self._titles is None:
            self.panel.show_nothing()
            return
        concerns = self.sight.page.reasons_of(str(line.case_number)) if self.sight else ()
        told = [concern.words for concern in concerns]
        if not told and self.found.isVisible():
            told = [reason.label for reason in self.table.cases.reasons_of(line)]
        self.panel.show_line(line, self._titles, told)

    def show_days(self, *, are_shown: bool) -> None:
        """Let the list of days take the place of the case, or give it back."""
        self.side.show_page(self.days if are_shown else self.panel)

    @property
    def is_choosing_day(self) -> bool:
        """Whether the list of days is in sight."""
        return self.side.current is self.days

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side where there is room for the letters."""
        super().resizeEvent(event)
        direction = QBoxLayout.Direction
        is_wide = self.width() >= _SIDE_BY_SIDE * self._theme.text_percent // 100
        self._beside.setDirection(direction.LeftToRight if is_wide else direction.TopToBottom)
        if is_wide:
            self.side.setFixedWidth(self._theme.px("measure.case_width"))
        else:
            self.side.setMinimumWidth(0)
            self.side.setMaximumWidth(16777215)

    def take_focus(self) -> None:
        """Put the focus on the table."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
