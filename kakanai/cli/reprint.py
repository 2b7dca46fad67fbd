"""`kakanai cases reprint`: the paper of a case that is over once more, from what the town keeps of it."""

import argparse

from kakanai.cli.output import Output
from kakanai.cli.reprint_arguments import TOWN_PRINTERS
from kakanai.cli.services import Services
from kakanai.cli.signed_in import guard_of, require_of
from kakanai.cli.way_out import require_folder
from kakanai.counter.corrections import CorrectionReason
from kakanai.counter.counter import PrintedUnloggedError
from kakanai.counter.reprints import Reprints
from kakanai.errors import KakanaiError
from kakanai.printing.print_job import PrintedDocument, Printer
from kakanai.sessionlog.entry import CaseNumber
from kakanai.settings import Town
from kakanai.staff.act import Act


def reprint(asked: argparse.Namespace, services: Services, output: Output) -> int:
    """Print forms of a case again, byte for byte as they were, and log why."""
    town = services.prepare()
    number = CaseNumber(asked.number)
    office = services.open_office(town, "", None)
    try:
        guard = guard_of(services, town, office.log, office.guard)
        who = require_of(guard, Act.REPRINT, asked.clerk, default=town.default_clerk)
        reprints = Reprints(office, guard, who.number)
        reprints.kept(number)  # before a printer is asked
        printer = _way_out(asked, services, town)
        unlogged: KakanaiError | None = None
        try:
            printed = reprints.reprint(number, asked.form, CorrectionReason(asked.reason), printer)
        except PrintedUnloggedError as error:
            printed, unlogged = error.printed, error
    finally:
        office.log.close()
    result = {"number": str(number), "documents": [_told(one) for one in printed]}
    lines = [f"{number} を刷り直しました。前の紙は廃棄してください。", *map(_line, printed)]
    if unlogged is not None:
        output.failure(unlogged, result, lines=lines)
        return unlogged.exit_status
    output.result(result, lines, precious=True)
    return 0


def _way_out(asked: argparse.Namespace, services: Services, town: Town) -> Printer:
    if asked.out is not None:
        require_folder(asked.out, max(len(asked.form), 1))
        return services.folder_printer(asked.out)
    return services.town_printer(town) if asked.printer == TOWN_PRINTERS else services.printer(asked.printer)


def _told(document: PrintedDocument) -> dict[str, object]:
    return {
        "form": document.form,
        "pages": document.pages,
        "path": None if document.path is None else str(document.path),
        "job": document.job_id,
    }


def _line(document: PrintedDocument) -> str:
    where = document.path or f"印刷ジョブ {document.job_id}"
    return f"{document.form}  {document.pages}枚  {where}"
