"""`kakanai downtime print | take | void | list`: paper for when the machines stand still."""

import argparse
import contextlib
import sys
from collections.abc import Iterator
from typing import Final

from kakanai.cli.errors import UsageError
from kakanai.cli.output import Output
from kakanai.cli.services import Services
from kakanai.cli.signed_in import is_typed, require
from kakanai.downtime.kit_desk import KitDesk
from kakanai.downtime.kit_papers import KitPaper, PaperState
from kakanai.downtime.paper_number import PaperNumber
from kakanai.sessionlog.entry import JST
from kakanai.staff.act import Act

_STATES: Final = {PaperState.WAITING: "まだ", PaperState.TAKEN: "記録済み", PaperState.VOID: "廃棄"}


def print_kit(asked: argparse.Namespace, services: Services, output: Output) -> int:
    """A kit of numbered blank forms as PDF files, and the list 使用記録."""
    forms = [form.strip() for form in asked.forms.split(",") if form.strip()]
    with _desk(asked, services, Act.PREPARE_DOWNTIME) as desk:
        kit = desk.print_kit(forms, asked.count, asked.out)
    numbers = {one.template.id: one.numbers for one in kit.forms}
    data = {
        "kit": kit.kit,
        "numbers": {form: list(of_form) for form, of_form in numbers.items()},
        "pages": kit.pages,
        "files": [str(path) for path in kit.files],
    }
    lines = [
        *(f"{form}  {of_form[0]} 〜 {of_form[-1]}（{len(of_form)} 部）" for form, of_form in numbers.items()),
        *(str(path) for path in kit.files),
        "印刷して、使用記録（_list.pdf）と一緒に保管します。",
    ]
    output.result(data, lines, precious=True)
    return 0


def take(asked: argparse.Namespace, services: Services, output: Output) -> int:
    """The papers of one visitor become one case of the log."""
    numbers = _numbers(asked)
    procedures = [name.strip() for name in asked.purpose.split(",") if name.strip()]
    with _desk(asked, services, Act.USE_COUNTER) as desk:
        day = asked.day or desk.office.now().astimezone(JST).date()
        taken = desk.take(numbers, day, procedures)
    data = {
        "case_number": taken.case_number,
        "day": day.isoformat(),
        "papers": [{"number": paper.number, "form": paper.record.form} for paper in taken.papers],
    }
    told = "、".join(f"{paper.number}（{paper.record.form}）" for paper in taken.papers)
    output.result(data, [f"受付番号 {taken.case_number} として記録しました: {told}"], precious=True)
    return 0


def void(asked: argparse.Namespace, services: Services, output: Output) -> int:
    """Papers that were destroyed are noted so; at a terminal they are named first, and no is the default."""
    numbers = _numbers(asked)
    with _desk(asked, services, Act.PREPARE_DOWNTIME) as desk:
        if is_typed() and not asked.yes and not _agreed(desk, numbers, output):
            output.result({"papers": []}, ["何も記録していません。"])
            return 0
        papers = desk.void(numbers)
    output.result(
        {"papers": [paper.number for paper in papers]},
        [f"{paper.number}（{paper.record.form}）を廃棄したと記録しました。" for paper in papers],
    )
    return 0


def _agreed(desk: KitDesk, numbers: list[PaperNumber], output: Output) -> bool:
    papers = [desk.paper(number) for number in dict.fromkeys(numbers)]
    output.note("、".join(f"{paper.number}（{paper.record.form}）" for paper in papers))
    output.note(
        f"この用紙 {len(papers)} 枚を廃棄にすると、その番号ではもう受け付けられません。取り消せません。"
    )
    output.note("廃棄にしますか（はい: y、いいえ: Enter）")
    return sys.stdin.readline().strip().lower() in {"y", "yes", "はい"}


def list_papers(asked: argparse.Namespace, services: Services, output: Output) -> int:
    """The papers that were printed and are not in the log yet."""
    with _desk(asked, services, Act.VIEW_DAY) as desk:
        papers = [paper for paper in desk.papers() if asked.all or paper.state is PaperState.WAITING]
    output.result(
        {"papers": [_told(paper) for paper in papers]},
        [
            f"{paper.number}  {paper.record.form:<4} {paper.printed_on.isoformat()}  {_STATES[paper.state]}"
            for paper in papers
        ]
        or ["まだ記録していない用紙はありません。"],
    )
    return 0


def _told(paper: KitPaper) -> dict[str, object]:
    return {
        "number": paper.number,
        "form": paper.record.form,
        "version": paper.record.version,
        "printed_on": paper.printed_on.isoformat(),
        "state": paper.state.value,
        "day": paper.day.isoformat() if paper.day else None,
    }


def _numbers(asked: argparse.Namespace) -> list[PaperNumber]:
    lines = asked.numbers or [line for line in _typed_lines() if line.strip()]
    if not lines:
        raise UsageError(problem="用紙の番号を書いてください")
    return [PaperNumber.typed(line) for line in lines]


def _typed_lines() -> list[str]:
    try:
        return sys.stdin.readlines() if sys.stdin is not None else []
    except (OSError, ValueError):  # closed, or no text
        return []


@contextlib.contextmanager
def _desk(asked: argparse.Namespace, services: Services, act: Act) -> Iterator[KitDesk]:
    """The desk of who runs this command, when they may do the act; the log is closed at the end."""
    town = services.prepare()
    office = services.open_office(town, "", None)
    try:
        who = require(
            services, town, office.log, act, asked.clerk, default=town.default_clerk, guard=office.guard
        )
        yield KitDesk(office, who.number)
    finally:
        office.log.close()
