"""The window of the guided set-up: the steps on the left, one of them in sight, forward and back."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from kakanai.errors import KakanaiError
from kakanai.sessionlog.entry import UNREGISTERED, ClerkId
from kakanai.setup.first_run import SetupAnswers
from kakanai.ui.controls import ActionButton, TextLabel, set_property
from kakanai.ui.fitting_area import FittingArea
from kakanai.ui.setup.arrive_step import ArriveStep
from kakanai.ui.setup.device_steps import PrinterStep, ReaderStep
from kakanai.ui.setup.finish_step import FinishStep
from kakanai.ui.setup.log_step import LogStep
from kakanai.ui.setup.people_step import AdministratorStep
from kakanai.ui.setup.setup_desk import SetupDesk
from kakanai.ui.setup.setup_step import SetupStep
from kakanai.ui.setup.town_steps import CounterStep, TownStep
from kakanai.ui.singletons import keep_singletons
from kakanai.ui.theme import Theme

_WITH_STEPS = 800
"""Pixels at the ordinary text size from which the steps are listed beside the one in sight."""


class SetupWindow(QMainWindow):
    """Asks step by step; nothing is changed before 保存する on the last one.

    Signals:
        finished(is_saved): the window was closed; whether the set-up stands.
    """

    finished = Signal(bool)

    def __init__(self, desk: SetupDesk, theme: Theme) -> None:
        keep_singletons()
        super().__init__()
        self._desk = desk
        self._theme = theme
        self._told: dict[str, Any] = {}
        self.is_saved = False
        self.setWindowTitle(self.tr("書かない窓口　初期設定"))
        self.arrive = ArriveStep(theme)
        self.town, self.counters = TownStep(theme, desk), CounterStep(theme, desk)
        self.log, self.people = LogStep(theme, desk), AdministratorStep(theme)
        self.printers, self.reader = PrinterStep(theme, desk), ReaderStep(theme, desk.source)
        self.end = FinishStep(theme)
        self.steps: tuple[SetupStep, ...] = (
            self.arrive, self.town, self.counters, self.log, self.people,
            self.printers, self.reader, self.end,
        )  # fmt: skip
        self._lay(theme)
        self.arrive.import_wanted.connect(self._import)
        self.log.trial_wanted.connect(self._try_log)
        self.end.export_wanted.connect(self._export)
        self._place = 0
        self._show()

    def _lay(self, theme: Theme) -> None:
        self.marks = [TextLabel("") for _ in self.steps]
        left = QWidget()
        left.setObjectName("CaseColumn")
        left.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        marks = QVBoxLayout(left)
        space = theme.px("space.medium")
        marks.setContentsMargins(space, space, space, space)
        marks.setSpacing(theme.px("space.small"))
        marks.addWidget(TextLabel(self.tr("初期設定"), "title"))
        for mark in self.marks:
            marks.addWidget(mark)
        marks.addStretch(1)
        self._side = side = FittingArea(left)
        theme.size(side, "setFixedWidth", "measure.setup_steps_width")
        self._stack = QStackedWidget()
        for step in self.steps:
            self._stack.addWidget(FittingArea(step))
        self.later = ActionButton(self.tr("あとで設定する"))
        self.later.clicked.connect(self.close)
        self.back = ActionButton(self.tr("戻る"))
        self.back.clicked.connect(self.go_back)
        self.forward = ActionButton("", "primary")
        self.forward.clicked.connect(self.go_on)
        foot = QHBoxLayout()
        foot.setContentsMargins(space, theme.px("space.small"), space, theme.px("space.small"))
        foot.setSpacing(theme.px("space.small"))
        foot.addWidget(self.later)
        foot.addStretch(1)
        foot.addWidget(self.back)
        foot.addWidget(self.forward)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self._stack, 1)
        right.addLayout(foot)
        whole = QWidget()
        line = QHBoxLayout(whole)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(side)
        line.addLayout(right, 1)
        self.setCentralWidget(whole)
        self.setMinimumSize(QSize(640, 360))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The list of the steps goes away where letters are large and room is short."""
        super().resizeEvent(event)
        self._side.setVisible(self.width() >= _WITH_STEPS * self._theme.text_percent // 100)

    def sizeHint(self) -> QSize:
        """The size the screens are made for."""
        return QSize(1024, 700)

    @property
    def step(self) -> SetupStep:
        """The step in sight."""
        return self.steps[self._place]

    def _show(self) -> None:
        for place, (mark, step) in enumerate(zip(self.marks, self.steps, strict=True)):
            is_now, is_done = place == self._place, place < self._place or self.is_saved
            mark.setText(f"{'▶' if is_now else '✓' if is_done else '・'} {place + 1}. {step.name}")
            set_property(mark, "role", "strong" if is_now else "ok" if is_done else "small")
        self._stack.setCurrentIndex(self._place)
        is_last = self.step is self.end
        self.back.setVisible(self._place > 0 and not self.is_saved)
        self.later.setVisible(not self.is_saved)
        words = (
            self.tr("窓口を開く") if self.is_saved else self.tr("保存する") if is_last else self.tr("次へ")
        )
        self.forward.setText(words)
        self.forward.setAccessibleName(words)
        self.step.enter()

    def _go(self, place: int) -> None:
        self.step.leave()
        self._place = place
        self._show()

    @Slot()
    def go_back(self) -> None:
        """The step before; what was filled in stays."""
        if self._place > 0:
            self._go(self._place - 1)

    @Slot()
    def go_on(self) -> None:
        """Check the step and go on; on the last one save, and then close."""
        if self.is_saved:
            self.close()
            return
        if self.step is self.end:
            self._save()
            return
        try:
            self._told |= self.step.told()
        except KakanaiError as error:
            self.step.refuse(error)
            return
        self._go(self._place + 1)
        if self.step is self.end:
            self.end.show_answers(self._told)

    def answers(self) -> SetupAnswers:
        """What was filled in so far."""
        return SetupAnswers(**self._told)

    def _save(self) -> None:
        try:
            self._desk.first_run.save(self.answers())
        except KakanaiError as error:
            self.end.refuse(error)
            return
        self._forget_passwords()
        self.is_saved = True
        self._show()
        self.end.show_saved()

    def _forget_passwords(self) -> None:
        self._told |= {"password": None, "server_password": ""}
        self.people.forget()
        self.log.forget()
        self.arrive.forget()

    # --- the log, the file ----------------------------------------------------------------

    @Slot()
    def _try_log(self) -> None:
        try:
            told = self.log.told()
            self.log.begin_trial()
            place = self._desk.first_run.try_database(SetupAnswers(**{**self._told, **told}))
        except KakanaiError as error:
            self.log.end_trial("", error)
        else:
            self.log.end_trial(place, None)

    @Slot(str, str, str)
    def _import(self, file: str, passphrase: str, password: str) -> None:
        try:
            arrived = self._desk.arrive(Path(file), passphrase, password)
        except KakanaiError as error:
            self.arrive.refuse(error)
            return
        self.is_saved = True
        self._show()
        self.arrive.show_arrived(arrived.town.name, arrived.town.counter_name, arrived.files)

    @Slot()
    def _export(self) -> None:
        self.export_to(Path(self.end.file.line.text()))

    def export_to(self, file: Path) -> None:
        """Write the file for the next PC under the passphrase that is typed."""
        try:
            who = ClerkId(self._told.get("administrator") or UNREGISTERED)
            files = self._desk.export(file, self.end.typed_passphrase(), who)
        except KakanaiError as error:
            self.end.refuse(error)
            return
        self.end.show_exported(file.name, files)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let go of the reader, and say whether the set-up stands."""
        self.step.leave()
        self._forget_passwords()
        super().closeEvent(event)
        self.finished.emit(self.is_saved)
