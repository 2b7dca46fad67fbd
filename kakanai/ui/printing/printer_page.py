"""プリンター (Shift+F8): what each printer of this PC is like, the sheets that correct it, its settings."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kakanai.counter.printer_care import PrinterCare, PrinterView
from kakanai.errors import KakanaiError
from kakanai.messages import message_for
from kakanai.printing.offered_names import printers_among
from kakanai.printing.profile import FormRule
from kakanai.printing.progress import PrintProgress
from kakanai.ui.case_flow import CaseFlow
from kakanai.ui.controls import ActionButton, ChoiceBox, Hairline, TextLabel, set_property
from kakanai.ui.daybook.into_sight import bring_into_sight
from kakanai.ui.printing.calibration_panel import CalibrationPanel
from kakanai.ui.printing.printer_words import correction_words, facts_words, progress_words
from kakanai.ui.printing.profile_grid import ProfileGrid
from kakanai.ui.printing.rules_panel import RulesPanel
from kakanai.ui.printing.tab_stack import TabStack
from kakanai.ui.theme import Theme

_LOOK, _PRINT, _SAVE = "printer look", "printer sheet", "printer save"


class PrinterPage(QWidget):
    """One printer at a time: its own words, 位置合わせ, トレイ・面, and 様式ごと how each form is printed.

    Signals:
        left(): back to the counter.
        changed(): settings were kept; what is offered to print on may be another.
    """

    left = Signal()
    changed = Signal()

    def __init__(
        self, theme: Theme, care: PrinterCare, flow: CaseFlow, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("Page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("プリンター"))
        self._theme = theme
        self._care = care
        self._flow = flow
        self._paper = flow.paper
        self._view: PrinterView | None = None
        self._printed: tuple[str, bool | None] = ("", None)
        self._is_printing = False
        self.printers = ChoiceBox()
        self.printers.setAccessibleName(self.tr("調整するプリンター"))
        self.printers.currentTextChanged.connect(self._take_choice)
        self.facts = TextLabel("", wrap=True)
        self.facts.setAccessibleName(self.tr("プリンターの状態"))
        self.correction, self.state = TextLabel("", "strong", wrap=True), TextLabel("", wrap=True)
        self.state.setAccessibleName(self.tr("調整の結果"))
        self.calibration = CalibrationPanel(theme)
        self.calibration.sheet_wanted.connect(self.print_sheet)
        self.calibration.trial_wanted.connect(self.print_trial)
        self.calibration.solve_wanted.connect(self.calibrate)
        self.calibration.edited.connect(self._enable_again)
        self.readings = self.calibration.readings
        self.profile = ProfileGrid(theme)
        self.profile.save_wanted.connect(self.save_profile)
        self.rules = RulesPanel(theme)
        self.rules.save_wanted.connect(self.save_rule)
        self.tabs = TabStack(theme)
        self.tabs.add(self.tr("位置合わせ"), self.calibration)
        self.tabs.add(self.tr("トレイ・面"), self.profile)
        self.tabs.add(self.tr("様式ごと"), self.rules)
        self._lay()
        self._paper.printers_listed.connect(self.show_printers)
        self._paper.done.connect(self._take_answer)
        self._paper.progress.connect(self._take_progress)
        self._enable()

    def _lay(self) -> None:
        theme = self._theme
        back = ActionButton(self.tr("受付に戻る（Shift+F8・Esc）"))
        back.clicked.connect(self.left)
        head = QHBoxLayout()
        head.addWidget(TextLabel(self.tr("プリンター"), "title"))
        head.addWidget(self.printers, 1)
        head.addWidget(back)
        column = QVBoxLayout(self)
        space = theme.px("space.medium")
        column.setContentsMargins(space, space, space, space)
        column.setSpacing(theme.px("space.small"))
        column.addLayout(head)
        for widget in (self.facts, self.correction, Hairline(), self.tabs, self.state):
            column.addWidget(widget)
        column.addStretch(1)

    # --- looking ------------------------------------------------------------------------

    def open(self) -> None:
        """Ask for the printers, and look at the one that was chosen last."""
        self._tell("")
        self.readings.clear()
        templates = self._flow.counter.office.forms.templates
        self.rules.show_forms([(form, template.title) for form, template in templates.items()])
        self._paper.list_printers()
        self.look()
        self.printers.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def show_printers(self, names: tuple[str, ...]) -> None:
        """Offer the printers of the PC."""
        chosen = self.printers.currentText()
        self.printers.blockSignals(True)
        self.printers.clear()
        self.printers.addItems(printers_among(names))
        self.printers.setCurrentIndex(max(self.printers.findText(chosen), 0))
        self.printers.blockSignals(False)
        if self.printers.currentText() != chosen:
            self._take_choice()
        if not self.printers.count():
            self.facts.setText(
                self.tr("▲ このパソコンで使えるプリンターがありません（P-028）。フォルダーには保存できます。")
            )
        self._enable_again()

    @Slot()
    def _take_choice(self) -> None:
        """Another printer: numbers read on a sheet of the one before are nothing to it."""
        self.readings.clear()
        self._view = None
        self._enable()
        self.look()

    @Slot()
    def look(self) -> None:
        """Ask the chosen printer what it is like."""
        name = self.printers.currentText()
        if name and self.isVisible():
            self._paper.do(_LOOK, lambda: self._care.look(name))

    def _show_view(self, view: PrinterView) -> None:
        self._view = view
        self.facts.setText(facts_words(view.facts, view.profile))
        words = correction_words(view.profile)
        if not view.may_change:
            words += "\n" + self.tr("設定と補正は、責任者か管理者がサインインすると変えられます。")
        self.correction.setText(words)
        self.calibration.show_view(view)
        self.profile.show_view(view)
        names = [self.printers.itemText(place) for place in range(self.printers.count())]
        self.rules.show_rules(view.rules, names, view.facts.trays)
        self._enable_again()

    # --- printing -----------------------------------------------------------------------

    @Slot(bool)
    def print_sheet(self, is_second: bool) -> None:
        """Print the calibration sheet, the second one with the correction."""
        renderer = self._flow.counter.office.renderer
        self._print(
            is_second,
            lambda name: self._care.print_sheet(renderer, name, is_second=is_second, told=self._hear),
        )

    @Slot()
    def print_trial(self) -> None:
        """Print the test pages."""
        renderer = self._flow.counter.office.renderer
        self._print(None, lambda name: self._care.print_trial(renderer, name, self._hear))

    def _print(self, is_second: bool | None, act: Callable[[str], None]) -> None:
        name = self.printers.currentText()
        if name:
            self._printed = name, is_second
            self.readings.clear()
            self._tell(self.tr("● 印刷しています　{name}").format(name=name))
            self._enable(is_printing=True)
            self._paper.do(_PRINT, lambda: act(name))

    def _hear(self, progress: PrintProgress) -> None:
        # On the paper thread: nothing is touched here, the signal crosses over.
        self._paper.progress.emit(progress)

    @Slot(object)
    def _take_progress(self, progress: PrintProgress) -> None:
        if self._is_printing:
            self._tell(progress_words(progress), "alarm" if progress.trouble else "")

    @Slot(str, object)
    def _take_answer(self, errand: str, answer: object) -> None:
        if errand not in {_LOOK, _PRINT, _SAVE}:
            return
        self._enable(is_printing=self._is_printing and errand != _PRINT)
        if isinstance(answer, KakanaiError):
            self._tell_error(answer)
        elif isinstance(answer, PrinterView):
            if answer.name == self.printers.currentText():
                self._show_view(answer)
        elif errand == _PRINT:
            self._take_printed()
        elif errand == _SAVE:
            kept, same = self.tr("✓ 保存しました。次の印刷から効きます。"), self.tr("✓ 前と同じです。")
            self._tell(kept if answer else same, "ok")
            self.changed.emit()
            self.look()

    def _take_printed(self) -> None:
        name, is_second = self._printed
        if is_second is None:
            self._tell(self.tr("✓ 印刷しました。枠と文字の位置を見ます。"), "ok")
            return
        self.calibration.note_sheet(name, is_second=is_second)
        self._tell(self.tr("✓ 印刷しました。紙を見て、数字を入れます。"), "ok")
        self.calibration.take_focus()

    # --- changing -----------------------------------------------------------------------

    @Slot()
    def calibrate(self) -> None:
        """Keep the correction by the numbers typed."""
        readings, name = self.readings.readings(), self.printers.currentText()
        is_second = self.calibration.is_second
        if readings is None or not name:
            self._tell(
                self.tr("× A と C の数字を4つとも入れます（B・D は2つとも入れるか、空けます）。"), "alarm"
            )
            return
        if is_second is None:
            self._tell(
                self.tr("× 数字を読んだ紙が1枚目か2枚目かを選びます（紙の上に書いてあります）。"), "alarm"
            )
            self.calibration.which.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        try:
            who = self._flow.counter.clerk
            found = self._care.calibrate(name, readings, is_second=is_second, claimed=who)
        except KakanaiError as error:
            self._tell_error(error)
            return
        words = self.calibration.found_words(found, is_second=is_second)
        self._tell(words, "ok" if "✓" in words else "alarm")
        is_over = is_second and found.was_good
        (self.printers if is_over else self.calibration.second).setFocus(Qt.FocusReason.OtherFocusReason)
        self.readings.clear()  # they have had their effect: taken twice they would be wrong
        self._enable()
        self.look()

    @Slot()
    def save_profile(self) -> None:
        """Keep tray, sides, two-up, and whether this is the usual printer."""
        view, clerk = self._view, self._flow.counter.clerk
        if view is not None:
            profile, is_default = self.profile.changed(view.profile), self.profile.is_default.isChecked()
            keep = partial(self._care.set_profile, view.name, profile, is_default=is_default)
            self._paper.do(_SAVE, lambda: keep(is_correction_kept=True, claimed=clerk))

    @Slot(str, object)
    def save_rule(self, form: str, rule: FormRule) -> None:
        """Keep how a form is printed."""
        clerk = self._flow.counter.clerk
        self._paper.do(_SAVE, lambda: self._care.set_rule(form, rule, claimed=clerk))

    # --- telling ------------------------------------------------------------------------

    @Slot()
    def _enable_again(self) -> None:
        self._enable(is_printing=self._is_printing)

    def _enable(self, *, is_printing: bool = False) -> None:
        self._is_printing = is_printing
        is_any = self.printers.count() > 0 and not is_printing
        may_change = self._view is not None and self._view.may_change
        self.printers.setEnabled(not is_printing)
        self.calibration.enable(is_any=is_any, may_change=may_change)
        self.profile.save.setEnabled(is_any and may_change)
        self.rules.enable(may_change=is_any and may_change)

    def _tell(self, words: str, role: str = "") -> None:
        set_property(self.state, "role", role)
        self.state.setText(words)
        if words:
            QTimer.singleShot(0, self._keep_in_sight)

    @Slot()
    def _keep_in_sight(self) -> None:
        bring_into_sight(self.state)

    def _tell_error(self, error: KakanaiError) -> None:
        message = message_for(error)
        self._tell(f"× [{error.code}] {message.what}{message.next_step}", "alarm")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
