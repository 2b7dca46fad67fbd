"""`kakanai log case | search`: what the log tells, in words."""

import argparse

from kakanai.cli.daybook_desk import open_daybook
from kakanai.cli.errors import UsageError
from kakanai.cli.output import Output
from kakanai.cli.services import Services
from kakanai.daybook.case_words import (
    card_words,
    clock,
    day_words,
    ended_words,
    outcome_sign,
    read_by_words,
    review_words,
)
from kakanai.daybook.look_purpose import LookPurpose
from kakanai.daybook.timeline import CaseTimeline, ToldAct
from kakanai.daybook.titles import Titles
from kakanai.sessionlog.case_line import CaseLine
from kakanai.sessionlog.case_number import CaseNumber

_MOST: int = 10_000


def case(asked: argparse.Namespace, services: Services, output: Output) -> int:
    """Every act of one case, in its order."""
    with open_daybook(asked, services) as book:
        told = book.timeline(CaseNumber(asked.number), LookPurpose(asked.why))
        lines = _timeline(told, book.titles)
    data = {"case": told.line.to_mapping(), "acts": [act.to_mapping() for act in told.acts]}
    output.result(data, lines)
    return 0


def search(asked: argparse.Namespace, services: Services, output: Output) -> int:
    """The cases that words find, newest first."""
    if not 1 <= asked.limit <= _MOST:
        raise UsageError(problem=f"--limit は 1 から {_MOST} までです")
    with open_daybook(asked, services) as book:
        query = book.query_from(" ".join(asked.words))
        found = book.search(
            query, LookPurpose(asked.why), newest_first=not asked.oldest_first, size=asked.limit
        )
        lines = [case_line(line, book.titles) for line in found.lines]
    more = "" if found.is_complete else "（続きがあります。--limit を増やすか、ことばを足してください）"
    told = [f"見つかった受付 {len(found.lines)} 件{more}", *lines]
    output.result({"cases": [line.to_mapping() for line in found.lines], "complete": found.is_complete}, told)
    return 0


def case_line(line: CaseLine, titles: Titles) -> str:
    """One case in one line."""
    outcome = ended_words(line.outcome, is_ended=line.finished_at is not None)
    when = f"{line.day.isoformat()} {clock(line.opened_at)}-{clock(line.finished_at) or '     '}"
    what = "・".join(map(titles.procedure, line.procedures)) or "－"
    forms = ",".join(form.form for form in line.forms) or "-"
    how = f"{outcome_sign(line.outcome)} {outcome}  {review_words(line.review)}"
    return f"{line.case_number}  {when}  {line.staff}  {forms}  {line.pages}枚  {how}  {what}"


def _timeline(told: CaseTimeline, titles: Titles) -> list[str]:
    line = told.line
    card = "・".join(filter(None, (card_words(line.card_kind), read_by_words(line.read_by))))
    lines = [case_line(line, titles), *([f"  {card}"] if card else [])]
    day = None
    for act in told.acts:
        if act.day != day:
            day = act.day
            lines.append(day_words(day))
        lines += _act(act)
    return lines


def _act(act: ToldAct) -> list[str]:
    counter = f" 窓口{act.counter}" if act.counter else ""
    return [
        f"  {act.clock}  {act.staff}{counter}  {act.sentence}",
        *(f"            {detail}" for detail in act.details),
    ]
