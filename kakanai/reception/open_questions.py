"""Which questions are still open: what あと n 項目 counts, and where Enter stops."""

from collections.abc import Iterator, Mapping

from kakanai.identity.evidence import FactSource
from kakanai.reception.answers import Value
from kakanai.reception.companion import VISITOR_KEY
from kakanai.reception.fact_table import VISITOR_LIST, Facts, holds
from kakanai.reception.facts import Question, QuestionGroup
from kakanai.reception.variables import ROW_KEY, ValueType, Variable


def box_name(variable: str, number: int) -> str:
    """The field name of a question about one row of a list, counted from 1: `member.name[2]`."""
    return f"{variable}[{number}]"


def is_asked_in_row(variable: Variable, row: Mapping[str, Value], facts: Facts) -> bool:
    """Whether the question comes up for this row, by what is known of the row and of the case."""
    return holds(variable.asked_when, {**facts.values, **row})


def is_told_elsewhere(name: str, facts: Facts) -> bool:
    """Whether a box of a row has its value from a card, a person typed before, or another list.

    Such a value is shown and not asked; it is changed where it was told.
    """
    return name in facts.origins or facts.sources.get(name) in {FactSource.CARD, FactSource.HAND}


def number_of_row(list_name: str, key: str, facts: Facts) -> int:
    """Which row of its list the one with this key is, from 1; 0 while it has nothing to print."""
    rows = facts.rows.get(list_name, [])
    return next((n for n, row in enumerate(rows, start=1) if row.get(f"{list_name}.{ROW_KEY}") == key), 0)


def is_counted(question: Question) -> bool:
    """Whether a question is one to be asked; what may be left (なければ選ばない) is not."""
    return not question.variable.optional


def open_in_row(group: QuestionGroup, row: Mapping[str, Value], facts: Facts) -> list[str]:
    """The variables of one row of a list that have no answer yet."""
    return [
        question.variable.id
        for question in group.questions
        if is_counted(question)
        and question.variable.id not in row
        and is_asked_in_row(question.variable, row, facts)
    ]


def _rows_asked(group: QuestionGroup, facts: Facts) -> Iterator[Mapping[str, Value]]:
    rows = facts.rows.get(group.list_name, [])
    # What is asked of the visitor as a member has questions of its own; those of their row copy them.
    key = f"{VISITOR_LIST}.{ROW_KEY}"
    return (row for row in rows if row.get(key) != VISITOR_KEY)


def open_in(group: QuestionGroup, facts: Facts) -> list[str]:
    """The variables of a group that have no answer yet; of a list once for each row.

    Counts 通数 of one group are one question: which certificates, and how many of each.
    """
    if group.list_name:
        return [name for row in _rows_asked(group, facts) for name in open_in_row(group, row, facts)]
    asked = [question.variable for question in group.questions if is_counted(question)]
    counts = [variable.id for variable in asked if variable.type is ValueType.COUNT]
    left = [v.id for v in asked if v.type is not ValueType.COUNT and v.id not in facts.values]
    is_open = bool(counts) and not any(facts.values.get(name) for name in counts)
    return [*counts[:1], *left] if is_open else left
