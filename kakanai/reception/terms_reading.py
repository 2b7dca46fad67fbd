"""Conditions, deadlines and documents read from a data file, for forms and guidance rules."""

import datetime as dt

from kakanai.datafile import Node
from kakanai.reception.terms import Deadline, DocumentUse, MetBy, RequiredDocument
from kakanai.reception.variables import ANSWERED, Condition, ValueType, VariableCatalog

NONE = "none"

_DAY_TYPES = {ValueType.DATE, ValueType.BIRTH_DATE}


def read_conditions(node: Node | None, variables: VariableCatalog) -> tuple[Condition, ...]:
    """Conditions `{variable: option|option}`; `any` for a variable without choices.

    Raises:
        DataFileError: an unknown variable or option, with its line.
    """
    if node is None:
        return ()
    conditions: list[Condition] = []
    for name, value in node.mapping().items():
        variable = variables.variables.get(name)
        options = frozenset(part.strip() for part in value.text().split("|"))
        known = {choice.id for choice in variable.choices} or {ANSWERED} if variable else set()
        if not options <= known:
            value.fail(f"when の項目か値が項目表にありません: {name}")
        conditions.append(Condition(name, options))
    return tuple(conditions)


def day_of(node: Node) -> dt.date:
    """A day written `2026-04-01`."""
    try:
        return dt.date.fromisoformat(node.text())
    except ValueError:
        node.fail("日付は 2026-04-01 の形で書いてください")


def day_variable(node: Node, variables: VariableCatalog) -> str:
    """The name of a variable that holds a day."""
    variable = variables.variables.get(node.text())
    if variable is None or variable.type not in _DAY_TYPES:
        node.fail(f"from は項目表の日付の項目にしてください: {node.text()}")
    return variable.id


def read_deadlines(node: Node | None, variables: VariableCatalog) -> tuple[Deadline, ...]:
    """One deadline 期限, a list of them, or `none`."""
    return tuple(_deadline(one, variables) for one in _many(node))


def read_documents(node: Node | None, variables: VariableCatalog) -> tuple[RequiredDocument, ...]:
    """A list of documents 必要書類, one alone, or `none`."""
    return tuple(_document(one, variables) for one in _many(node))


def _many(node: Node | None) -> list[Node]:
    if node is None or node.text_value == NONE:
        return []
    return [node] if node.map_value is not None else node.items()


def _deadline(node: Node, variables: VariableCatalog) -> Deadline:
    entry = node.mapping(
        required={"text"},
        optional={
            "from", "days", "months", "years", "first_day_counts", "elapsed", "before", "until", "when",
        },
    )  # fmt: skip
    spans = {
        unit: entry[unit].integer(minimum=1, maximum=400) if unit in entry else 0
        for unit in ("days", "months", "years")
    }
    if any(spans.values()) != ("from" in entry):
        node.fail("days・months・years には from(起点の日の項目)が、from にはそのどれかが要ります")
    starts = day_variable(entry["from"], variables) if "from" in entry else ""
    before = "before" in entry and entry["before"].flag()
    if before and not spans["days"]:
        entry["before"].fail("before は days と一緒に書いてください")
    return Deadline(
        text=entry["text"].text(),
        starts=starts,
        days=spans["days"],
        months=spans["months"],
        years=spans["years"],
        first_day_counts="first_day_counts" in entry and entry["first_day_counts"].flag(),
        elapsed="elapsed" in entry and entry["elapsed"].flag(),
        before=before,
        until=day_of(entry["until"]) if "until" in entry else None,
        when=read_conditions(entry.get("when"), variables),
    )


def _document(node: Node, variables: VariableCatalog) -> RequiredDocument:
    if node.text_value is not None:
        return RequiredDocument(node.text())
    entry = node.mapping(required={"label"}, optional={"use", "when", "held", "met_by"})
    use = entry["use"].one_of([u.value for u in DocumentUse]) if "use" in entry else DocumentUse.SHOW
    met_by = MetBy(entry["met_by"].one_of([m.value for m in MetBy])) if "met_by" in entry else None
    return RequiredDocument(
        entry["label"].text(),
        DocumentUse(use),
        read_conditions(entry.get("when"), variables),
        held=entry["held"].text() if "held" in entry else "",
        met_by=met_by,
    )
