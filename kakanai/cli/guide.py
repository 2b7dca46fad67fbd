"""`kakanai guide`: the guidance 手続の案内 of each life event, its decision table, and a plan for answers."""

import argparse
import datetime as dt
from functools import partial
from pathlib import Path
from typing import Any

from kakanai.cli.errors import OutputFileError
from kakanai.cli.guide_shelf import GuideShelf
from kakanai.cli.json_file import read_json_object
from kakanai.cli.output import Output
from kakanai.cli.services import Services
from kakanai.forms.catalog import FormCatalog
from kakanai.forms.errors import FormOutOfDateError, UnknownFormError
from kakanai.identity.by_hand import person_from_mapping
from kakanai.identity.evidence import Evidence
from kakanai.reception.answers import parse_answers
from kakanai.reception.case import Case
from kakanai.reception.deadlines import Due, dues
from kakanai.reception.decision_table import TableWords, decision_table, section_keys, table_csv
from kakanai.reception.fact_table import Facts, holds
from kakanai.reception.facts import is_copied
from kakanai.reception.guidance import EventGuide, Guidance, GuidedProcedure
from kakanai.reception.guidance_plan import Surroundings, facts_of, plan
from kakanai.reception.variables import VariableCatalog
from kakanai.sessionlog.entry import JST

_NO_CASE = "R8-0101-0001"
"""A plan is made for no visitor; nothing is logged under this number."""


def list_events(_asked: argparse.Namespace, services: Services, output: Output) -> int:
    """Every life event ライフイベント that has guidance."""
    events = services.guide().guidance.events.values()
    output.result(
        {"events": [_event(event) for event in events]},
        [
            f"{e.number or ' '} {e.id.value:<12} {e.title}（質問 {len(e.ask)}・規則 {len(e.rules)}）"
            for e in events
        ],
    )
    return 0


def show(asked: argparse.Namespace, services: Services, output: Output) -> int:
    """The questions and rules of one event, as the decision table has them."""
    shelf = services.guide()
    guide = shelf.guidance.event(asked.event)
    rows = decision_table(guide, table_words(shelf))
    questions = [_question(name, shelf.variables) for name in guide.ask]
    rules = [
        {"rule": rule.id, "procedures": list(rule.procedures), "why": rule.why, "legal": rule.legal}
        for rule in guide.rules
    ]
    lines = [guide.title, *(f"  質問 {one['label']}" for one in questions)]
    lines += [_row_words(rows[0], row) for row in rows[1:]]
    output.result({**_event(guide), "questions": questions, "rules_of_event": rules}, lines)
    return 0


def _row_words(header: list[str], row: list[str]) -> str:
    told = [f"{words}: {cell}" for words, cell in zip(header[1:], row[1:], strict=True) if cell]
    return "　".join([f"  [{row[0]}]", *told])


def table(asked: argparse.Namespace, services: Services, output: Output) -> int:
    """The decision table of an event, written as a CSV that is not there yet."""
    shelf = services.guide()
    rows = decision_table(shelf.guidance.event(asked.event), table_words(shelf))
    _write_new(asked.csv, table_csv(rows))
    output.result(
        {"path": str(asked.csv), "rows": len(rows) - 1}, [f"{asked.csv}（{len(rows) - 1}行）"], precious=True
    )
    return 0


def make_plan(asked: argparse.Namespace, services: Services, output: Output) -> int:
    """What the guidance says of answers: procedures and why, documents, deadlines, notices. Logs nothing."""
    shelf = services.guide()
    guide = shelf.guidance.event(asked.event)
    case = Case(_NO_CASE)
    case.event = guide.id.value
    today = services.today()
    if asked.person:
        person, _number = person_from_mapping(read_json_object(asked.person))
        case.identify(person, Evidence.of_hand(person, dt.datetime.now(JST)))
    case.answer(parse_answers(shelf.variables, read_json_object(asked.answers) if asked.answers else {}))
    office = {"today": today}
    around = Surroundings(
        shelf.variables, shelf.procedures, office, today, partial(_has_form, shelf.forms, today)
    )
    guidance = plan(around, case, guide)
    case.choose(guidance.in_effect, settled=guidance.settled)
    facts = facts_of(around, case, guide)
    told = _plan(guidance, facts, shelf, today)
    output.result(told, _plan_lines(told))
    return 0


