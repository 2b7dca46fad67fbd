"""Whose data is on the visitor's screen, and whether they are still the one whom the clerk meant."""

from kakanai.identity.birth_date import BirthDate
from kakanai.identity.person import Person
from kakanai.reception.companion import VISITOR_KEY
from kakanai.ui.case_flow import CaseFlow
from kakanai.ui.visitor.visitor_view import NEUTRAL, VisitorView, companion_check, visitor_check

_Who = tuple[str, str, BirthDate | None]
"""Case, name and birth date: another card of the same person is the same person."""


class PersonOnScreen:
    """Holds the person's key in the case, and who that was when the clerk chose."""

    def __init__(self, flow: CaseFlow) -> None:
        self._flow = flow
        self._key = ""
        self._chosen: _Who | None = None
        self._greeted: _Who | None = None

    def choose(self, key: str) -> bool:
        """Take the person of this key; False when there is nobody of it."""
        who = self._who(key)
        if who is None:
            return False
        self._key, self._chosen = key, who
        return True

    def choose_new_visitor(self) -> bool:
        """Take the visitor, if this is the first time that a card or the hand told of them."""
        who = self._who(VISITOR_KEY)
        if who is None or who == self._greeted:
            return False
        self._greeted = who
        return self.choose(VISITOR_KEY)

    @property
    def is_still_there(self) -> bool:
        """Whether the chosen person is in the present case, under the same key."""
        return self._chosen is not None and self._who(self._key) == self._chosen

    def view(self) -> VisitorView:
        """The data to check, as the case has it now."""
        case = self._flow.case
        if case is None:
            return NEUTRAL
        if self._key == VISITOR_KEY:
            return visitor_check(case, self._flow.facts.values)
        return companion_check(case, self._key)

    def names(self) -> dict[str, str]:
        """The people of the case by key, for the clerk to choose from."""
        case = self._flow.case
        if case is None:
            return {}
        visitor = {VISITOR_KEY: case.person.name} if case.person else {}
        return visitor | {key: companion.person.name for key, companion in case.companions.items()}

    def forget(self) -> None:
        """Nobody is on the screen any more."""
        self._key, self._chosen = "", None

    def end(self) -> None:
        """The case is over."""
        self.forget()
        self._greeted = None

    def _who(self, key: str) -> _Who | None:
        case = self._flow.case
        person = self._person_of(key)
        return (case.number, person.name, person.birth_date) if case and person else None

    def _person_of(self, key: str) -> Person | None:
        case = self._flow.case
        if case is None or key == VISITOR_KEY:
            return case.person if case else None
        companion = case.companions.get(key)
        return companion.person if companion else None
