"""The terms 取扱い of a form read from its head: fee, deadline, documents, events, never_print, copy."""

import datetime as dt
import tomllib
from collections.abc import Mapping
from functools import lru_cache

from kakanai.datafile import Node
from kakanai.forms.terms import Deadline, DocumentUse, FormTerms, LifeEvent, RequiredDocument
from kakanai.reception.variables import ANSWERED, Condition, ValueType, VariableCatalog
from kakanai.resources import resource_root

TERM_KEYS = frozenset({"events", "fee", "deadline", "documents", "never_print", "copy"})
NO_FEE = "none"

_DAY_TYPES = {ValueType.DATE, ValueType.BIRTH_DATE}


@lru_cache(maxsize=1)
def town_keys() -> Mapping[str, frozenset[str]]:
    """The keys of each table of the town's settings; the shipped file alone decides which there are."""
    shipped = resource_root() / "town" / "mihon.toml"
    tables = tomllib.loads(shipped.read_text(encoding="utf-8"))
    return {name: frozenset(values) for name, values in tables.items()}


def section_of(node: Node) -> str:
    """The key of the section 受け取る課, which the town's settings must have."""
    return node.one_of(town_keys()["sections"])


def read_terms(entry: Mapping[str, Node], variables: VariableCatalog) -> FormTerms:
    """The terms in a form's head.

    Raises:
        DataFileError: an unknown event, fee, variable or option, with its line.
    """
    events = entry["events"].items() if "events" in entry else []
    return FormTerms(
        events=tuple(LifeEvent(node.one_of([e.value for e in LifeEvent])) for node in events),
        fees=_fees(entry.get("fee")),
        deadlines=tuple(_deadline(node, variables) for node in _many(entry.get("deadline"))),
        documents=tuple(_document(node, variables) for node in _many(entry.get("documents"))),
        never_print=entry["never_print"].texts() if "never_print" in entry else (),
        copy="copy" in entry and entry["copy"].flag(),
    )


def read_conditions(node: Node | None, variables: VariableCatalog) -> tuple[Condition, ...]:
    """Conditions `{variable: option|option}`; `any` for a variable without choices."""
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


def _fees(node: Node | None) -> tuple[str, ...]:
    if node is None:
        return ()
    if node.text_value == NO_FEE:
        return ()
    many = [node] if node.list_value is None else node.items()
    return tuple(one.one_of(town_keys()["fees"]) for one in many)


def _many(node: Node | None) -> list[Node]:
    if node is None or node.text_value == "none":
        return []
    return [node] if node.map_value is not None else node.items()


def _deadline(node: Node, variables: VariableCatalog) -> Deadline:
    entry = node.mapping(
        required={"text"},
        optional={"from", "days", "months", "years", "first_day_counts", "before", "until", "when"},
    )
    spans = {
        unit: entry[unit].integer(minimum=1, maximum=400) if unit in entry else 0
        for unit in ("days", "months", "years")
    }
    starts = entry["from"].text() if "from" in entry else ""
    if any(spans.values()) != bool(starts):
        node.fail("days・months・years には from(起点の日の項目)が、from にはそのどれかが要ります")
    variable = variables.variables.get(starts)
    if starts and (variable is None or variable.type not in _DAY_TYPES):
        entry["from"].fail(f"from は項目表の日付の項目にしてください: {starts}")
    return Deadline(
        text=entry["text"].text(),
        starts=starts,
        days=spans["days"],
        months=spans["months"],
        years=spans["years"],
        first_day_counts="first_day_counts" in entry and entry["first_day_counts"].flag(),
        before="before" in entry and entry["before"].flag(),
        until=day_of(entry["until"]) if "until" in entry else None,
        when=read_conditions(entry.get("when"), variables),
    )


def _document(node: Node, variables: VariableCatalog) -> RequiredDocument:
    if node.text_value is not None:
        return RequiredDocument(node.text())
    entry = node.mapping(required={"label"}, optional={"use", "when"})
    use = entry["use"].one_of([u.value for u in DocumentUse]) if "use" in entry else DocumentUse.SHOW
    return RequiredDocument(
        entry["label"].text(), DocumentUse(use), read_conditions(entry.get("when"), variables)
    )
