"""Puts the training mode round the clerk's window: the band on top, the panel at the side."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction, QKeySequence

from kakanai.errors import KakanaiError
from kakanai.training.exercises import Exercise
from kakanai.training.lesson import STEPS
from kakanai.training.observed import Observed
from kakanai.training.practice import Practice
from kakanai.ui.theme import Theme
from kakanai.ui.training.practice_band import PracticeBand
from kakanai.ui.training.practice_eyes import PracticeEyes
from kakanai.ui.training.practice_panel import PracticePanel
from kakanai.ui.training.practice_room import PracticeRoom

if TYPE_CHECKING:
    from kakanai.ui.main_window import MainWindow


class PracticeFrame(QObject):
    """Lays band and panel, tells the Practice what the clerk did, and shows what it says.

    The whole of the window lies within, the cover of a locked one too: the band stays in sight.
    """

    def __init__(self, theme: Theme, practice: Practice, window: "MainWindow") -> None:
        super().__init__(window)
        self._theme = theme
        self._practice = practice
        self._window = window
        self._is_met = False
        self.band = PracticeBand(theme)
        self.panel = PracticePanel(theme, practice)
        self._lay()
        self.eyes = PracticeEyes(practice, window)
        self.eyes.seen.connect(self._take_seen)
        self.band.panel_wanted.connect(self._room.share_out)
        window.look.changed.connect(self._room.share_out)
        lesson, residents, faults = self.panel.lesson, self.panel.residents, self.panel.faults
        lesson.begin_wanted.connect(self._begin_lesson)
        residents.insert_wanted.connect(self._insert)
        residents.remove_wanted.connect(self._remove)
        faults.begin_wanted.connect(self._begin_exercise)
        faults.mend_wanted.connect(self._mend)
        faults.reset_wanted.connect(self._ask_reset)
        toggle = QAction(window)
        toggle.setShortcut(QKeySequence("Ctrl+R"))
        toggle.triggered.connect(self.band.panel.toggle)
        window.addAction(toggle)
        window.visitor.be_practice(self.band.sign.text())
        self._show()

    def _lay(self) -> None:
        work = self._window.takeCentralWidget()
        assert work is not None  # noqa: S101  # laid before this frame is made
        self._room = PracticeRoom(self._theme, self.band, work, self.panel)
        self._window.setCentralWidget(self._room)
        work.show()
        self._window.card_table.hide()  # the residents stand in for the list of specimens

    # --- what the clerk asks for --------------------------------------------------------

    @Slot()
    def _begin_lesson(self) -> None:
        self._practice.table.remove()
        self._practice.begin_lesson()
        self.eyes.begin()
        self._show()

    @Slot(str)
    def _insert(self, card: str) -> None:
        try:
            self._practice.table.insert(card)
        except KakanaiError as error:
            self._window.conversation.notice.tell_error(error)
        self._room.make_way()
        self._window.conversation.take_focus()  # the PIN is typed next

    @Slot()
    def _remove(self) -> None:
        self._practice.table.remove()

    @Slot(object)
    def _begin_exercise(self, exercise: Exercise) -> None:
        self._is_met = False
        try:
            self._practice.begin(exercise)
        except KakanaiError as error:
            self._window.conversation.notice.tell_error(error)
        if exercise.card:
            self._room.make_way()
        self.eyes.begin()
        self._show()

    @Slot()
    def _mend(self) -> None:
        self._practice.mend_printer()
        self._show()

    @Slot()
    def _ask_reset(self) -> None:
        self._window.show_counter()
        self._room.make_way()
        self._window.conversation.notice.tell(
            "caution",
            self.tr("練習をはじめに戻しますか。"),
            self.tr("練習の受付と記録がすべて消えて、窓が開き直ります。"),
            topic="practice-reset",
            actions=((self.tr("はじめに戻す"), self._reset),),
        )

    def _reset(self) -> None:
        self._practice.is_reset_wanted = True
        self._window.ending.end_now()

    # --- what is seen -------------------------------------------------------------------

    @Slot(object)
    def _take_seen(self, seen: Observed) -> None:
        self.panel.residents.show_on(seen.card)
        exercise = self._practice.exercise
        self._is_met = self._is_met or (exercise is not None and exercise.went_wrong(seen))
        self._practice.look(seen)
        self._show()

    def _show(self) -> None:
        practice = self._practice
        self.panel.lesson.show_lesson(practice.lesson)
        self.panel.faults.show_exercise(
            practice.exercise, practice.mastered, is_met=self._is_met, fault=practice.printer_fault
        )
        self.band.tell(self._told())

    def _told(self) -> str:
        practice = self._practice
        if practice.exercise is not None:
            done = practice.exercise.id in practice.mastered
            return f"{'✓ ' if done else ''}{practice.exercise.title}"
        step = practice.lesson.step
        if step is not None:
            place = f"{practice.lesson.place + 1}/{len(STEPS)}"
            return f"{place}　{step.title}　{practice.lesson.remark or step.words}"
        return self.tr("架空の住民で練習しています。本番の記録には何も残りません。")
