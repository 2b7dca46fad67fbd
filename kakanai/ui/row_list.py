"""The rows of a list 繰り返し (異動する人, 児童 …): any number, by themselves or added, and taken out."""

import datetime as dt
from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from kakanai.reception.companion import VISITOR_KEY
from kakanai.reception.facts import VISITOR_LIST, Facts, QuestionGroup
from kakanai.reception.open_questions import box_name
from kakanai.reception.variables import LISTS, ROW_KEY, ROW_OUT, Variable
from kakanai.ui.controls import ElidedLabel, TextLabel
from kakanai.ui.row_block import RowBlock
from kakanai.ui.row_facts import row_facts
from kakanai.ui.theme import Theme
from kakanai.ui.typed_answers import TypedAnswers, is_own_key

_PERSON = "人"
_COUNTERS: Mapping[str, str] = {"record": "件", "asset": "件", "stay": "件", "vehicle": "台", "dog": "匹"}
"""How entries are counted 助数詞; people where nothing is said."""


class RowList(QWidget):
    """All rows of one list, and the button for one more: Space adds, Enter goes on.

    `is_automatic`: members 異動する人 may enter the list by themselves.

    Signals:
        edited(list name, rows)
        noticed(field name): the focus came to a question, such as `member.name[2]`.
        settled(): one key gave a whole answer.
        changed(): rows came or went, or were folded; the order of keys is another.
    """

    edited = Signal(str, object)
    noticed = Signal(str)
    settled = Signal()
    changed = Signal()

    def __init__(
        self,
        theme: Theme,
        list_name: str,
        variables: list[Variable],
        typed: TypedAnswers,
        today: Callable[[], dt.date],
        *,
        is_automatic: bool,
    ) -> None:
        super().__init__()
        self._is_automatic = is_automatic
        self._theme = theme
        self._list_name = list_name
        self._entry = LISTS[list_name]
        self._counter = _COUNTERS.get(list_name, _PERSON)
        self._key_name, self._out_name = f"{list_name}.{ROW_KEY}", f"{list_name}.{ROW_OUT}"
        self._variables = variables
        self._typed = typed
        self._today = today
        self._beside_visitor = False
        self._left_out: list[dict[str, object]] = []
        self.blocks: list[RowBlock] = []
        self._heading = TextLabel("", "group")
        self._hint = ElidedLabel("small")
        # No ActionButton: a clerk who presses Enter all the way through must not add people.
        self.add = QPushButton(self.tr("＋ 足す（Space）"))
        self.add.setAccessibleName(self.tr("{entry}を足す").format(entry=self._entry))
        self.add.setAutoDefault(False)
        self.add.setProperty("role", "small")
        self.add.clicked.connect(self.add_row)
        self.take_back = QPushButton("")
        self.take_back.setAutoDefault(False)
        self.take_back.setProperty("role", "small")
        self.take_back.clicked.connect(self._take_back)
        self.take_back.hide()
        foot = QHBoxLayout()
        foot.addWidget(self._heading)
        foot.addWidget(self._hint, 1)
        foot.addWidget(self.take_back)
        foot.addWidget(self.add)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px("space.tight"))
        self._column.addLayout(foot)
        self._number()

    # --- rows ---------------------------------------------------------------------------

    def show_rows(self, group: QuestionGroup, facts: Facts, *, is_new: bool) -> None:
        """Show the rows there are: those of the facts, then typed ones that are still empty.

        `is_new`: the answers are others than the fields show, and replace what is being typed.
        """
        typed = {str(row[self._key_name]): row for row in self._typed.rows[self._list_name]}
        self._left_out = [row for row in typed.values() if self._out_name in row]
        typed = {key: row for key, row in typed.items() if self._out_name not in row}
        rows = facts.rows.get(self._list_name, [])
        keys = [str(row[self._key_name]) for row in rows]
        self._beside_visitor = self._list_name == VISITOR_LIST and VISITOR_KEY in keys
        if self._list_name == VISITOR_LIST:
            keys = [key for key in keys if key != VISITOR_KEY]
        members = {row.get(f"{VISITOR_LIST}.{ROW_KEY}") for row in facts.rows.get(VISITOR_LIST, [])}
        # A row that was just added is in no facts yet; one that the rules took off the list is not shown.
        added = [key for key, row in typed.items() if is_own_key(key) and self._is_being_told(row)]
        keys += [key for key in added if key not in keys and key not in members]
        before = [block.key for block in self.blocks]
        self._use_keys(keys)
        for block in self.blocks:
            # Whoever is listed only because a row was added here goes altogether when taken out.
            enters_alone = self._list_name != VISITOR_LIST and block.key in members
            block.is_by_hand = is_own_key(block.key) and not enters_alone
            answers = typed.get(block.key, {})
            block.show_row(answers, row_facts(group, block.key, facts), is_new=is_new)
        self._number()
        if keys != before:
            self.changed.emit()

    def _is_being_told(self, row: Mapping[str, object]) -> bool:
        """Whether a row that is on no paper is one that was added here and has nothing right in it yet."""
        said = [
            name
            for name, given in row.items()
            if name != self._key_name and not self._typed.fault(name, given)
        ]
        # Answers about a member who is gone, or no longer for this list, say no name.
        return not said or not self._is_automatic or f"{self._list_name}.name" in said

    def _use_keys(self, keys: list[str]) -> None:
        there = {block.key: block for block in self.blocks}
        for key, block in there.items():
            if key not in keys:
                block.hide()
                block.deleteLater()
        self.blocks = [there.get(key) or self._make_block(key) for key in keys]
        for place, block in enumerate(self.blocks):
            if self._column.indexOf(block) != place:
                self._column.insertWidget(place, block)
                block.show()  # or it takes no focus before the next event

    def _make_block(self, key: str) -> RowBlock:
        block = RowBlock(self._theme, self._entry, key, self._variables, self._typed, self._today)
        block.edited.connect(self._tell)
        block.removed.connect(self._remove)
        block.noticed.connect(partial(self._notice, block))
        block.settled.connect(self.settled)
        block.header.clicked.connect(self.changed)
        block.unfold_wanted.connect(partial(self.unfold, block))
        block.set_open(is_open=False)
        return block

    @Slot()
    def add_row(self) -> None:
        """One more row; the others fold, the focus goes to its first question."""
        row = {self._key_name: self._typed.new_key()}
        self.edited.emit(self._list_name, [*self._rows(), row])
        block = next((block for block in self.blocks if block.key == row[self._key_name]), None)
        if block is not None:
            self.unfold(block)
            if block.asked:
                block.asked[0].take_focus()

    def unfold(self, block: RowBlock) -> None:
        """Unfold one row and fold the others."""
        for other in self.blocks:
            if other.is_open is not (other is block):
                other.set_open(is_open=other is block)
        self.changed.emit()

    def show_hint(self, words: str) -> None:
        """Show what helps with the question that has the focus."""
        self._hint.show_text(words)

    def block_of(self, row: str) -> RowBlock | None:
        """The row with this number on paper, or with this key."""
        return next((block for block in self.blocks if row in {str(block.facts.number), block.key}), None)

    @property
    def open_block(self) -> RowBlock | None:
        """The unfolded row, the first when all are folded, None without any."""
        return next((block for block in self.blocks if block.is_open), next(iter(self.blocks), None))

    def clear(self) -> None:
        """Forget every row."""
        for block in self.blocks:
            block.hide()
            block.deleteLater()
        self.blocks = []
        self._left_out = []

    # --- telling ------------------------------------------------------------------------

    def _notice(self, block: RowBlock, variable: str) -> None:
        number = block.facts.number or len(self.blocks) + self._beside_visitor
        self.noticed.emit(box_name(variable, number))

    @Slot(object)
    def _remove(self, block: RowBlock) -> None:
        self.add.setFocus(Qt.FocusReason.OtherFocusReason)
        if not block.is_by_hand:
            self._left_out.append({self._key_name: block.key, self._out_name: "yes"})
        rows = [row for row in self._rows() if row[self._key_name] != block.key or self._out_name in row]
        self.edited.emit(self._list_name, rows)

    @Slot()
    def _take_back(self) -> None:
        self.add.setFocus(Qt.FocusReason.OtherFocusReason)
        self._left_out = []
        self.edited.emit(self._list_name, self._rows())

    def _rows(self) -> list[dict[str, object]]:
        """Every row in the order shown, or a typed one would go before the others; and who was taken out."""
        out = [row[self._key_name] for row in self._left_out]
        return [*(block.row() for block in self.blocks if block.key not in out), *self._left_out]

    @Slot()
    def _tell(self) -> None:
        self.edited.emit(self._list_name, self._rows())

    def _number(self) -> None:
        before = self.tr("窓口に来た人のほか") if self._beside_visitor else self._entry
        for number, block in enumerate(self.blocks, start=1):
            block.name(f"{before}　{number}{self._counter}目")
        count = f"{len(self.blocks)}{self._counter}"
        self._heading.setText(f"{self._entry}　{count}" if self.blocks else self._entry)
        out = len(self._left_out)
        self.take_back.setText(self.tr("外した人を戻す（{count}）").format(count=out))
        self.take_back.setVisible(bool(out))
