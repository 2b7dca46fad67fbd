"""What the facts say of one row of a list, as its block on the window needs it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kakanai.identity.evidence import FactSource
from kakanai.reception.answers import Value
from kakanai.reception.facts import Facts, QuestionGroup
from kakanai.reception.open_questions import box_name, is_asked_in_row, is_told_elsewhere, number_of_row
from kakanai.ui.answer_field import AnswerField
from kakanai.ui.answer_words import in_words
from kakanai.ui.case_state import CARD_SIGN, DERIVED_SIGN


@dataclass(frozen=True, repr=False)
class RowFacts:
    """`known` values by variable id, `asked` questions, and `told` ones with the sign of their source.

    A told question has its answer from a card or another list, and is shown as a line of words. `number` is
    the row's place on paper, 0 while nothing of it could be printed.
    """

    number: int = 0
    known: Mapping[str, Value] = field(default_factory=dict)
    asked: frozenset[str] = frozenset()
    told: Mapping[str, str] = field(default_factory=dict)

    def told_in_words(self, fields: Mapping[str, AnswerField]) -> str:
        """The told values in the order of the questions: ● 生年月日 平成30年5月5日."""
        return "　".join(
            f"{self.told[name]} {shown.label.text()} {in_words(self.known[name], shown.variable)}"
            for name, shown in fields.items()
            if name in self.told
        )


def row_facts(group: QuestionGroup, key: str, facts: Facts) -> RowFacts:
    """The facts of the row with this key; of a row that is still empty, the questions that will be asked."""
    number = number_of_row(group.list_name, key, facts)
    known = facts.rows[group.list_name][number - 1] if number else {}
    asked: set[str] = set()
    told: dict[str, str] = {}
    for question in group.questions:
        name = question.variable.id
        box = box_name(name, number)
        if name in known and is_told_elsewhere(box, facts):
            is_read = facts.sources.get(box) is FactSource.CARD
            told[name] = CARD_SIGN if is_read else DERIVED_SIGN
        elif is_asked_in_row(question.variable, known, facts):
            asked.add(name)
    return RowFacts(number, known, frozenset(asked), told)
