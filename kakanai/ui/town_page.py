"""町の設定 (Shift+F12): an administrator 管理者 changes what the town decides; everybody may look."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kakanai.counter.town_keeper import TownKeeper
from kakanai.errors import KakanaiError
from kakanai.messages import message_for
from kakanai.printing.offered_names import printers_among
from kakanai.settings.town_document import Value
from kakanai.settings.town_entries import TownEntry
from kakanai.ui.controls import ActionButton, FlowLayout, TextLabel, set_property
from kakanai.ui.tab_row import TabRow
from kakanai.ui.theme import Theme
from kakanai.ui.town_fields import TownField
from kakanai.ui.town_lists import CountersField
from kakanai.ui.town_sheets import hint_printers, make_sheets
from kakanai.ui.town_unlock import TownUnlock

NEXT_START = ("counter.default_clerk", "counter.verify_cards", "diagnostic.level")
"""Settings that count from the next start of the window; all others from the next case."""


class TownPage(QWidget):
    """The settings on sheets; they can be looked at by all, and changed after an administrator's password.

    Signals:
        left(): back to the counter.
        changed(Town): the file was changed, and logged.
    """

    left = Signal()
    changed = Signal(object)

    def __init__(
        self,
        theme: Theme,
        keeper: TownKeeper,
        titles: Mapping[str, str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("Page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("町の設定"))
        self._theme = theme
        self._keeper = keeper
        self._titles = titles
        self._entries: dict[str, TownEntry] = {}
        self._clerk = ""
        self._is_warned = False
        self._printers: list[str] = []
        self.fields: dict[str, TownField] = {}
        self.unlock = TownUnlock(theme, keeper)
        self.unlock.unlocked.connect(self._begin_changes)
        self.unlock.refused.connect(self._tell_error)
        self.number = self.unlock.line
        self.save_button = ActionButton(self.tr("保存する（Ctrl+S）"), "primary")
        self.save_button.clicked.connect(self.save)
        QShortcut(QKeySequence("Ctrl+S"), self, self.save)
        self.state = TextLabel("", wrap=True)
        self.state.setAccessibleName(self.tr("設定の状態"))
        self.row = TabRow(theme)
        self._lay()

    def _lay(self) -> None:
        self._back = ActionButton(self.tr("受付に戻る（Shift+F12・Esc）"))
        self._back.clicked.connect(self.leave)
        head = QWidget()
        line = FlowLayout(self._theme.px("space.small"))
        head.setLayout(line)
        title = TextLabel(self.tr("町の設定"), "title")
        self.save_button.ensurePolished()
        title.setMinimumHeight(self.save_button.sizeHint().height())  # in one line with the buttons
        for widget in (title, self.unlock, self.save_button, self._back):
            line.addWidget(widget)
        column = QVBoxLayout(self)
        space = self._theme.px("space.medium")
        column.setContentsMargins(space, space, space, space)
        column.setSpacing(self._theme.px("space.small"))
        column.addWidget(head)
        column.addWidget(self.row)
        column.addWidget(self.state)
        column.addWidget(self.row.sheets, 1)

    def _build(self) -> None:
        sheets, self.fields = make_sheets(self._entries.values(), self._titles, self._theme)
        for words, sheet in sheets.items():
            self.row.add(words, sheet)
        for field in self.fields.values():
            field.edited.connect(self._take_edit)
        self._hint_printers()

    # --- opening and leaving --------------------------------------------------------------

    def open(self) -> None:
        """Show the settings as the file has them now; nobody may change them yet.

        What was typed and not saved, before another key of the window led away, is still there.
        """
        self._clerk = ""
        refused = self.unlock.begin()
        waiting = len(self._typed_changes())
        if waiting:
            words = self.tr(
                "保存していない変更が {count} 項目あります。続けるには、もう一度{key}を入れます。"
            )
            self._tell("▲ " + words.format(count=waiting, key=self._key), "alarm")
        elif self._read():
            self._tell_how(refused)
        self._lock(is_locked=True)
        self.unlock.setEnabled(refused is None and bool(self.fields))
        if self.unlock.isEnabled():
            self.number.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.row.tabs:
            self.row.take_focus()
        else:
            self._back.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def _key(self) -> str:
        return self.tr("パスワード") if self.unlock.asks_password else self.tr("番号")

    def _tell_how(self, refused: KakanaiError | None) -> None:
        if refused is not None:
            why = message_for(refused).what
            self._tell(
                self.tr("見るだけなら、だれでもできます。変えることはできません: {why}").format(why=why)
            )
        elif self.unlock.asks_password:
            self._tell(
                self.tr("見るだけならパスワードは要りません。変えるときは、自分のパスワードを入れます。")
            )
        else:
            self._tell(self.tr("見るだけなら番号は要りません。変えるときは、管理者の職員番号を入れます。"))

    def _read(self) -> bool:
        try:
            self._entries = {entry.name: entry for entry in self._keeper.entries()}
        except KakanaiError as error:
            self._tell_error(error)
            return False
        if not self.fields:
            self._build()
        counters = self.fields["counters"]
        if isinstance(counters, CountersField):
            counters.offer(
                {
                    entry.name.removeprefix("sections."): f"{entry.value}（{entry.words.label}）"
                    for entry in self._entries.values()
                    if entry.table == "sections"
                }
            )
        self._show_entries()
        return True

    def _show_entries(self) -> None:
        for name, field in self.fields.items():
            field.show_entry(self._entries[name])
            field.say_wrong("")
        self._is_warned = False

    @Slot()
    def leave(self) -> None:
        """Back to the counter; with something typed and not saved, only the second time."""
        changes = self._typed_changes()
        if changes and not self._is_warned:
            self._is_warned = True
            words = self.tr("保存していない変更が {count} 項目あります。もう一度 Esc を押すと捨てます。")
            self._tell("▲ " + words.format(count=len(changes)), "alarm")
            return
        self._clerk = ""
        self._show_entries()
        self.left.emit()

    def _lock(self, *, is_locked: bool) -> None:
        self.unlock.setEnabled(is_locked and bool(self.fields))
        self.save_button.setEnabled(not is_locked)
        for field in self.fields.values():
            field.setEnabled(not is_locked)

    @Slot(str)
    def _begin_changes(self, number: str) -> None:
        if not self.isVisible():
            return  # the page was left while the password was checked
        self._clerk = number
        self._lock(is_locked=False)
        self._tell(self.tr("{clerk} が変えています。保存すると操作ログに残ります。").format(clerk=number))
        self.row.take_focus()

    # --- typing and saving ----------------------------------------------------------------

    @Slot()
    def _take_edit(self) -> None:
        self._is_warned = False
        changes, wrong = self._typed_changes(), self._wrong()
        if wrong:
            words = self.tr("× 直すところが {count} 項目あります: {labels}")
            labels = "、".join(field.label for field in wrong[:3])
            self._tell(words.format(count=len(wrong), labels=labels), "alarm")
        elif changes:
            self._tell(self.tr("変えた項目 {count}（まだ保存していません）").format(count=len(changes)))
        else:
            self._tell(self.tr("変えた項目はありません。"))

    def _wrong(self) -> list[TownField]:
        return [field for field in self.fields.values() if field.fault()]

    def _typed_changes(self) -> dict[str, Value | dict[str, str]]:
        """What is typed otherwise than in the file; what is wrong counts as typed too."""
        changes: dict[str, Value | dict[str, str]] = {}
        for name, field in self.fields.items():
            try:
                value = field.value()
            except KakanaiError:
                value = ""
            if value != self._entries[name].value:
                changes[name] = value
        return changes

    @Slot()
    def save(self) -> None:
        """Change the file, if everything typed is right."""
        if not self._clerk:
            return
        wrong = self._wrong()
        if wrong:
            self._take_edit()
            self.show_field(wrong[0].name)
            return
        try:
            town, names = self._keeper.change(self._typed_changes(), self._clerk)
        except KakanaiError as error:
            self._tell_error(error)
            name = str(error.details.get("key", ""))
            if name in self.fields:
                self.fields[name].say_wrong(str(error.details.get("expected", "")))
                self.show_field(name)
            return
        if not names:
            self._tell(self.tr("変えた項目はありません。"))
            return
        later = [self.fields[name].label for name in names if name in NEXT_START]
        self._read()
        words = self.tr("✓ {count} 項目を保存しました。次の受付から効きます。").format(count=len(names))
        if later:
            words += self.tr("次に窓を開いたときから効くもの: {labels}").format(labels="、".join(later))
        self._tell(words, "ok")
        self.changed.emit(town)

    # --- sheets ---------------------------------------------------------------------------

    def show_field(self, name: str) -> None:
        """Open the sheet of a setting and put the focus on it."""
        field = self.fields[name]
        self.row.open_sheet_of(field)
        field.take_focus()

    @Slot(object)
    def show_printers(self, names: tuple[str, ...]) -> None:
        """Name the printers there are beside the settings that name one."""
        self._printers = printers_among(names)
        self._hint_printers()

    def _hint_printers(self) -> None:
        hint_printers(self.fields, self._entries, self._printers)

    def _tell(self, words: str, role: str = "") -> None:
        set_property(self.state, "role", role)
        self.state.setText(words)

    def _tell_error(self, error: KakanaiError) -> None:
        message = message_for(error)
        self._tell(f"× [{error.code}] {message.what}{message.next_step}", "alarm")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)
