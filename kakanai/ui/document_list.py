"""持ち物・書類 in ④: a chip for each document, ticked with Space; the focused one is told of below."""

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from kakanai.reception.checklist import DocumentItem, DocumentState
from kakanai.reception.terms import DocumentUse
from kakanai.ui.case_flow import CaseFlow
from kakanai.ui.controls import FlowLayout, TextLabel
from kakanai.ui.theme import Theme

_SIGNS = {
    DocumentState.OPEN: "□",
    DocumentState.SEEN: "✓",
    DocumentState.LATER: "▷ 後日",
    DocumentState.UNNEEDED: "― 不要",
}
_ORDER = (DocumentState.OPEN, DocumentState.SEEN, DocumentState.LATER, DocumentState.UNNEEDED)


def _next(item: DocumentItem) -> DocumentState:
    """What Space makes of it; 不要 comes first where the town can look itself."""
    order = (_ORDER[0], _ORDER[3], *_ORDER[1:3]) if item.reason else _ORDER
    return order[(order.index(item.state) + 1) % len(order)]


class DocumentList(QWidget):
    """The checklist of all forms. Chips stay while their documents do, so a ticked one keeps the focus."""

    def __init__(self, theme: Theme, flow: CaseFlow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = flow
        self.chips: dict[str, QPushButton] = {}
        self._items: dict[str, DocumentItem] = {}
        self._settled: list[DocumentItem] = []
        self.title = TextLabel(self.tr("持ち物・書類(&M)　Space で 確認 → 後日 → 不要"), "small")
        self._chip_area = QWidget()
        self._lay = FlowLayout(theme.px("space.tight"))
        self._chip_area.setLayout(self._lay)
        self.about = TextLabel("", "small", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px("space.tight"))
        for widget in (self.title, self._chip_area, self.about):
            column.addWidget(widget)
        flow.filled.connect(self.refresh)
        flow.changed.connect(self.refresh)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show the documents as they stand; what the card or the town settled is told in a line below."""
        items = self._flow.checklist()
        self._settled = [item for item in items if item.is_automatic]
        self._items = {item.id: item for item in items if not item.is_automatic}
        if list(self._items) != list(self.chips):
            self._arrange()
        for name, item in self._items.items():
            self._show(self.chips[name], item)
        self._chip_area.setEnabled(self._flow.is_open)
        self._chip_area.setVisible(bool(self._items))
        self.title.setVisible(bool(self._items))
        self.setVisible(bool(items))
        self._tell_about()

    def _arrange(self) -> None:
        for name in [name for name in self.chips if name not in self._items]:
            chip = self.chips.pop(name)
            self._lay.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        for name in self._items:
            if name not in self.chips:
                self.chips[name] = self._make(name)
            self._lay.removeWidget(self.chips[name])
            self._lay.addWidget(self.chips[name])
        self.chips = {name: self.chips[name] for name in self._items}
        first = next(iter(self.chips.values()), None)
        if first is not None:
            self.title.setBuddy(first)

    def _make(self, name: str) -> QPushButton:
        chip = QPushButton(self._chip_area)
        chip.setProperty("role", "chip")
        chip.clicked.connect(partial(self.tick, name))
        chip.installEventFilter(self)
        chip.show()
        return chip

    def _show(self, chip: QPushButton, item: DocumentItem) -> None:
        use = {DocumentUse.SUBMIT: self.tr("（出す）"), DocumentUse.RETURN: self.tr("（返す）")}.get(
            item.use, ""
        )
        words = f"{_SIGNS[item.state]} {item.label}{use}"
        if chip.text() != words.replace("&", "&&"):
            chip.setText(words.replace("&", "&&"))
            self._lay.invalidate()
        chip.setAccessibleName(f"{item.label}{use} {item.state.label}")
        chip.setAccessibleDescription(self._words_about(item))

    @Slot()
    def tick(self, name: str, *_: object) -> None:
        """Go on to the next state of a document."""
        item = self._items.get(name)
        if item is not None:
            self._flow.tick_document(name, _next(item))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell about the chip that has the focus."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._tell_about()
        return super().eventFilter(watched, event)

    def _tell_about(self) -> None:
        focused = next((n for n, chip in self.chips.items() if chip.hasFocus() and n in self._items), "")
        if focused:
            self.about.setText(self._words_about(self._items[focused]))
            return
        words = [self._settled_words(item) for item in self._settled]
        self.about.setText("　".join(words))
        self.about.setVisible(bool(words))

    def _settled_words(self, item: DocumentItem) -> str:
        return f"{_SIGNS[item.state]} {item.label}"

    def _words_about(self, item: DocumentItem) -> str:
        parts = [self.tr("要るもの: {forms}").format(forms="・".join(item.needed_by))]
        parts += item.notes
        parts += [self.tr("不要にできるとき: {reason}").format(reason=item.reason)] if item.reason else []
        self.about.setVisible(True)
        return "　".join(parts)

    def take_focus(self) -> None:
        """Focus the first document."""
        first = next(iter(self.chips.values()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
