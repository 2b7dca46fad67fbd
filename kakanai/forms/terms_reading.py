"""The terms 取扱い of a form read from its head: fee, deadline, documents, events, never_print, copy."""

from collections.abc import Mapping

from kakanai.datafile import Node
from kakanai.forms.terms import FormTerms
from kakanai.reception.identity_rules import read_identity_rules
from kakanai.reception.life_event import LifeEvent
from kakanai.reception.terms_reading import read_conditions, read_deadlines, read_documents
from kakanai.reception.town_keys import town_keys
from kakanai.reception.variables import Condition, VariableCatalog

TERM_KEYS = frozenset(
    {"events", "fee", "deadline", "documents", "never_print", "copy", "identity", "asked_when"}
)
NO_FEE = "none"


def read_terms(entry: Mapping[str, Node], variables: VariableCatalog) -> FormTerms:
    """The terms in a form's head.

    Raises:
        DataFileError: an unknown event, fee, variable or option, with its line.
    """
    events = entry["events"].items() if "events" in entry else []
    return FormTerms(
        events=tuple(LifeEvent(node.one_of([e.value for e in LifeEvent])) for node in events),
        fees=_fees(entry.get("fee")),
        deadlines=read_deadlines(entry.get("deadline"), variables),
        documents=read_documents(entry.get("documents"), variables),
        never_print=entry["never_print"].texts() if "never_print" in entry else (),
        copy="copy" in entry and entry["copy"].flag(),
        identity=read_identity_rules(entry.get("identity"), variables),
        asked_when=_asked_when(entry.get("asked_when"), variables),
    )


def _asked_when(node: Node | None, variables: VariableCatalog) -> Mapping[str, tuple[Condition, ...]]:
    found: dict[str, tuple[Condition, ...]] = {}
    for name, given in node.mapping().items() if node else ():
        if not any(variable.split(".")[0] == name for variable in variables.variables):
            given.fail(f"asked_when には項目の名前の初めの部分を書いてください: {name}")
        found[name] = read_conditions(given, variables)
    return found


def _fees(node: Node | None) -> tuple[str, ...]:
    if node is None:
        return ()
    if node.text_value == NO_FEE:
        return ()
    many = [node] if node.list_value is None else node.items()
    return tuple(one.one_of(town_keys()["fees"]) for one in many)
