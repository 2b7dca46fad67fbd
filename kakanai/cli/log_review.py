"""`kakanai log approve | send-back | comment | phrases`: what a supervisor says of cases."""

import argparse

from kakanai.cli.daybook_desk import open_daybook
from kakanai.cli.output import Output
from kakanai.cli.services import Services
from kakanai.daybook.review_phrases import ReviewKind
from kakanai.sessionlog.case_number import CaseNumber


def approve(asked: argparse.Namespace, services: Services, output: Output) -> int:
    """Approve cases: all of them, or none."""
    numbers = [CaseNumber(number) for number in asked.numbers]
    with open_daybook(asked, services) as book:
        book.approve_all(numbers, asked.phrase)
    return _tell(output, ReviewKind.APPROVE, numbers)


def send_back(asked: argparse.Namespace, services: Services, output: Output) -> int:
    """Send a case back to the clerk."""
    return _judge(ReviewKind.SEND_BACK, asked, services, output)


def comment(asked: argparse.Namespace, services: Services, output: Output) -> int:
    """Say something of a case without judging it."""
    return _judge(ReviewKind.COMMENT, asked, services, output)


def phrases(asked: argparse.Namespace, services: Services, output: Output) -> int:
    """What can be said of a case, by judgement."""
    with open_daybook(asked, services) as book:
        told = {kind: book.phrases(kind) for kind in ReviewKind}
    lines = []
    for kind, known in told.items():
        lines += [f"{kind.label}:", *(f"  {phrase.id}  {phrase.words}" for phrase in known)]
    data = {
        kind.value: [{"id": phrase.id, "words": phrase.words} for phrase in known]
        for kind, known in told.items()
    }
    output.result(data, lines)
    return 0


def _judge(kind: ReviewKind, asked: argparse.Namespace, services: Services, output: Output) -> int:
    number = CaseNumber(asked.numbers[0])
    with open_daybook(asked, services) as book:
        book.judge(kind, number, asked.phrase)
    return _tell(output, kind, [number])


def _tell(output: Output, kind: ReviewKind, numbers: list[CaseNumber]) -> int:
    lines = [f"{number} を{kind.label}しました。" for number in dict.fromkeys(numbers)]
    if kind is ReviewKind.COMMENT:
        lines = [f"{number} に付記しました。" for number in numbers]
    output.result({"review": kind.value, "cases": [str(number) for number in numbers]}, lines)
    return 0
