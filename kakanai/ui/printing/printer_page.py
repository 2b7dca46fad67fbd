"""プリンター (Shift+F8): what each printer of this PC is like, and the sheets that correct it."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kakanai.counter.printer_care import PrinterCare, PrinterView
from kakanai.errors import KakanaiError
from kakanai.forms.render import Renderer
from kakanai.messages import message_for
from kakanai.printing.calibration import Calibration
from kakanai.printing.progress import PrintProgress
from kakanai.ui.controls import ActionButton, ChoiceBox, Hairline, TextLabel, set_property
from kakanai.ui.paper_worker import PaperLink
from kakanai.ui.printing.printer_words import correction_words, facts_words
from kakanai.ui.printing.profile_grid import ProfileGrid
from kakanai.ui.printing.readings_grid import ReadingsGrid
from kakanai.ui.theme import Theme

_LOOK, _PRINT = "printer look", "printer sheet"


class PrinterPage(QWidget):
    """One printer at a time: its own words, the first sheet, the numbers read on it, the second sheet.

    Signals:
        left(): back to the counter.
    """

    left = Signal()

    def __init__(
        self,
        theme: Theme,
        care: PrinterCare,
        paper: PaperLink,
        renderer: Callable[[], Renderer],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("Page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("プリンター"))
        self._theme = theme
        self._care = care
        self._paper = paper
        self._renderer = renderer
        self._view: PrinterView | None = None
        self._is_second = False
        self._printed_second = False
        self._is_printing = False
        self.printers = ChoiceBox()
        self.printers.setAccessibleName(self.tr("調整するプリンター"))
        self.printers.currentTextChanged.connect(self._take_choice)
        self.facts = TextLabel("", wrap=True)
        self.facts.setAccessibleName(self.tr("プリンターの状態"))
        self.correction = TextLabel("", "strong", wrap=True)
        self.first = ActionButton(self.tr("1枚目を印刷する（補正なし）"), "primary")
        self.first.clicked.connect(self.print_first)
        self.second = ActionButton(self.tr("2枚目を印刷する（確かめ）"))
        self.second.clicked.connect(self.print_second)
        self.trial = ActionButton(self.tr("試し刷り 2枚"))
        self.trial.clicked.connect(self.print_trial)
        self.readings = ReadingsGrid(theme)
        self.readings.edited.connect(self._take_edit)
        self.readings.entered.connect(self.calibrate)
        self.solve = ActionButton(self.tr("この数字で補正する"))
        self.solve.clicked.connect(self.calibrate)
        self.profile = ProfileGrid(theme)
        self.profile.save_wanted.connect(self.save_profile)
        self.state = TextLabel("", wrap=True)
        self.state.setAccessibleName(self.tr("調整の結果"))
        self._lay()
        paper.printers_listed.connect(self.show_printers)
        paper.done.connect(self._take_answer)
        paper.progress.connect(self._take_progress)
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
        for label in (self.facts, self.correction):
            column.addWidget(label)
        column.addWidget(Hairline())
        how = self.tr(
            "1枚目を印刷し、十字（＋）の中心まで紙の端から何ミリかを定規で読んで入れます。"
            "ずれがなければ 20 です。2枚目で確かめます。"
        )
        column.addWidget(TextLabel(how, wrap=True))
        column.addLayout(self._row(self.first, self.second, self.trial))
        column.addWidget(self.readings)
        column.addLayout(self._row(self.solve))
        column.addWidget(self.state)
        column.addWidget(Hairline())
        column.addWidget(self.profile)
        column.addStretch(1)

    def _row(self, *widgets: QWidget) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(self._theme.px("space.small"))
        for widget in widgets:
            line.addWidget(widget)
        line.addStretch(1)
        return line

    # --- looking ------------------------------------------------------------------------

    def open(self) -> None:
        """Ask for the printers, and look at the one that was chosen last."""
        self._tell("")
        self.readings.clear()
        self._is_second = False
        self._paper.list_printers()
        self.look()
        self.printers.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def show_printers(self, names: tuple[str, ...]) -> None:
        """Offer the printers of the PC; our own ways out have brackets in their names, which none has."""
        chosen = self.printers.currentText()
        self.printers.blockSignals(True)
        self.printers.clear()
        self.printers.addItems([name for name in names if "(" not in name])
        self.printers.setCurrentIndex(max(self.printers.findText(chosen), 0))
        self.printers.blockSignals(False)
        if self.printers.currentText() != chosen:
            self._take_choice()
        if not self.printers.count():
            self.facts.setText(
                self.tr("▲ このパソコンで使えるプリンターがありません（P-028）。フォルダーには保存できます。")
            )
        self._enable()

    @Slot()
    def _take_choice(self) -> None:
        """Another printer: numbers read on a sheet of the one before are nothing to it."""
        self.readings.clear()
        self._is_second = False
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
        self.correction.setText(correction_words(view.profile))
        self.profile.show_view(view)
        self._enable()

    # --- printing -----------------------------------------------------------------------

    @Slot()
    def print_first(self) -> None:
        """Print the sheet without the correction."""
        self._printed_second = False
        self._print(
            lambda name: self._care.print_sheet(self._renderer(), name, is_second=False, told=self._hear)
        )

    @Slot()
    def print_second(self) -> None:
        """Print the sheet with the correction."""
        self._printed_second = True
        self._print(
            lambda name: self._care.print_sheet(self._renderer(), name, is_second=True, told=self._hear)
        )

    @Slot()
    def print_trial(self) -> None:
        """Print the test pages."""
        self._printed_second = self._is_second
        self._print(lambda name: self._care.print_trial(self._renderer(), name, self._hear))

    def _print(self, act: Callable[[str], None]) -> None:
        name = self.printers.currentText()
        if name:
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
            stuck = progress.trouble
            told = "、".join(dict.fromkeys(state.label for _, state in progress.states))
            words = self.tr("▲ プリンターを見てください: {told}") if stuck else self.tr("● {told}")
            self._tell(words.format(told=told), "alarm" if stuck else "")

    @Slot(str, object)
    def _take_answer(self, errand: str, answer: object) -> None:
        if errand not in {_LOOK, _PRINT}:
            return
        self._enable(is_printing=self._is_printing and errand != _PRINT)
        if isinstance(answer, KakanaiError):
            self._tell_error(answer)
        elif isinstance(answer, PrinterView):
            if answer.name == self.printers.currentText():
                self._show_view(answer)
        elif errand == _PRINT:
            self._is_second = self._printed_second  # what lies before the clerk now
            self._tell(self.tr("✓ 印刷しました。紙を見て、数字を入れます。"), "ok")
            self.readings.fields["A"][0].setFocus(Qt.FocusReason.OtherFocusReason)

    # --- correcting ---------------------------------------------------------------------

    @Slot()
    def _take_edit(self) -> None:
        self._enable()

    @Slot()
    def calibrate(self) -> None:
        """Keep the correction by the numbers typed."""
        readings, name = self.readings.readings(), self.printers.currentText()
        if readings is None or not name:
            self._tell(
                self.tr("× A と C の数字を4つとも入れます（B・D は2つとも入れるか、空けます）。"), "alarm"
            )
            return
        try:
            found = self._care.calibrate(name, readings, is_second=self._is_second)
        except KakanaiError as error:
            self._tell_error(error)
            return
        self._tell_found(found)
        self.readings.clear()  # they have had their effect: taken twice they would be wrong
        self._enable()
        self.look()

    def _tell_found(self, found: Calibration) -> None:
        if self._is_second and found.was_good:
            words = self.tr("✓ 合っています（いちばん大きいずれ {mm} mm）。調整は終わりです。")
        elif self._is_second:
            words = self.tr("▲ まだ {mm} mm ずれています。補正を直しました。もう一度 2枚目で確かめます。")
        else:
            words = self.tr("✓ 補正を保存しました（ずれ {mm} mm）。2枚目を印刷して確かめます。")
        self._tell(words.format(mm=f"{found.worst_mm:.1f}"), "ok" if "✓" in words else "alarm")
        target = self.printers if self._is_second and found.was_good else self.second
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def save_profile(self) -> None:
        """Keep tray, sides and two-up."""
        view = self._view
        if view is None:
            return
        try:
            self._care.set_profile(view.name, self.profile.changed(view.profile))
        except KakanaiError as error:
            self._tell_error(error)
            return
        self._tell(self.tr("✓ 保存しました。次の印刷から効きます。"), "ok")
        self.look()

    # --- telling ------------------------------------------------------------------------

    def _enable(self, *, is_printing: bool = False) -> None:
        self._is_printing = is_printing
        is_any = self.printers.count() > 0 and not is_printing
        for button in (self.first, self.second, self.trial):
            button.setEnabled(is_any)
        self.printers.setEnabled(not is_printing)
        self.solve.setEnabled(is_any and self.readings.readings() is not None)
        self.profile.save.setEnabled(is_any and self._view is not None)

    def _tell(self, words: str, role: str = "") -> None:
        set_property(self.state, "role", role)
        self.state.setText(words)

    def _tell_error(self, error: KakanaiError) -> None:
        message = message_for(error)
        self._tell(f"× [{error.code}] {message.what}{message.next_step}", "alarm")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
