"""`kakanai fill`: from a card or a typed person to finished forms."""

import argparse
from collections.abc import Mapping
from typing import Any

from kakanai.cli.card import read_card
from kakanai.cli.errors import UsageError
from kakanai.cli.json_file import read_json_object
from kakanai.cli.output import Output
from kakanai.cli.services import Services
from kakanai.counter import Counter
from kakanai.errors import KakanaiError
from kakanai.forms.errors import FindingsOpenError
from kakanai.forms.filled import FilledForm, Finding
from kakanai.identity.by_hand import person_from_mapping
from kakanai.printing.print_job import PrintedDocument, Printer
from kakanai.reception.case import Case, Step
from kakanai.sessionlog.entry import ClerkId


def fill(asked: argparse.Namespace, services: Services, output: Output) -> int:
    """One case: identity, forms, answers, findings, paper, log. All of it is printed, or nothing."""
    if (asked.person is None) == (asked.reader is None and not asked.pin_stdin):
        raise UsageError(problem="--person か --reader/--pin-stdin のどちらか一方を書いてください")
    town = services.prepare()
    forms = [form.strip() for form in asked.forms.split(",") if form.strip()]
    answers = read_json_object(asked.answers) if asked.answers else {}
    person = read_json_object(asked.person) if asked.person else None
    clerk = ClerkId(asked.clerk or town.default_clerk)
    printer = services.printer(asked.printer) if asked.printer else services.folder_printer(asked.out)
    office = services.open_office(town, "")
    try:
        counter = Counter(office, clerk)
        procedures = counter.procedures_for_forms(forms)
        case = counter.open_case()
        try:
            counter.choose(case, procedures, forms)
            identify(counter, case, services, asked, output, person)
            return serve(counter, case, answers, asked.leave_blank, printer, output)
        except BaseException as error:
            if case.step in {Step.OPEN, Step.RELEASED}:
                counter.cancel(case, error if isinstance(error, KakanaiError) else None)
            raise
    finally:
        office.log.close()


def identify(
    counter: Counter,
    case: Case,
    services: Services,
    asked: argparse.Namespace,
    output: Output,
    person: Mapping[str, Any] | None,
) -> None:
    """Who is here: from the file, or from the card; 個人番号 only for forms that carry it."""
    wanted = bool(counter.wants_my_number(case.forms))
    if person is not None:
        someone, number = person_from_mapping(person)
        counter.identify_by_hand(case, someone, number if wanted else None)
        return
    try:
        reading = read_card(services.reader(asked.reader), asked, output, with_my_number=wanted)
        counter.identify_by_card(case, reading)
    except KakanaiError as error:
        counter.note_failed_reading(case, error)
        raise


def serve(
    counter: Counter,
    case: Case,
    answers: Mapping[str, Any],
    leave_blank: list[str],
    printer: Printer,
    output: Output,
) -> int:
    """Answers, filling, findings, release; the exit code."""
    counter.answer(case, answers)
    filled = counter.fill(case)
    findings = [finding for form in filled for finding in form.findings]
    for finding in findings:
        if finding.stops and _is_left(finding, leave_blank):
            counter.leave_blank(case, finding)
    if case.left_blank:
        filled = counter.fill(case)
    stopping = sum(len(form.stopping) for form in filled)
    if stopping:
        error = FindingsOpenError(count=stopping)
        for finding in findings:
            if finding.stops:
                output.note(f"指摘 {finding.form} {finding.field}: {finding.detail}")
        counter.cancel(case, error)
        output.failure(error, _result(case, [], [], findings))
        return error.exit_status
    printed = counter.release(case, filled, printer)
    number = case.number
    counter.close(case)
    lines = [f"受付番号 {number}", *(_line(document) for document in printed)]
    lines += [f"指摘 {f.form} {f.field}: {f.detail}" for f in findings if f.stops]
    output.result(_result(case, filled, printed, findings), lines)
    return 0


def _is_left(finding: Finding, wishes: list[str]) -> bool:
    return "all" in wishes or f"{finding.form}:{finding.field}" in wishes


def _line(document: PrintedDocument) -> str:
    where = document.path if document.path is not None else f"印刷ジョブ {document.job_id}"
    return f"{document.form}  {document.pages}枚  {where}"


def _result(
    case: Case, filled: list[FilledForm], printed: list[PrintedDocument], findings: list[Finding]
) -> dict[str, Any]:
    return {
        "case_number": case.number,
        "forms": [
            {
                "form": form.template.id,
                "version": form.template.version,
                "path": str(document.path) if document.path else None,
                "pages": document.pages,
            }
            for form, document in zip(filled, printed, strict=True)
        ],
        "findings": [
            {"form": f.form, "field": f.field, "kind": f.kind.value, "detail": f.detail} for f in findings
        ],
    }