def _has_form(forms: FormCatalog, today: dt.date, form: str) -> bool:
    try:
        forms.by_id(form, on=today)
    except (UnknownFormError, FormOutOfDateError):
        return False
    return True


def table_words(shelf: GuideShelf) -> TableWords:
    """What the decision tables are written with."""
    return TableWords(
        shelf.variables, shelf.procedures, lambda key: shelf.town.section(key).name, shelf.sections_of
    )


def _write_new(path: Path, data: bytes) -> None:
    try:
        with path.open("xb") as file:
            file.write(data)
    except OSError as error:
        raise OutputFileError(file=path.name) from error


def _event(event: EventGuide) -> dict[str, Any]:
    return {
        "event": event.id.value,
        "number": event.number,
        "title": event.title,
        "kana": event.kana,
        "starts": event.starts,
        "ask": list(event.ask),
        "rules": len(event.rules),
    }


def _question(name: str, variables: VariableCatalog) -> dict[str, Any]:
    variable = variables.variables.get(name)
    choices = {choice.id: choice.label for choice in variable.choices} if variable else {}
    return {"variable": name, "label": variable.label if variable else name, "choices": choices}


def _plan(guidance: Guidance, facts: Facts, shelf: GuideShelf, today: dt.date) -> dict[str, Any]:
    rules = [fired.rule for fired in guidance.fired]
    documents = {d.label: d for rule in rules for d in rule.documents if holds(d.when, facts.values)}
    return {
        "event": guidance.event.id.value if guidance.event else "",
        "procedures": [_procedure(one, shelf) for one in guidance.procedures],
        "documents": [{"label": d.label, "use": d.use.value, "held": d.held} for d in documents.values()],
        "deadlines": [
            {"rule": rule.id, **_due(due, today)}
            for rule in rules
            for due in dues(rule.deadlines, facts.values)
        ],
        "notices": [
            {"rule": rule.id, "text": rule.notice, "sections": shelf.section_names([rule.section])}
            for rule in rules
            if rule.notice
        ],
        "settled": {name: list(v) if isinstance(v, tuple) else v for name, v in guidance.settled.items()},
        "to_ask": _to_ask(guidance, facts, shelf.variables),
    }


def _procedure(one: GuidedProcedure, shelf: GuideShelf) -> dict[str, Any]:
    keys = [
        key for fired in one.fired for key in section_keys(fired.rule, [one.procedure], shelf.sections_of)
    ]
    return {
        "procedure": one.procedure.id,
        "title": one.procedure.title,
        "state": one.state.value,
        "forms": list(one.procedure.forms),
        "sections": shelf.section_names(dict.fromkeys(keys)),
        "conflict": one.conflict,
        "reasons": [
            {
                "rule": fired.rule.id,
                "why": fired.rule.why,
                "legal": fired.rule.legal or one.procedure.legal,
                "because": [
                    {
                        "variable": b.variable,
                        "question": b.question,
                        "answer": b.answer,
                        "source": b.source.value,
                    }
                    for b in fired.because
                ],
                "who": list(fired.who),
            }
            for fired in one.fired
        ],
    }


def _due(due: Due, today: dt.date) -> dict[str, Any]:
    return {
        "text": due.text,
        "counted_from": due.counted_from.isoformat() if due.counted_from else None,
        "last_day": due.last_day.isoformat() if due.last_day else None,
        "is_over": due.is_over(today),
    }


def _to_ask(guidance: Guidance, facts: Facts, variables: VariableCatalog) -> list[str]:
    names = [name for name in guidance.event.ask if name in variables.variables] if guidance.event else []
    return [
        name
        for name in names
        if name not in facts.values
        and not variables.variables[name].list_name
        and holds(variables.variables[name].asked_when, facts.values)
        and not is_copied(variables.variables[name], facts.values)
    ]


def _plan_lines(told: dict[str, Any]) -> list[str]:
    lines: list[str] = []
    for one in told["procedures"]:
        lines.append(f"{one['title']}  {'・'.join(one['forms']) or '案内のみ'}  [{one['state']}]")
        lines += [f"    なぜ: {reason['why']}" for reason in one["reasons"]]
    lines += [f"案内: {one['text']}" for one in told["notices"]]
    lines += [f"持ち物: {one['label']}" for one in told["documents"]]
    lines += [f"期限: {one['text']}（{one['last_day'] or '日は未定'}）" for one in told["deadlines"]]
    return lines
