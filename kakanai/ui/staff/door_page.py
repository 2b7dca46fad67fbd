"""What every page has that takes the whole window until somebody proved who they are."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kakanai.errors import KakanaiError
from kakanai.messages import message_for
from kakanai.sessionlog.errors import ClerkIdError
from kakanai.staff.errors import (
    PasswordRuleError,
    PasswordsDifferError,
    SignInRefusedError,
    SignInThrottledError,
    StaffExistsError,
    StaffNumberError,
    UnknownStaffError,
)
from kakanai.ui.controls import ActionButton, TextLabel, set_property
from kakanai.ui.entry_row import EntryRow
from kakanai.ui.staff.secret_row import SecretRow
from kakanai.ui.theme import Theme

ROWS_OF: Final[Mapping[str, tuple[str, ...]]] = {
    SignInRefusedError.code: ("old", "password"),
    PasswordRuleError.code: ("new", "password"),
    PasswordsDifferError.code: ("again",),
    StaffExistsError.code: ("number",),
    UnknownStaffError.code: ("number",),
    StaffNumberError.code: ("number",),
    ClerkIdError.code: ("number",),
}
"""Beside which line a failure is told, by its code: the first that the page has."""


class DoorPage(QWidget):
    """A column in the middle of the window: town, title, lines to fill in, what came of it.

    Enter goes from line to line, and from the last one sends. Subclasses fill in `rows`, then call `finish`,
    and send in `_send`.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.rows: dict[str, EntryRow] = {}
        self.place = TextLabel("", "small")
        self.title = TextLabel("", "title")
        self.words = TextLabel("", wrap=True)
        self.state = TextLabel("", "alarm", wrap=True)
        self.go = ActionButton("", "primary")
        self.go.clicked.connect(self.submit)
        self.column = QVBoxLayout()
        self.column.setSpacing(theme.px("space.small"))
        for label in (self.place, self.title, self.words):
            self.column.addWidget(label)
        self._theme = theme
        self._is_busy = False
        self._wait_s = 0
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self._count_down)

    def entitle(self, title: str, go: str) -> None:
        """What the page is for, and the words of the button that sends."""
        self.title.setText(title)
        self.setAccessibleName(title)
        self.go.setText(go)
        self.go.setAccessibleName(go)

    def add_row(self, name: str, row: EntryRow) -> None:
        """Put a line under the last one."""
        row.note.setWordWrap(True)
        self.rows[name] = row
        self.column.addWidget(row)

    def finish(self, *others: QWidget) -> None:
        """Lay the page out; `others` come under the button that sends, so that Tab comes to them last."""
        names = list(self.rows)
        for place, name in enumerate(names):
            follower = self.rows[names[place + 1]].take_focus if place + 1 < len(names) else self.submit
            self.rows[name].entered.connect(partial(self._enter, name, follower))
            self.rows[name].changed.connect(partial(self._take_change, name))
        self.column.addWidget(self.state)
        self.column.addWidget(self.go)
        for other in others:
            self.column.addWidget(other)
        middle = QWidget()
        middle.setLayout(self.column)
        self.column.setContentsMargins(0, 0, 0, 0)
        self._theme.size(middle, "setMaximumWidth", "measure.door_width")
        upright = QVBoxLayout()
        upright.addStretch(1)
        upright.addWidget(middle)
        upright.addStretch(2)
        line = QHBoxLayout(self)
        space = self._theme.px("space.wide")
        line.setContentsMargins(space, space, space, space)
        line.addStretch(1)
        line.addLayout(upright, 8)
        line.addStretch(1)

    # --- what is shown ------------------------------------------------------------------

    def begin(self) -> None:
        """Start anew, with nothing typed."""
        for row in self.rows.values():
            row.begin()
        self.be_busy(is_busy=False)
        self._stop_waiting()
        self.tell("")

    def tell(self, words: str, role: str = "alarm") -> None:
        """Say how it stands; `role` is that of the style sheet."""
        set_property(self.state, "role", role)
        self.state.setText(words)

    def show_place(self, words: str) -> None:
        """Whose counter this is."""
        self.place.setText(words)

    def be_busy(self, *, is_busy: bool) -> None:
        """Show that what was typed is being checked; nothing can be typed or sent meanwhile."""
        self._is_busy = is_busy
        for row in self.rows.values():
            row.line.setReadOnly(is_busy)
        self.go.setEnabled(not is_busy and not self._wait_s)
        if is_busy:
            self.tell(self.tr("◆ 確かめています"), "small")

    def refuse(self, error: KakanaiError) -> None:
        """Say why not, beside the line that it is about; passwords are gone and typed anew."""
        self.be_busy(is_busy=False)
        for row in self.rows.values():
            if isinstance(row, SecretRow):
                row.begin()
        if isinstance(error, SignInThrottledError):
            self._wait(int(error.details.get("seconds", 1)))
            self.take_focus()
            return
        message = message_for(error)
        name = next((name for name in ROWS_OF.get(error.code, ()) if name in self.rows), "")
        if not name:
            self.tell(f"× {message.what}（{error.code}）{message.next_step}")
            self.take_focus()
            return
        self.rows[name].say(f"{message.what}（{error.code}）", is_wrong=True)
        self.tell(message.next_step)
        self.rows[name].take_focus()

    def take_focus(self) -> None:
        """Put the focus on the first line that is empty."""
        rows = list(self.rows.values())
        (next((row for row in rows if not row.typed), rows[0])).take_focus()

    # --- waiting after failures ---------------------------------------------------------

    def _wait(self, seconds: int) -> None:
        self._wait_s = max(seconds, 1)
        self._second.start()
        self._tell_wait()

    def _stop_waiting(self) -> None:
        self._wait_s = 0
        self._second.stop()
        self.go.setEnabled(not self._is_busy)

    @Slot()
    def _count_down(self) -> None:
        self._wait_s -= 1
        if self._wait_s > 0:
            self._tell_wait()
        else:
            self._stop_waiting()
            self.tell(self.tr("もう一度試せます。"), "small")

    def _tell_wait(self) -> None:
        self.go.setEnabled(False)
        words = self.tr("▲ 間違いが続きました。あと {seconds} 秒で、もう一度試せます。（{code}）")
        self.tell(words.format(seconds=self._wait_s, code=SignInThrottledError.code))

    # --- sending ------------------------------------------------------------------------

    def _enter(self, name: str, follower: Callable[[], None]) -> None:
        if self.rows[name].typed:
            follower()

    def _take_change(self, name: str) -> None:
        if self.rows[name].typed:
            self.rows[name].say("")

    @Slot()
    def submit(self) -> None:
        """Send what is typed, if every line is filled in and nothing is under way."""
        if self._is_busy or self._wait_s:
            return
        for row in self.rows.values():
            if not row.isHidden() and not row.typed:
                row.say(self.tr("入力してください。"), is_wrong=True)
                row.take_focus()
                return
        try:
            self._send()
        except KakanaiError as error:
            self.refuse(error)

    def _send(self) -> None:
        raise NotImplementedError

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Nothing goes on to the window below."""
        event.accept()
