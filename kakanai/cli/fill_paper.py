"""What `kakanai fill` does once it is known who is here: findings, paper, the end of the case."""

import argparse
import contextlib
from typing import Any, Final

from kakanai.cli.output import Output
from kakanai.cli.print_states import follow
from kakanai.cli.stop_signals import finish_first
from kakanai.counter import Counter, PrintedUnloggedError
from kakanai.counter.picture_offer import PictureOffer
from kakanai.counter.print_clipping import clipped_boxes, clipping_words
from kakanai.errors import KakanaiError
from kakanai.forms.errors import FindingsOpenError
from kakanai.forms.filled import FilledForm, Finding, FindingKind
from kakanai.messages import message_for
from kakanai.printing.errors import NoPrintServiceError, PrintError
from kakanai.printing.print_job import PrintedDocument, Printer
from kakanai.reception.case import Case, Step
from kakanai.sessionlog.errors import LogStorageError

_STOPPED: Final = "中止しました。受付は取り消しました。"
_MAYBE_PRINTED: Final = (
    "印刷を始めたあとで中止しました。出たかどうかを操作ログ(kakanai log day)で確かめてください。"
)
_DECIDE: Final = (
    "欄を空けて手書きにするときは --leave-blank 様式:欄(すべてなら --leave-blank all)を付けて、"
    "字形のない氏名・住所にマイナンバーカードの券面の画像を印刷するときは"
    "照合番号Bで読んで --picture 様式:欄(または all)を付けて、"
    "値を直すときは直して、もう一度 fill を実行してください。"
)
_CANCELLED: Final = "受付は取り消しました。原因を直してもう一度 fill を実行してください。"
_PIN_AGAIN: Final = "カードの暗証番号は再入力になります。"
_TOLD: Final = FindingKind.PICTURE
_LOOK_AT_PAPER: Final = "出た紙を確かめてください。"


def give_up(counter: Counter, case: Case, error: BaseException, output: Output) -> None:
    """Cancel a case that is still open. What went wrong before is worth more than that the log failed too."""
    if not isinstance(error, Exception) and not output.has_told:
        output.note(_STOPPED if case.step is Step.OPEN else _MAYBE_PRINTED)
    if case.step in {Step.OPEN, Step.RELEASED}:
        with contextlib.suppress(LogStorageError):
            counter.cancel(case, error if isinstance(error, KakanaiError) else None)


def serve(counter: Counter, case: Case, asked: argparse.Namespace, printer: Printer, output: Output) -> int:
    """Filling, findings, release; the exit code."""
    filled = counter.fill(case)
    for finding in (f for form in filled for f in form.stopping if _is_wished(f, asked.picture)):
        if counter.picture_offer(case, finding) is PictureOffer.READY:
            counter.print_picture(case, finding)
    if case.pictured:
        filled = counter.fill(case)
    findings = [finding for form in filled for finding in form.findings]
    for finding in findings:
        if finding.stops and _is_wished(finding, asked.leave_blank):
            counter.leave_blank(case, finding)
    if case.left_blank:
        filled = counter.fill(case)
    stopping = sum(len(form.stopping) for form in filled)
    if stopping:
        error = FindingsOpenError(count=stopping)
        for finding in findings:
            if finding.stops:
                output.note(f"指摘 {finding.form} {finding.field}: {finding.detail}")
        give_up(counter, case, error, output)
        output.failure(error, _result(case, [], [], findings), next_step=_DECIDE)
        return error.exit_status
    # Only a printer is worth breaking off; a folder has everything before the log could tell of a stop.
    with finish_first() if asked.out is not None else contextlib.nullcontext():
        return _print(counter, case, filled, findings, printer, output, with_card=asked.person is None)


def _print(
    counter: Counter,
    case: Case,
    filled: list[FilledForm],
    findings: list[Finding],
    printer: Printer,
    output: Output,
    *,
    with_card: bool,
) -> int:
    for line in clipping_words(clipped_boxes(filled, printer, counter.office.variables)):
        output.note(f"▲ {line}")
    follow(printer, output)
    try:
        printed, unlogged = release_and_close(counter, case, filled, printer)
    except PrintError as error:
        give_up(counter, case, error, output)
        told = {"printed": [{"form": one.form, "pages": one.pages} for one in error.came_out]}
        lines = [f"出た帳票　{_line(one)}" for one in error.came_out]
        lines += [f"途中の帳票　{form}（紙があれば廃棄）" for form in error.begun]
        output.failure(
            error,
            {"case_number": case.number, **told, "begun": list(error.begun)},
            next_step=_after_failed_print(error, with_card=with_card),
            lines=lines,
        )
        return error.exit_status
    if counter.not_kept is not None:
        output.note(f"▲ {message_for(counter.not_kept).what}（{counter.not_kept.code}）")
    lines = [f"受付番号 {case.number}", *(_line(document) for document in printed)]
    lines += [f"指摘 {f.form} {f.field}: {f.detail}" for f in findings if f.stops or f.kind is _TOLD]
    result = _result(case, filled, printed, findings)
    if unlogged is not None:
        output.failure(unlogged, result, lines=lines)
        return unlogged.exit_status
    output.result(result, lines, precious=True)
    return 0


def release_and_close(
    counter: Counter, case: Case, filled: list[FilledForm], printer: Printer
) -> tuple[list[PrintedDocument], PrintedUnloggedError | None]:
    """What came out, and the error when the log could not be told the end of it.

    Raises:
        PrintError, LogStorageError: as `Counter.release`; not all paper is out.
    """
    unlogged: PrintedUnloggedError | None = None
    try:
        printed = counter.release(case, filled, printer)
    except PrintedUnloggedError as error:
        printed, unlogged = error.printed, error
    try:
        counter.close(case)
    except LogStorageError:
        unlogged = unlogged or PrintedUnloggedError(printed)
        case.end(Step.CLOSED)
    return printed, unlogged


def _after_failed_print(error: PrintError, *, with_card: bool) -> str:
    # The case is not kept as on the window: this process ends, and the visitor is forgotten.
    is_out = bool(error.came_out or error.begun or error.details.get("printed", 0))
    has_paper = is_out or isinstance(error, NoPrintServiceError)
    words = [_LOOK_AT_PAPER if has_paper else "", _CANCELLED, _PIN_AGAIN if with_card else ""]
    return "".join(words)


def _is_wished(finding: Finding, wishes: list[str]) -> bool:
    return "all" in wishes or f"{finding.form}:{finding.field}" in wishes


def _line(document: PrintedDocument) -> str:
    where = document.path if document.path is not None else f"印刷ジョブ {document.job_id}"
    return f"{document.form}  {document.pages}枚  {where}"


def _result(
    case: Case, filled: list[FilledForm], printed: list[PrintedDocument], findings: list[Finding]
) -> dict[str, Any]:
    return {
        "case_number": case.number,
        "verified": bool(printed) and all(document.verified for document in printed),
        "forms": [
            {
                "form": form.template.id,
                "version": form.template.version,
                "path": str(document.path) if document.path else None,
                "pages": document.pages,
                "verified": document.verified,
            }
            for form, document in zip(filled, printed, strict=True)
        ],
        "findings": [
            {"form": f.form, "field": f.field, "kind": f.kind.value, "detail": f.detail} for f in findings
        ],
    }
