"""The rows of a list 繰り返し (異動する人, 児童, 相続人 …): any number, added and taken out."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from kakanai.reception.facts import VISITOR_LIST, Question
from kakanai.reception.variables import LISTS, Variable
from kakanai.ui.controls import TextLabel
from kakanai.ui.row_block import RowBlock
from kakanai.ui.theme import Theme
from kakanai.ui.typed_answers import TypedAnswers

_PERSON = "人"
_COUNTERS: Mapping[str, str] = {"record": "件", "asset": "件", "stay": "件", "vehicle": "台", "dog": "匹"}
"""How entries are counted 助数詞; people where nothing is said."""


class RowList(QWidget):
    """All rows of one list, and the button for one more: Space adds, Enter goes on.

    Signals:
        edited(list name, rows)
        noticed(field name): the focus came to a question, such as `member.name[2]`.
        changed(): rows came or went, or were folded; the order of keys is another.
    """

    edited = Signal(str, object)
    noticed = Signal(str)
    changed = Signal()

    def __init__(self, theme: Theme, list_name: str, variables: list[Variable], typed: TypedAnswers) -> None:
        super().__init__()
        self._theme = theme
        self._list_name = list_name
        self._entry = LISTS[list_name]
        self._counter = _COUNTERS.get(list_name, _PERSON)
        self._variables = variables
        self._typed = typed
        self._used = {variable.id for variable in variables}
        self._beside_visitor = False
        self.blocks: list[RowBlock] = []
        self._heading = TextLabel("", "group")
        # No ActionButton: a clerk who presses Enter all the way through must not add people.
        self.add = QPushButton(self.tr("＋ 足す（Space）"))
        self.add.setAccessibleName(self.tr("{entry}を足す").format(entry=self._entry))
        self.add.setAutoDefault(False)
        self.add.setProperty("role", "small")
        self.add.clicked.connect(self.add_row)
        foot = QHBoxLayout()
        foot.addWidget(self._heading, 1)
        foot.addWidget(self.add)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px("space.tight"))
        self._column.addLayout(foot)
        self._number()

    def use(self, questions: tuple[Question, ...], *, beside_visitor: bool) -> None:
        """Ask these questions of each row; `beside_visitor`: the visitor is listed without a row here."""
        self._used = {question.variable.id for question in questions}
        self._beside_visitor = beside_visitor and self._list_name == VISITOR_LIST
        for block in self.blocks:
            block.use(self._used)
        self._number()

    @Slot()
    def add_row(self) -> None:
        """One more row; the others fold, the focus goes to its first question."""
        block = RowBlock(self._theme, self._entry, self._variables, self._typed)
        block.use(self._used)
        block.edited.connect(self._tell)
        block.removed.connect(self._remove)
        block.noticed.connect(partial(self._notice, block))
        block.header.clicked.connect(self.changed)
        for other in self.blocks:
            other.set_open(is_open=False)
        self.blocks.append(block)
        self._column.insertWidget(len(self.blocks) - 1, block)
        block.show()  # or it takes no focus before the next event
        self._number()
        self.changed.emit()
        if block.asked:
            block.asked[0].take_focus()

    def unfold_for(self, variable: str) -> bool:
        """Unfold the first row if all are folded and one of them asks this; True when that was done."""
        if not self.blocks or variable not in self.blocks[0].fields or any(b.is_open for b in self.blocks):
            return False
        self.blocks[0].set_open(is_open=True)
        return True

    def _notice(self, block: RowBlock, variable: str) -> None:
        if block in self.blocks:
            entry = self.blocks.index(block) + 1 + self._beside_visitor
            self.noticed.emit(f"{variable}[{entry}]")

    @Slot(object)
    def _remove(self, block: RowBlock) -> None:
        self.blocks.remove(block)
        block.hide()
        block.deleteLater()
        self._number()
        self.changed.emit()
        self.add.setFocus(Qt.FocusReason.OtherFocusReason)
        self._tell()

    def clear(self) -> None:
        """Forget every row."""
        for block in self.blocks:
            block.hide()
            block.deleteLater()
        self.blocks = []

    @Slot()
    def _tell(self) -> None:
        self.edited.emit(self._list_name, [block.row() for block in self.blocks])

    def _number(self) -> None:
        before = self.tr("窓口に来た人のほか") if self._beside_visitor else self._entry
        for number, block in enumerate(self.blocks, start=1):
            block.name(f"{before}　{number}{self._counter}目")
        count = f"{len(self.blocks)}{self._counter}"
        self._heading.setText(f"{self._entry}　{count}" if self.blocks else self._entry)
