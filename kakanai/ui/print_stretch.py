"""⑤ 印刷: where to, how many pages, how it went, and the end of the case."""

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kakanai.counter.corrections import CorrectionReason
from kakanai.printing.print_job import PrintedDocument
from kakanai.settings.town_rules import PAPERS
from kakanai.ui.case_flow import CaseFlow
from kakanai.ui.controls import ActionButton, ChoiceBox, FlowLayout, TextLabel
from kakanai.ui.correction_panel import CorrectionPanel
from kakanai.ui.paper_choice import PaperChoice
from kakanai.ui.printing.print_notes import PrintNotes
from kakanai.ui.printing.rest_panel import RestPanel
from kakanai.ui.printing.sheet_panel import SheetPanel
from kakanai.ui.stretch import Stretch
from kakanai.ui.theme import Theme


class PrintStretch(Stretch):
    """Prints, prints again after a failure, and closes the case when the paper is signed.

    Signals:
        decisions_wanted(): findings wait; go to ④.
        correction_begun(): the case is open again; go to what is to be corrected.
    """

    decisions_wanted = Signal()
    correction_begun = Signal()

    def __init__(self, theme: Theme, flow: CaseFlow, parent: QWidget | None = None) -> None:
        super().__init__(theme, "⑤ 印刷", parent)
        self._flow = flow
        self._set: tuple[PrintedDocument, ...] = ()
        """The whole set while single sheets of it are printed again."""
        self._was_printing = False
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
        buttons = FlowLayout(theme.px("space.tight"))
        buttons.addWidget(self.close_button)
        buttons.addWidget(self.print_button)
        self.rest = RestPanel(theme, flow, self.printers.currentText, self._form_title)
        buttons.addWidget(self.rest.all_button)
        buttons.addWidget(self.rest.seen_button)
        self.correct_button = ActionButton("")
        self.correct_button.clicked.connect(self.ask_correction)
        self.missing_button = ActionButton("")
        self.missing_button.clicked.connect(self.ask_missing)
        self.keep_button = ActionButton(self.tr("刷らずに戻る（紙はそのまま使う）"))
        self.keep_button.clicked.connect(flow.keep_paper)
        buttons.addWidget(self.correct_button)
        buttons.addWidget(self.missing_button)
        buttons.addWidget(self.keep_button)
        row = QWidget()
        row.setLayout(buttons)
        self.correction = CorrectionPanel(theme)
        self.correction.correction_wanted.connect(self._correct)
        self.correction.again_wanted.connect(self._print_again)
        self.correction.given_up.connect(self.refresh)
        self.correction.given_up.connect(self.take_focus)
        self.sheets = SheetPanel(theme)
        self.sheets.sheet_wanted.connect(self._print_sheet)
        self.sheets.given_up.connect(self.refresh)
        self.sheets.given_up.connect(self.take_focus)
        self._result = TextLabel("", wrap=True)
        self._result.setAccessibleName(self.tr("印刷の結果"))
        self.lay.addWidget(self._what)
        self.papers = PaperChoice(theme, flow)
        self.lay.addLayout(line)
        self.notes = PrintNotes(theme, flow, self.printers)
        self.lay.addWidget(self.notes)
        self.lay.addWidget(self.papers)
        self.lay.addWidget(self._result)
        self.shred = TextLabel("", "strong", wrap=True)
        self.shred.setAccessibleName(self.tr("廃棄する紙"))
        self.lay.addWidget(self.shred)
        self.lay.addWidget(row)
        self.lay.addWidget(self.rest)
        self.lay.addWidget(self.correction)
        self.lay.addWidget(self.sheets)
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
        beside = sum(form.template.id in PAPERS for form in flow.forms)
        pages = self.tr("{forms}様式 {pages}枚").format(forms=forms - beside, pages=flow.page_count)
        pages += self.tr("（一緒に渡す紙を入れて）") if beside else ""
        self.close_button.setVisible(is_done)
        self.close_button.setEnabled(not flow.is_printing)
        self.printers.setEnabled(not flow.is_printing)
        self.print_button.setEnabled(
            bool(forms) and not flow.is_printing and not is_waiting and self.printers.count() > 0
        )
        self._refresh_correction(is_done=is_done)
        self.rest.refresh()
        if flow.is_printing:
            self._what.setText(self.tr("● 印刷しています　{pages}").format(pages=pages))
            self.tell(self.tr("印刷しています"), is_done=False)
        elif is_done:
            self._what.setText(self.tr("✓ 印刷しました。署名をもらってください"))
            out = self.tr("{forms}様式 {pages}枚").format(
                forms=sum(document.form not in PAPERS for document in flow.documents),
                pages=sum(document.pages for document in flow.documents),
            )
            self.tell(self.tr("印刷しました {pages}").format(pages=out), is_done=True)
        elif flow.is_part_out:
            rest = flow.rest_pages()
            self._what.setText(
                self.tr("× 途中で止まりました。残り {forms}様式 {pages}枚（出た紙は使えます）").format(
                    forms=len(rest), pages=sum(rest.values())
                )
            )
            self.tell(self.tr("途中で止まりました"), is_done=False)
        elif flow.is_released:
            self._what.setText(
                self.tr("× 印刷できませんでした。受付は残っています　{pages}").format(pages=pages)
            )
            self.tell(self.tr("印刷できませんでした"), is_done=False)
        elif flow.is_correcting:
            self._what.setText(self._due_words())
            self.tell(self.tr("直しています"), is_done=False)
        elif forms:
            self._what.setText(pages)
            self.tell(pages, is_done=False)
        else:
            self._what.setText(self.tr("様式がまだありません"))
            self.tell(self.tr("まだです"), is_done=False)
        self._result.setText("\n".join(self._line(document) for document in flow.documents))
        is_asking = not (self.correction.isHidden() and self.sheets.isHidden())
        self._result.setVisible(bool(self._result.text()) and not is_asking)
        self.papers.setVisible(not flow.is_released)  # what is chosen is settled, and room is short
        has_failed = self._was_printing and not flow.is_printing and not is_done
        self._was_printing = flow.is_printing
        if has_failed and self.isVisible():
            self.take_focus()  # the button was disabled, and so lost it

    def _refresh_correction(self, *, is_done: bool) -> None:
        flow = self._flow
        due = len(flow.due()) if flow.is_correcting else 0
        if flow.is_correcting:
            self.print_button.setText(self.tr("変わった様式を印刷する（F8）"))
            self.print_button.setEnabled(self.print_button.isEnabled() and due > 0)
        else:
            again = self.tr("残りを印刷する（F8）") if flow.is_part_out else self.tr("もう一度印刷する（F8）")
            self.print_button.setText(again if flow.is_released else self.tr("印刷する（F8）"))
        self.print_button.setVisible(not is_done)
        self.keep_button.setVisible(flow.is_correcting and due == 0 and bool(flow.forms))
        self.correct_button.setVisible(flow.is_released and not flow.is_printing)
        self.correct_button.setText(self.tr("直して印刷しなおす（F8）") if is_done else self.tr("内容を直す"))
        if not flow.is_released or flow.is_printing:
            self.correction.hide()
            self.sheets.hide()
        if not is_done and not flow.is_printing:
            self._set = ()
        pages = sum(document.pages for document in self._set or flow.documents)
        self.missing_button.setVisible(
            is_done and not flow.is_printing and pages > 1 and self.sheets.isHidden()
        )
        self.missing_button.setText(self.tr("{pages}枚そろわない").format(pages=pages))
        void = flow.to_shred()
        lines = [
            self.tr("{form} {title}　{marks}").format(
                form=one.form, title=self._form_title(one.form), marks="・".join(one.marks)
            )
            for one in void
        ]
        self.shred.setText(self.tr("▲ 廃棄する紙\n{lines}").format(lines="\n".join(lines)) if void else "")
        self.shred.setVisible(bool(void))

    def _due_words(self) -> str:
        due = self._flow.due()
        if not due:
            return self.tr("出した紙と変わったところはありません")
        names = "　".join(form.template.id for form in due)
        return self.tr("変わった様式 {count}（全{all}様式のうち）　{names}").format(
            count=len(due), all=len(self._flow.forms), names=names
        )

    def _form_title(self, form: str) -> str:
        template = self._flow.counter.office.forms.templates.get(form)
        return template.title if template else ""

    @Slot()
    def ask_correction(self) -> None:
        """Ask why paper that is out is to be corrected or printed again."""
        case = self._flow.case
        if case is not None and self._flow.is_released and not self._flow.is_printing:
            self.sheets.hide()
            self.correction.ask([(form, self._form_title(form)) for form in case.printed])
            self._result.hide()  # or with many forms the question would be below what is in sight

    @Slot()
    def ask_missing(self) -> None:
        """Ask which sheet of the set is missing or cannot be read."""
        if self._flow.documents and not self._flow.is_printing:
            self.correction.hide()
            self._set = self._set or self._flow.documents
            self.sheets.ask(self._set)
            self.missing_button.hide()
            self._result.hide()

    @Slot(str, int)
    def _print_sheet(self, form: str, page: int) -> None:
        self.refresh()
        sheets = {form: (page,)}
        self._flow.print_again((form,), CorrectionReason.BAD_PRINT, self.printers.currentText(), sheets)

    @Slot(object)
    def _correct(self, reason: CorrectionReason) -> None:
        if self._flow.correct(reason):
            self.correction_begun.emit()

    @Slot(object, object)
    def _print_again(self, forms: tuple[str, ...], reason: CorrectionReason) -> None:
        self._set = ()
        self._flow.print_again(forms, reason, self.printers.currentText())

    def _line(self, document: PrintedDocument) -> str:
        title = self._form_title(document.form)
        where = document.path.name if isinstance(document.path, Path) else (document.job_id or "")
        return self.tr("✓ {form} {title}　{pages}枚　{where}").format(
            form=document.form, title=title, pages=document.pages, where=where
        )

    @Slot()
    def release(self) -> None:
        """Print; with findings still open ask for the decisions, with paper out for the reason."""
        if self._flow.documents:
            self.ask_correction()
        elif self._flow.stopping:
            self.decisions_wanted.emit()
        elif self.print_button.isEnabled():
            self._flow.print_forms(self.printers.currentText())

    @Slot()
    def take_focus(self) -> None:
        """Focus what comes next: printing, or the end of the case."""
        target = self.close_button if self._flow.documents else self.print_button
        if self.keep_button.isVisibleTo(self):
            target = self.keep_button
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(0, self._keep_in_sight)  # a notice may take room first

    @Slot()
    def _keep_in_sight(self) -> None:
        for button in (self.close_button, self.print_button, self.keep_button):
            if button.hasFocus():
                self.scroll_area.ensureWidgetVisible(button, 0, 0)
