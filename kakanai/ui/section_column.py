"""Sections one below the other of which one is open: the focus opens, and Tab goes from one to the next."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from kakanai.ui.group_section import GroupSection, Part
from kakanai.ui.theme import Theme
from kakanai.ui.unfolding import reveal


class SectionColumn(QWidget):
    """The closed sections next to the open one show their lines as far as there is room.

    Signals:
        section_wanted(key): the clerk pressed the line of a section.
        opened(key): this section is the open one now.
    """

    section_wanted = Signal(str)
    opened = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.sections: dict[str, GroupSection] = {}
        self.room_width, self.room = 640, 400
        """Pixels there are without scrolling; told before the window shows the first question."""
        self.open_key = ""
        self._is_turning = False
        self._fit_soon = QTimer(self)
        self._fit_soon.setSingleShot(True)
        self._fit_soon.setInterval(0)
        self._fit_soon.timeout.connect(self.fit)
        self._room_soon = QTimer(self)  # while a window opens or grows, its parts have many sizes
        self._room_soon.setSingleShot(True)
        self._room_soon.setInterval(0)
        self._room_soon.timeout.connect(self.room_changed)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px("space.tight"))

    def controls(self) -> list[QWidget]:
        """What Tab goes through, of all sections."""
        raise NotImplementedError

    # --- sections -----------------------------------------------------------------------

    def make_section(self, key: str, content: QWidget, part: Part) -> GroupSection:
        """A section that opens when the focus comes to it."""
        section = GroupSection(key, content, part, self)
        section.wanted.connect(lambda: self.section_wanted.emit(key))
        section.unfold_wanted.connect(lambda: self.open_section(key))
        return section

    def take_out(self, stay: Iterable[GroupSection]) -> None:
        """Take every section out of the column; those that are not to `stay` go for good."""
        kept = set(stay)
        # removeWidget, not takeAt: an item that lives on in Python lets Qt keep the first height of a list,
        # and each further person squeezes the questions about the last one.
        while (item := self._column.itemAt(0)) and (widget := item.widget()):
            self._column.removeWidget(widget)
            if widget not in kept:
                widget.hide()
                widget.deleteLater()
        self.sections = {}

    def put(self, section: GroupSection) -> None:
        """Put a section below the others."""
        self.sections[section.key] = section
        self._column.addWidget(section)

    def keep_one_open(self, first: str) -> None:
        """After a change of sections: the open one stays, else the `first` opens."""
        key = self.open_key if self.open_key in self.sections else first
        self.open_key = ""
        self.open_section(key)

    def open_section(self, key: str) -> None:
        """Open one section and close the others; where the focus goes is for the caller."""
        if key == self.open_key:
            return
        self.open_key = key
        is_turning, self._is_turning = self._is_turning, True
        focused = QApplication.focusWidget()
        for section in self.sections.values():
            if focused is not None and section.key != key and section.content.isAncestorOf(focused):
                focused.clearFocus()  # while it can be seen, or it is never told that it was left
        for section in self.sections.values():
            if section.is_open is not (section.key == key):
                section.set_open(is_open=section.key == key)
        self._is_turning = is_turning
        self.fit()
        self.opened.emit(key)

    def end(self) -> None:
        """No section any more."""
        self.take_out(())
        self.open_key = ""

    # --- room ---------------------------------------------------------------------------

    def set_room(self, width: int, height: int) -> None:
        """Tell how wide the column is, and how high it may be without scrolling."""
        if (width, height) != (self.room_width, self.room):
            self.room_width, self.room = width, height
            self._room_soon.start()

    @Slot()
    def room_changed(self) -> None:
        """See what fits into another room."""
        self.fit()

    @Slot()
    def fit(self) -> None:
        """Show the lines nearest to the open section, after and before in turn, while there is room."""
        order = list(self.sections.values())
        place = next((n for n, section in enumerate(order) if section.is_open), None)
        if place is None:
            return
        line = order[place].line.sizeHint().height() + self._column.spacing()  # all are of one height
        left = (self.room - order[place].height_in(self.width())) // line
        before, after = place, len(order) - place - 1
        shown_after = shown_before = 0
        while left > 0 and (shown_after < after or shown_before < before):
            if shown_after < after and (shown_after <= shown_before or shown_before == before):
                shown_after += 1
            else:
                shown_before += 1
            left -= 1
        first, last = place - shown_before, place + shown_after
        for number, section in enumerate(order):
            section.setVisible(first <= number <= last)
            hidden = (
                before - shown_before if number == first else after - shown_after if number == last else 0
            )
            if number != place and first <= number <= last:
                section.show_line(self.tr("（ほか {count} まとまり）").format(count=hidden) if hidden else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width needs another height."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit_soon.start()

    def event(self, event: QEvent) -> bool:
        """See what fits when the questions take more or less room."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit_soon.start()
        return super().event(event)

    # --- focus --------------------------------------------------------------------------

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab and Shift+Tab in the order of the questions, into the next section when one is through."""
        if self._is_turning:
            return False
        focused, chain = QApplication.focusWidget(), self.controls()
        here = next((place for place, control in enumerate(chain) if control is focused), None)
        if here is None:
            return super().focusNextPrevChild(forward)
        for control in chain[here + 1 :] if forward else chain[:here][::-1]:
            if self._takes_tab(control):
                reveal(control)
                reason = Qt.FocusReason
                control.setFocus(reason.TabFocusReason if forward else reason.BacktabFocusReason)
                return True
        return super().focusNextPrevChild(forward)

    def _takes_tab(self, control: QWidget) -> bool:
        """Whether Tab would stop here if the section were open."""
        section = next((one for one in self.sections.values() if one.isAncestorOf(control)), None)
        return (
            section is not None
            and bool(control.focusPolicy() & Qt.FocusPolicy.TabFocus)
            and control.isEnabled()
            and control.isVisibleTo(section.content)
        )
