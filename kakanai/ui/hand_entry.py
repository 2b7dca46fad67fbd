"""Hand entry 手入力: the four basic facts typed by the clerk, checked beside each field."""

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from kakanai.identity.birth_date import BirthDate
from kakanai.identity.by_hand import person_from_mapping
from kakanai.identity.errors import HandEntryError
from kakanai.identity.person import Person, Sex
from kakanai.identity.typed_date import TypedDate, read_typed_date
from kakanai.identity.wareki import wareki_text
from kakanai.ui.arrow_choice import choose_by_arrow
from kakanai.ui.case_state import CARD_SIGN
from kakanai.ui.controls import ActionButton, TextLabel, set_property
from kakanai.ui.theme import Theme

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class HandEntry(QWidget):
    """A form of four fields.

    Signals:
        entered(Person): the clerk is through, every given fact has its form.
        given_up(): back without a person.
    """

    entered = Signal(object)
    given_up = Signal()

    def __init__(self, theme: Theme, today: Callable[[], dt.date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self.setObjectName("StretchBody")
        self.name = QLineEdit()
        self.address = QLineEdit()
        self.birth_date = QLineEdit()
        for field, words in (
            (self.name, self.tr("氏名")),
            (self.address, self.tr("住所")),
            (self.birth_date, self.tr("生年月日")),
        ):
            field.setAccessibleName(words)
        for field in (self.name, self.address):
            field.setProperty("role", "personal")
            field.setFont(theme.personal_font("large"))
        self.birth_date.setPlaceholderText(self.tr("S55.2.17、550217、1980/2/17"))
        self.birth_date.setInputMethodHints(Qt.InputMethodHint.ImhPreferLatin)
        self.sexes = QButtonGroup(self)
        self._notes = {key: TextLabel("", "error") for key in ("name", "address", "birth_date", "sex")}
        self.signs = {key: TextLabel("", "strong") for key in self._notes}
        self._lay(theme)
        self.name.returnPressed.connect(self.address.setFocus)
        self.address.returnPressed.connect(self.birth_date.setFocus)
        self.birth_date.returnPressed.connect(self._leave_birth_date)
        self.birth_date.textChanged.connect(self._echo_date)
        self.birth_date.textEdited.connect(self.signs["birth_date"].clear)
        self.address.textEdited.connect(self.signs["address"].clear)
        self.sexes.buttonClicked.connect(self.signs["sex"].clear)

    def _lay(self, theme: Theme) -> None:
        sexes = QHBoxLayout()
        sexes.setSpacing(theme.px("space.small"))
        sexes.addSpacing(theme.px("space.medium"))
        sexes.addWidget(TextLabel(self.tr("性別")))
        sexes.addWidget(self.signs["sex"])
        for sex in (Sex.MALE, Sex.FEMALE):
            button = QRadioButton(sex.label)
            button.setAccessibleName(self.tr("性別 {label}").format(label=sex.label))
            self.sexes.addButton(button, int(sex))
            button.installEventFilter(self)
            sexes.addWidget(button)
        sexes.addStretch(1)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px("space.small"))
        grid.setVerticalSpacing(2)
        grid.setColumnMinimumWidth(0, 88)
        grid.setColumnMinimumWidth(1, 20)
        rows: tuple[tuple[str, str, QLineEdit], ...] = (
            ("name", self.tr("氏名(&N)"), self.name),
            ("address", self.tr("住所(&A)"), self.address),
            ("birth_date", self.tr("生年月日(&D)"), self.birth_date),
        )
        for number, (key, words, field) in enumerate(rows):
            label = TextLabel(words)
            label.setBuddy(field)
            grid.addWidget(label, number * 2, 0)
            grid.addWidget(self.signs[key], number * 2, 1)
            grid.addWidget(field, number * 2, 2, 1, 1 if key == "birth_date" else 2)
            self._notes[key].setMinimumHeight(18)
            grid.addWidget(self._notes[key], number * 2 + 1, 2, 1, 1 if key == "birth_date" else 2)
        grid.addLayout(sexes, 4, 3)
        grid.addWidget(self._notes["sex"], 5, 3)
        grid.setColumnStretch(2, 1)
        self._done = ActionButton(self.tr("この内容で進む（Enter）"), "primary")
        self._done.clicked.connect(self._finish)
        back = ActionButton(self.tr("やめる（Esc）"))
        back.clicked.connect(self.given_up)
        buttons = QHBoxLayout()
        buttons.addWidget(self._done)
        buttons.addWidget(back)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._title = TextLabel("", "title")
        column.addWidget(self._title)
        column.addLayout(grid)
        column.addLayout(buttons)

    def begin(self, person: Person | None) -> None:
        """Start with the facts of a person typed before, or with empty fields."""
        self._title.setText(self.tr("手入力　確かめた書類のとおりに入力します"))
        self._fill(person)

    def say_whose(self, whose: str) -> None:
        """Say that somebody besides the visitor is typed in."""
        self._title.setText(self.tr("手入力　{whose}").format(whose=whose))

    def begin_from_card(self, told: Person) -> None:
        """Start with what a card tells as text; its facts are marked ● until they are changed."""
        self._title.setText(self.tr("カードの画像を見て、氏名を入力します（● はカードの文字）"))
        self._fill(told)
        given = {"address": told.address, "birth_date": told.birth_date, "sex": told.sex is not None}
        for key, value in given.items():
            self.signs[key].setText(CARD_SIGN if value else "")

    def _fill(self, person: Person | None) -> None:
        self.name.setText(person.name if person else "")
        self.address.setText(person.address if person else "")
        born = person.birth_date if person else None
        self.birth_date.setText(wareki_text(born) if born else "")
        self.sexes.setExclusive(False)
        for button in self.sexes.buttons():
            button.setChecked(person is not None and person.sex == self.sexes.id(button))
        self.sexes.setExclusive(True)
        for label in (*self._notes.values(), *self.signs.values()):
            label.clear()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def wipe(self) -> None:
        """Forget what was typed."""
        self.begin(None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter on 性別 goes on; here, for the Enter that leaves 生年月日 comes up to this page too."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in _ENTER:
                self._done.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
            if choose_by_arrow(self.sexes.buttons(), watched, event.key()):
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape gives up."""
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        elif event.key() not in _ENTER:
            super().keyPressEvent(event)

    @property
    def _born(self) -> TypedDate:
        return read_typed_date(self.birth_date.text(), self._today(), is_birth=True)

    @Slot()
    def _echo_date(self) -> None:
        note, born = self._notes["birth_date"], self._born
        set_property(note, "role", "echo")
        set_property(self.birth_date, "wrong", False)
        if born.date:
            note.setText(f"= {both_calendars(born.date)}")
        else:  # the letter behind the digits chooses, as in ③
            years = self.tr("{letter} {year}年")
            told = [years.format(letter=one.letter, year=one.date.year) for one in born.choices]
            note.setText("　".join(told))

    @Slot()
    def _leave_birth_date(self) -> None:
        if self._born.text:
            self.birth_date.setText(self._born.text)
        checked = self.sexes.checkedButton() or self.sexes.buttons()[0]
        checked.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _finish(self) -> None:
        for key, note in self._notes.items():
            if key != "birth_date":
                note.clear()
        if not self.name.text():
            self._refuse("name", self.tr("氏名を入力してください"))
            return
        born = self._born
        if self.birth_date.text() and born.date is None:
            self._refuse_date(born)
            return
        facts: dict[str, object] = {
            "name": self.name.text(),
            "address": self.address.text(),
            "birth_date": born.date.iso if born.date else None,
            "sex": self.sexes.checkedId() if self.sexes.checkedId() >= 0 else None,
        }
        try:
            person, _ = person_from_mapping(facts)
        except HandEntryError as error:
            self._refuse(str(error.details["field"]), self.tr("使えない文字があるか、長すぎます"))
            return
        self.entered.emit(person)

    def _refuse_date(self, born: TypedDate) -> None:
        words = self.tr("日付として読めません。S55.2.17 のように元号から入力します")
        if born.choices:
            letters = self.tr(" か ").join(one.letter for one in born.choices)
            words = self.tr("どの日か決まりません。続けて {letters} を入力します").format(letters=letters)
        self._refuse("birth_date", words)

    def _refuse(self, key: str, words: str) -> None:
        field = {"name": self.name, "address": self.address, "birth_date": self.birth_date}.get(key)
        set_property(self._notes[key], "role", "error")
        self._notes[key].setText(f"× {words}")
        if field is not None:
            set_property(field, "wrong", True)
            field.setFocus(Qt.FocusReason.OtherFocusReason)


def both_calendars(date: BirthDate) -> str:
    """The date by its era and by the Gregorian year: 昭和55年2月17日（1980年）."""
    return f"{wareki_text(date)}（{date.year}年）"
