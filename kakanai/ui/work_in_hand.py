"""The cases in hand 受付中・保留: saved at every key, put aside, gone on with, ended with their day."""

import contextlib
import dataclasses
import datetime as dt
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from kakanai.counter.interruptions import DAY_OVER_CODE
from kakanai.drafts.draft import Draft, DraftState, new_id
from kakanai.drafts.draft_store import Loaded
from kakanai.drafts.draft_writer import DraftWriter
from kakanai.drafts.visit_book import Visit
from kakanai.errors import KakanaiError
from kakanai.sessionlog.entry import JST
from kakanai.ui.case_flow import CaseFlow
from kakanai.ui.conversation import Conversation
from kakanai.ui.draft_link import DraftLink
from kakanai.ui.work_place import WorkPlace

_LOOK_EVERY_MS: Final = 60_000
_FLUSH_S: Final = 5.0


class WorkInHand(QObject):
    """Knows which cases are put aside, and keeps the draft of the one that the clerk is at.

    Without a `link` cases can be put aside, but live in memory only.

    Signals:
        listed(): a case was put aside, gone on with, closed or given up.
        found(tuple of Draft): these cases were cut off before; the clerk may go on with them.
        resumed(WorkPlace): a case goes on; the clerk was there.
        saved(clock): the case is on disk as it was typed at that time.
        unsaved(KakanaiError): it could not be kept.
        day_over(tuple of numbers): these were left open on an earlier day and are given up now.
        met(tuple of Visit): the visitor has other cases of today.
    """

    listed = Signal()
    found = Signal(object)
    resumed = Signal(object)
    saved = Signal(str)
    unsaved = Signal(object)
    day_over = Signal(object)
    met = Signal(object)

    def __init__(self, flow: CaseFlow, conversation: Conversation, link: DraftLink | None) -> None:
        super().__init__(conversation)
        self._flow = flow
        self._conversation = conversation
        self._writer: DraftWriter | None = link.writer if link else None
        self.held: list[Draft] = []
        self.done: list[Visit] = []
        self._id = new_id()
        self._last: tuple[DraftState, dict[str, Any]] | None = None
        self._saved_at: dt.datetime | None = None
        self._known_as: tuple[str, str, str] | None = None
        self._number = ""
        self._line: QLineEdit | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)  # once for all that one key changes
        self._soon.timeout.connect(self.save_now)
        self._look = QTimer(self)
        self._look.setInterval(_LOOK_EVERY_MS)
        self._look.timeout.connect(self.end_earlier_days)
        for signal in (flow.changed, flow.asked, flow.filled, conversation.stretch_opened):
            signal.connect(self._touch)
        entry = conversation.person.hand_entry
        for line in (entry.name, entry.address, entry.birth_date, conversation.person.address.line):
            line.textChanged.connect(self._touch)
        conversation.question.noticed.connect(self._touch)
        flow.ended.connect(self._take_end)
        flow.changed.connect(self._meet)
        flow.printed.connect(self._note_forms)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow_focus)
        if link is not None:
            link.found.connect(self._take_found)
            link.saved.connect(self._take_saved)
            link.failed.connect(self.unsaved)
            link.met.connect(self._take_met)

    def start(self) -> None:
        """Open the drafts."""
        if self._writer is not None:
            self._writer.start()
        self._look.start()

    def close(self) -> None:
        """Write what is left; the window is closing."""
        self._look.stop()
        self._soon.stop()
        if self._writer is not None:
            self._writer.close(_FLUSH_S)

    # --- saving -------------------------------------------------------------------------

    @Slot()
    def _touch(self) -> None:
        if not self._soon.isActive():
            self._soon.start()

    @Slot(QWidget, QWidget)
    def _follow_focus(self, _left: QWidget | None, entered: QWidget | None) -> None:
        """The cursor's place is kept too, and a line tells of it only itself."""
        if self._line is not None:
            with contextlib.suppress(RuntimeError):  # the line is gone meanwhile
                self._line.cursorPositionChanged.disconnect(self._touch)
        self._line = entered if isinstance(entered, QLineEdit) else None
        if self._line is not None:
            self._line.cursorPositionChanged.connect(self._touch)
        self._touch()

    @Slot()
    def save_now(self) -> None:
        """Hand the state of this moment to the writer, if it is another than the last."""
        if self._flow.is_printing:
            return  # the paper thread has the case; what follows is told when it is done
        body = self._body()
        if body is None:
            if self._last is not None:
                self._drop(self._id)
                self._begin_anew()
            return
        if self._last == (DraftState.OPEN, body):
            return
        self._last = (DraftState.OPEN, body)
        self._save(self._draft(DraftState.OPEN, body))

    def _body(self) -> dict[str, Any] | None:
        place = WorkPlace.of(self._conversation)
        case = self._flow.body()
        if case is None and not place.has_texts:
            return None
        return {"case": case, "place": place.to_plain()}

    def _draft(self, state: DraftState, body: dict[str, Any]) -> Draft:
        number = self._flow.case.number if self._flow.case else ""
        return Draft(self._id, str(number), self._now(), state, body)

    def _save(self, draft: Draft) -> None:
        self._saved_at = draft.saved_at
        if self._writer is not None:
            self._writer.save(draft)

    def _drop(self, draft: str) -> None:
        if self._writer is not None:
            self._writer.remove(draft)

    def _begin_anew(self) -> None:
        self._id, self._last, self._saved_at, self._known_as = new_id(), None, None, None

    def _now(self) -> dt.datetime:
        return self._flow.counter.office.now()

    def _clock(self) -> str:
        return self._now().astimezone(JST).strftime("%H:%M")

    @Slot(object)
    def _take_saved(self, draft: Draft) -> None:
        if draft.id == self._id:
            self.saved.emit(draft.clock)

    # --- putting aside ------------------------------------------------------------------

    def suspend(self) -> bool:
        """Put the present case aside 保留; False when there is none or it cannot be."""
        body = self._body()
        if body is None:
            return False
        draft = self._draft(DraftState.SUSPENDED, body)
        if self._flow.case is not None:
            if not self._flow.suspend():
                return False
        else:
            self._conversation.person.hand_entry.wipe()
            self._conversation.person.show_current()
        self._save(draft)
        self.held.append(draft)
        self._begin_anew()
        self._soon.stop()
        self.listed.emit()
        return True

    def resume(self, draft: Draft) -> bool:
        """Go on with a case that was put aside, after putting the present one aside."""
        if draft not in self.held or self._flow.is_printing:
            return False
        if (self._flow.case is not None or self._body() is not None) and not self.suspend():
            return False
        case, place = draft.body["case"], WorkPlace.from_plain(draft.body["place"])
        self._id, self._last = draft.id, None
        if case is not None and not self._flow.restore(draft.number, case):
            self._begin_anew()
            return False
        self.held.remove(draft)
        self.resumed.emit(place)
        self.listed.emit()
        self._touch()
        return True

    def resume_next(self, step: int) -> bool:
        """Go on with the next case in the list (1), or the one before (-1)."""
        if not self.held:
            return False
        return self.resume(self.held[0 if step > 0 else -1])

    def discard(self, draft: Draft, code: str) -> bool:
        """Give a case up that was put aside; False when the log could not be told, and it stays."""
        try:
            if draft.number:
                self._flow.counter.end_draft(draft.number, code)
        except KakanaiError as error:
            self._flow.failed.emit(error)
            return False
        self.held.remove(draft)
        self._drop(draft.id)
        if draft.number and self._writer is not None:
            self._writer.forget_visit(draft.number)
        self.listed.emit()
        return True

    @Slot(object)
    def _take_found(self, loaded: Loaded) -> None:
        known = {draft.id for draft in self.held} | {self._id}
        found = [draft for draft in loaded.drafts if draft.id not in known]
        self.held = [*found, *self.held]
        for failure in loaded.failures:
            self.unsaved.emit(failure)
        self.end_earlier_days()
        self.listed.emit()
        left = tuple(draft for draft in found if draft in self.held)
        if left:
            self.found.emit(left)

    @Slot()
    def end_earlier_days(self) -> None:
        """Give up what was left open on an earlier day: drafts do not outlive theirs."""
        today = self._now().astimezone(JST).date()
        last = self._saved_at
        if last is not None and last.astimezone(JST).date() < today and self.suspend():
            # It was put aside just now, but nobody was at it today.
            self.held[-1] = dataclasses.replace(self.held[-1], saved_at=last)
        earlier = [draft for draft in self.held if draft.day < today]
        ended = [draft for draft in earlier if self.discard(draft, DAY_OVER_CODE)]
        if self._writer is not None:
            self._writer.end_earlier_days()
        if ended:
            self.day_over.emit(tuple(draft.number for draft in ended if draft.number))

    # --- the end ------------------------------------------------------------------------

    @Slot(bool)
    def _take_end(self, served: bool) -> None:
        if self._flow.was_suspended:
            return
        self._drop(self._id)
        number, self._number = self._number, ""
        if number and not served and self._writer is not None:
            self._writer.forget_visit(number)
        if served and number:
            self.done.append(Visit(number, self._clock()))
        self._begin_anew()
        self.listed.emit()

    # --- today's other visits -----------------------------------------------------------

    @Slot()
    def _meet(self) -> None:
        case, person = self._flow.case, self._flow.person
        if case is not None:
            self._number = str(case.number)
        if case is None or person is None or not person.name or person.birth_date is None:
            return
        known_as = (person.name, person.birth_date.iso, str(case.number))
        if known_as == self._known_as:
            return
        self._known_as = known_as
        if self._writer is not None:
            self._writer.meet(person.name, person.birth_date.iso, Visit(str(case.number), self._clock()))

    @Slot()
    def _note_forms(self) -> None:
        if self._flow.case is not None and self._writer is not None:
            self._writer.note_forms(str(self._flow.case.number), tuple(self._flow.case.forms))

    @Slot(str, object)
    def _take_met(self, number: str, visits: tuple[Visit, ...]) -> None:
        if self._flow.case is not None and self._flow.case.number == number:
            self.met.emit(visits)
