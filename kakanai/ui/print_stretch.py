"""⑤ 印刷: where to, how many pages, how it went, and the end of the case."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kakanai.printing.print_job import PrintedDocument
from kakanai.ui.case_flow import CaseFlow
from kakanai.ui.controls import ActionButton, ChoiceBox, TextLabel, set_property
from kakanai.ui.stretch import Stretch
from kakanai.ui.theme import Theme


class PrintStretch(Stretch):
    """Prints, prints again after a failure, and closes the case when the paper is signed.

    Signals:
        decisions_wanted(): findings wait; go to ④.
    """

    decisions_wanted = Signal()

    def __init__(self, theme: Theme, flow: CaseFlow, parent: QWidget | None = None) -> None:
        super().__init__(theme, "⑤ 印刷", parent)
        self._flow = flow
        self._what = TextLabel("", "title", wrap=True)
        self.printers = ChoiceBox()
        self.printers.setAccessibleName(self.tr("印刷先"))
        self.printers.setMinimumWidth(360)
        label = TextLabel(self.tr("印刷先(&P)"))
        label.setBuddy(self.printers)
        line = QHBoxLayout()
        line.addWidget(label)
        line.addWidget(self.printers, 1)
        line.addStretch(1)
        self.print_button = ActionButton("", "primary")
        self.print_button.clicked.connect(self.release)
        self.close_button = ActionButton(self.tr("署名をもらった。受付を終わる（Enter）"), "primary")
        self.close_button.clicked.connect(flow.close_case)
        buttons = QHBoxLayout()
        buttons.addWidget(self.close_button)
        buttons.addWidget(self.print_button)
        buttons.addStretch(1)
        self._result = TextLabel("", wrap=True)
        self._result.setAccessibleName(self.tr("印刷の結果"))
        self.lay.addWidget(self._what)
        self.lay.addLayout(line)
        self.lay.addWidget(self._result)
        self.lay.addLayout(buttons)
        self.lay.addStretch(1)
        flow.changed.connect(self.refresh)
        flow.filled.connect(self.refresh)
        flow.printed.connect(self.take_focus)
        flow.paper.printers_listed.connect(self._take_printers)
        self.refresh()

    @Slot(object)
    def _take_printers(self, names: tuple[str, ...]) -> None:
        chosen = self.printers.currentText()
        self.printers.clear()
        self.printers.addItems(list(names))
        self.printers.setCurrentIndex(max(self.printers.findText(chosen), 0))
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Say what would be printed now, or what was."""
        flow = self._flow
        forms = len(flow.forms)
        is_done = bool(flow.documents)
        is_waiting = bool(flow.stopping)
        pages = self.tr("{forms}様式 {pages}枚").format(forms=forms, pages=flow.page_count)
        self.close_button.setVisible(is_done)
        self.close_button.setEnabled(not flow.is_printing)
        self.printers.setEnabled(not flow.is_printing)
        self.print_button.setEnabled(
            bool(forms) and not flow.is_printing and not is_waiting and self.printers.count() > 0
        )
        self.print_button.setText(
            self.tr("もう一度印刷する（F8）") if flow.is_released else self.tr("印刷する（F8）")
        )
        set_property(self.print_button, "role", "" if is_done else "primary")
        if flow.is_printing:
            self._what.setText(self.tr("● 印刷しています　{pages}").format(pages=pages))
            self.tell(self.tr("印刷しています"), is_done=False)
        elif is_done:
            self._what.setText(self.tr("✓ 印刷しました。署名をもらってください"))
            self.tell(self.tr("印刷しました {pages}").format(pages=pages), is_done=True)
        elif flow.is_released:
            self._what.setText(
                self.tr("× 印刷できませんでした。受付は残っています　{pages}").format(pages=pages)
            )
            self.tell(self.tr("印刷できませんでした"), is_done=False)
        elif forms:
            self._what.setText(pages)
            self.tell(pages, is_done=False)
        else:
            self._what.setText(self.tr("様式がまだありません"))
            self.tell(self.tr("まだです"), is_done=False)
        self._result.setText("\n".join(self._line(document) for document in flow.documents))

    def _line(self, document: PrintedDocument) -> str:
        template = self._flow.counter.office.forms.templates.get(document.form)
        title = template.title if template else ""
        where = document.path.name if isinstance(document.path, Path) else (document.job_id or "")
        return self.tr("✓ {form} {title}　{pages}枚　{where}").format(
            form=document.form, title=title, pages=document.pages, where=where
        )

    @Slot()
    def release(self) -> None:
        """Print; with findings still open, ask for the decisions."""
        if self._flow.stopping:
            self.decisions_wanted.emit()
        elif self.print_button.isEnabled():
            self._flow.print_forms(self.printers.currentText())

    @Slot()
    def take_focus(self) -> None:
        """Focus what comes next: printing, or the end of the case."""
        target = self.close_button if self._flow.documents else self.print_button
        target.setFocus(Qt.FocusReason.OtherFocusReason)
