"""② on the window's case: the life event, guided procedures taken back or brought again, others by hand."""

from PySide6.QtCore import QObject, Slot

from kakanai.errors import KakanaiError
from kakanai.reception.guidance import Guidance, GuidedState
from kakanai.ui.case_checks import CaseChecks
from kakanai.ui.desk import Desk


class CaseGuidance(CaseChecks):
    """Chooses what the visitor came for.

    Signals: those of CaseChecks.
    """

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(desk, parent)
        self._told_of: tuple[object, ...] = ()
        self._told = Guidance()

    @property
    def life_event(self) -> str:
        """The life event ライフイベント that the case follows, empty for none."""
        return self.case.event if self.case else ""

    @property
    def guidance(self) -> Guidance:
        """What the rules say of the case now; nothing while there is none.

        Made once for the same case and answers: the window asks for it several times at each change.
        """
        case = self.case
        if case is None:
            return Guidance()
        people = (case.person, *case.companions.values())
        chosen = (case.event, case.by_hand, case.dropped)
        told_of = (case, case.answers, self.counter.office, self.today, chosen, people)
        if told_of != self._told_of:
            self._told_of, self._told = told_of, self.counter.guidance(case)
        return self._told

    @Slot()
    def _forget_guidance(self) -> None:
        """Nothing of a case that ended is kept here."""
        self._told_of, self._told = (), Guidance()

    @property
    def by_hand(self) -> list[str]:
        """The procedures that the clerk chose, beside those that the event brings."""
        return [procedure.id for procedure in self.case.by_hand] if self.case else []

    def choose_event(self, event: str) -> None:
        """Follow the guidance for an event; the one that is followed already is left."""
        try:
            self.counter.choose_event(self._begin(), "" if event == self.life_event else event)
        except KakanaiError as error:
            self.failed.emit(error)
        self._tell_change()

    def choose(self, procedures: list[str]) -> None:
        """Choose procedures 手続 by hand, instead of those that were chosen by hand before."""
        try:
            self.counter.choose(self._begin(), procedures)
        except KakanaiError as error:
            self.failed.emit(error)
        self._tell_change()

    def toggle(self, procedure: str) -> None:
        """Choose a procedure or take it back; a guided one stays in sight and comes again the same way."""
        if not self.is_open:
            return
        guided = self.guidance.of(procedure)
        if self.case is not None and guided is not None and guided.state is GuidedState.GUIDED:
            self.counter.drop(self.case, procedure)
            self._tell_change()
        elif self.case is not None and guided is not None and guided.state is GuidedState.DROPPED:
            self.counter.restore(self.case, procedure)
            self._tell_change()
        else:
            chosen = self.by_hand
            without = [one for one in chosen if one != procedure]
            self.choose(without if procedure in chosen else [*chosen, procedure])

    def has_form(self, form: str) -> bool:
        """Whether the office can make this form today, by a procedure of its own."""
        procedure = self.counter.office.procedures.for_form(form)
        try:
            self.counter.office.forms.by_id(form, on=self.today)
        except KakanaiError:
            return False
        return procedure is not None

    def choose_form(self, form: str) -> None:
        """Choose the procedure of a form, beside those that are chosen."""
        self.choose(list(dict.fromkeys([*self.by_hand, *self.counter.procedures_for_forms([form])])))
