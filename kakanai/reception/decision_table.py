"""The decision table 判断表 of a life event: what each rule asks and brings, for the town to review."""

import csv
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from kakanai.reception.guidance import EventGuide, GuidanceRule
from kakanai.reception.procedure import Procedure, ProcedureCatalog
from kakanai.reception.terms import Deadline, DocumentUse, RequiredDocument
from kakanai.reception.variables import ANSWERED, CHOICE_TYPES, Condition, VariableCatalog

_USES = {DocumentUse.SHOW: "見せる", DocumentUse.SUBMIT: "出す", DocumentUse.RETURN: "返す"}
_RESULTS = ("手続", "様式", "持ち物・書類", "期限", "課", "理由", "根拠", "案内", "聞かずに決まること")
_NOTHING = "この答えで増える手続はありません"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class TableWords:
    """What the table is written with: the data, and the words of the town for sections and forms.

    `sections_of` gives the keys of the sections of a procedure's forms, `section_name` the town's name.
    """

    catalog: VariableCatalog
    procedures: ProcedureCatalog
    section_name: Callable[[str], str]
    sections_of: Callable[[Procedure], Iterable[str]]


def decision_table(guide: EventGuide, words: TableWords) -> list[list[str]]:
    """Header and rows: one for each alternative of each rule, then the options that bring nothing.

    A cell of a question has the options that must be chosen (・ between them: any one); an empty one does not
    matter. Options that no rule names have a row too, so that an omission is seen.
    """
    columns = _questions(guide, words.catalog)
    rows = [["規則", *(words.catalog.variables[name].label for name in columns), *_RESULTS]]
    for rule in guide.rules:
        for conditions in rule.when:
            cells = {c.variable: _options(c, words.catalog) for c in conditions}
            rows.append([rule.id, *(cells.get(name, "") for name in columns), *_results(rule, words)])
    for name, option in options_without_rule(guide, words.catalog):
        label = words.catalog.variables[name].choice_label(option)
        answers = [label if column == name else "" for column in columns]
        rows.append(["－", *answers, _NOTHING, *("" for _ in _RESULTS[1:])])
    return rows


def options_without_rule(guide: EventGuide, catalog: VariableCatalog) -> list[tuple[str, str]]:
    """The options of the event's own questions that no rule names, in their order."""
    named = {
        (condition.variable, option)
        for rule in guide.rules
        for conditions in rule.when
        for condition in conditions
        for option in condition.options
    }
    used = {variable for variable, _option in named}
    return [
        (name, choice.id)
        for name in guide.ask
        if name in used and catalog.variables[name].type in CHOICE_TYPES
        for choice in catalog.variables[name].choices
        if (name, choice.id) not in named
    ]


def table_csv(rows: list[list[str]]) -> bytes:
    """The table for a spreadsheet: UTF-8 with BOM, CRLF, every cell quoted, and no cell a formula."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([[f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in row] for row in rows])
    return text.getvalue().encode("utf-8-sig")


def _questions(guide: EventGuide, catalog: VariableCatalog) -> list[str]:
    """The variables of all conditions: those that are asked in their order, then what follows by rule."""
    used = {c.variable for rule in guide.rules for conditions in rule.when for c in conditions}
    asked = [name for name in guide.ask if name in used]
    return asked + [name for name in catalog.variables if name in used and name not in asked]


def _options(condition: Condition, catalog: VariableCatalog) -> str:
    if ANSWERED in condition.options:
        return "答えがある"
    choices = catalog.variables[condition.variable].choices
    return "・".join(choice.label for choice in choices if choice.id in condition.options)


def _results(rule: GuidanceRule, words: TableWords) -> list[str]:
    procedures = [words.procedures.by_id(name) for name in rule.procedures]
    forms = dict.fromkeys(form for procedure in procedures for form in procedure.forms)
    return [
        "・".join(procedure.title for procedure in procedures) or ("案内のみ" if rule.notice else "なし"),
        "・".join(forms),
        "／".join(_document(document, words.catalog) for document in rule.documents),
        "／".join(_deadline(deadline, words.catalog) for deadline in rule.deadlines),
        "・".join(words.section_name(key) for key in section_keys(rule, procedures, words.sections_of)),
        rule.why,
        rule.legal or "・".join(dict.fromkeys(p.legal for p in procedures if p.legal)),
        rule.notice,
        "、".join(_settled(name, value, words.catalog) for name, value in rule.settles.items()),
    ]


def section_keys(
    rule: GuidanceRule, procedures: Iterable[Procedure], sections_of: Callable[[Procedure], Iterable[str]]
) -> list[str]:
    """The sections 課 a rule sends people to: its own, else those of its procedures or of their forms."""
    if rule.section:
        return [rule.section]
    found: list[str] = []
    for procedure in procedures:
        found += [procedure.section] if procedure.section else sections_of(procedure)
    return list(dict.fromkeys(found))


def _document(document: RequiredDocument, catalog: VariableCatalog) -> str:
    when = "".join(f"（{_condition(c, catalog)}のとき）" for c in document.when)
    held = f"（不要: {document.held}）" if document.held else ""
    return f"{document.label}{when}を{_USES[document.use]}{held}"


def _deadline(deadline: Deadline, catalog: VariableCatalog) -> str:
    when = "".join(f"（{_condition(c, catalog)}のとき）" for c in deadline.when)
    starts = f"（起点: {catalog.variables[deadline.starts].label}）" if deadline.starts else ""
    return f"{deadline.text}{starts}{when}"


def _condition(condition: Condition, catalog: VariableCatalog) -> str:
    return f"{catalog.variables[condition.variable].label}: {_options(condition, catalog)}"


def _settled(name: str, value: object, catalog: VariableCatalog) -> str:
    variable = catalog.variables[name]
    options = value if isinstance(value, tuple) else (str(value),)
    return f"{variable.label}＝{'・'.join(variable.choice_label(option) for option in options)}"
