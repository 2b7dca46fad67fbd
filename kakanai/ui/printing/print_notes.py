"""Beside the printer of ⑤: what it would cut off, how far it is, and that there is none."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kakanai.counter.print_clipping import ClippedBox, clipped_boxes, clipping_words
from kakanai.printing.offered_names import printers_among
from kakanai.printing.progress import PrintProgress
from kakanai.ui.case_flow import CaseFlow
from kakanai.ui.controls import ChoiceBox, TextLabel, set_property
from kakanai.ui.theme import Theme

_ERRAND = "clipped"


class PrintNotes(QWidget):
    """Looks at the chosen printer when ⑤ is in sight; while it prints, tells how each form stands."""

    def __init__(
        self, theme: Theme, flow: CaseFlow, printers: ChoiceBox, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._flow = flow
        self._printers = printers
        self._asked: tuple[object, ...] = ()
        self.nowhere = TextLabel("", "alarm", wrap=True)
        self.clipping = TextLabel("", "alarm", wrap=True)
        self.clipping.setAccessibleName(self.tr("欠けるところ"))
        self.progress = TextLabel("", wrap=True)
        self.progress.setAccessibleName(self.tr("印刷の進み"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px("space.tight"))
        for label in (self.nowhere, self.clipping, self.progress):
            column.addWidget(label)
            label.hide()
        self.hide()
        flow.paper.progress.connect(self._take_progress)
        flow.paper.done.connect(self._take_answer)
        flow.paper.printers_listed.connect(self._take_printers)
        flow.filled.connect(self.look)
        flow.changed.connect(self._refresh)
        printers.currentTextChanged.connect(self.look)

    @Slot()
    def look(self) -> None:
        """Ask what the chosen printer would cut off of the forms as they are now."""
        flow, name = self._flow, self._printers.currentText()
        asked = (name, flow.forms)
        parent = self.parentWidget()
        if asked == self._asked or flow.is_printing or parent is None or not parent.isVisible():
            return
        self._asked = asked
        self._show(self.clipping, "")
        if flow.forms and name:
            forms, find, variables = flow.forms, flow.paper.printer_for, flow.counter.office.variables
            flow.paper.do(_ERRAND, lambda: (asked, clipped_boxes(forms, find(name), variables)))

    @Slot(str, object)
    def _take_answer(self, errand: str, answer: object) -> None:
        if errand != _ERRAND or not isinstance(answer, tuple):
            return
        asked, clipped = answer
        if asked == self._asked:
            self._show(self.clipping, self._clipping_words(clipped))

    def _clipping_words(self, clipped: list[ClippedBox]) -> str:
        lines = clipping_words(clipped)
        if not lines:
            return ""
        head = self.tr(
            "▲ このプリンターでは、紙の端で欠けるところがあります。別のプリンターを選ぶか、手書きで補います。"
        )
        return "\n".join([head, *lines])

    @Slot(object)
    def _take_printers(self, names: tuple[str, ...]) -> None:
        is_any = bool(printers_among(names)) or len(names) > 1
        words = self.tr("▲ 使えるプリンターがありません。PDF をフォルダーに保存します（P-028）。")
        self._show(self.nowhere, "" if is_any else words)
        self.look()  # they are listed whenever ⑤ is opened

    @Slot(object)
    def _take_progress(self, progress: PrintProgress) -> None:
        if not self._flow.is_printing:
            return
        stuck = progress.trouble
        words = "　".join(f"{form} {state.label}" for form, state in progress.states)
        head = self.tr("{printer}　{done}／{total} 様式").format(
            printer=progress.printer, done=progress.done, total=len(progress.states)
        )
        if stuck is not None:
            head = self.tr("▲ プリンターを見てください: {trouble}　").format(trouble=stuck.label) + head
        set_property(self.progress, "role", "alarm" if stuck is not None else "")
        self._show(self.progress, f"{head}\n{words}")

    @Slot()
    def _refresh(self) -> None:
        if not self._flow.is_printing:
            self._show(self.progress, "")

    def _show(self, label: TextLabel, words: str) -> None:
        label.setText(words)
        label.setVisible(bool(words))
        shown = any(not one.isHidden() for one in (self.nowhere, self.clipping, self.progress))
        self.setVisible(shown)
