"""How the case on the window stands: what is known, typed, filled and printed. No widget in here."""

from PySide6.QtCore import QObject

from kakanai.cardreader.kinds import CardKind
from kakanai.counter import Counter
from kakanai.forms.filled import FilledForm, Finding
from kakanai.identity.evidence import ReadBy
from kakanai.identity.person import Person
from kakanai.printing.print_job import PrintedDocument
from kakanai.reception.case import Case, Step
from kakanai.reception.facts import Facts, QuestionGroup
from kakanai.reception.open_questions import open_in
from kakanai.sessionlog.entry import ClerkId
from kakanai.ui.desk import Desk
from kakanai.ui.typed_answers import TypedAnswers

CARD_SIGN = "●"
ASKED_SIGN = "✎"
DERIVED_SIGN = "="
"""Where a value came from: the card, the clerk's question or hand, a rule."""
PROPOSED_SIGN = "？"
"""What a dictionary proposes, and nobody confirmed."""


class CaseState(QObject):
    """The present case, None between two of them, and what follows from it; CaseFlow changes it."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.counter = Counter(desk.office, ClerkId(desk.clerk))
        self.case: Case | None = None
        self.typed = TypedAnswers(desk.office.variables)
        self.groups: list[QuestionGroup] = []
        self.facts = Facts()
        self.forms: tuple[FilledForm, ...] = ()
        self.documents: tuple[PrintedDocument, ...] = ()
        self.is_printing = False

    @property
    def is_open(self) -> bool:
        """Whether the case may still change (a new one may always)."""
        return self.case is None or (self.case.step is Step.OPEN and not self.is_printing)

    @property
    def is_released(self) -> bool:
        """Whether paper of this case may exist."""
        return self.case is not None and self.case.step is Step.RELEASED

    @property
    def person(self) -> Person | None:
        """Who is here, None before the card or the hand told."""
        return self.case.person if self.case else None

    @property
    def is_by_card(self) -> bool:
        """Whether the person came from a card."""
        evidence = self.case.evidence if self.case else None
        return evidence is not None and evidence.is_by_card

    @property
    def is_by_pin(self) -> bool:
        """Whether the person came from a マイナンバーカード by its PIN, which opens 個人番号 too."""
        evidence = self.case.evidence if self.case else None
        return self._is_my_number_card and evidence is not None and evidence.read_by is ReadBy.PIN

    @property
    def _is_my_number_card(self) -> bool:
        evidence = self.case.evidence if self.case else None
        return evidence is not None and evidence.card_kind == CardKind.MY_NUMBER

    @property
    def stopping(self) -> list[Finding]:
        """The findings that wait for the clerk."""
        return [finding for form in self.forms for finding in form.stopping]

    @property
    def page_count(self) -> int:
        """Pages of all forms."""
        return sum(len(form.pages) for form in self.forms)

    def my_number_forms(self) -> list[str]:
        """The chosen forms that carry 個人番号."""
        return self.counter.wants_my_number(self.case) if self.case else []

    def lacks_my_number(self) -> bool:
        """Whether a chosen form carries 個人番号, the card was read, and the number was not."""
        return (
            self.case is not None
            and self._is_my_number_card
            and self.is_open
            and self.case.my_number is None
            and bool(self.my_number_forms())
        )

    def unanswered(self) -> int:
        """How many questions have no answer yet あと n 項目: those at which Enter still stops."""
        return sum(self.unanswered_in(group) for group in self.groups)

    def unanswered_in(self, group: QuestionGroup) -> int:
        """How many questions of one stretch have no answer yet; of a list those of all its rows."""
        return len(open_in(group, self.facts))
