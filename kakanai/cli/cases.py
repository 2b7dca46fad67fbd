"""`kakanai cases list` and `cases discard`: drafts 下書き by number, time and state, never by person."""

import argparse

from kakanai.cli.output import Output
from kakanai.cli.services import Services
from kakanai.cli.signed_in import guard_of, require
from kakanai.counter.interruptions import DISCARDED_CODE
from kakanai.drafts.draft import JST, Draft, DraftState
from kakanai.drafts.errors import UnknownDraftError
from kakanai.sessionlog.entry import CaseNumber, ClerkId, EntryKind, LogEntry
from kakanai.sessionlog.spool_waiting import number_in_log
from kakanai.sessionlog.store import SessionLog
from kakanai.settings import Town
from kakanai.staff.act import Act

_STATES = {DraftState.OPEN: "途中", DraftState.SUSPENDED: "保留"}


def list_cases(_asked: argparse.Namespace, services: Services, output: Output) -> int:
    """The cases in hand that can be gone on with, oldest first; also while a window has them open."""
    services.prepare()
    drafts = services.read_drafts()
    told = [
        {
            "number": draft.number or None,
            "saved_at": draft.saved_at.astimezone(JST).isoformat(timespec="seconds"),
            "state": draft.state.value,
        }
        for draft in drafts
    ]
    lines = [f"途中の受付 {len(drafts)} 件", *(_line(draft) for draft in drafts)]
    output.result({"cases": told}, lines)
    return 0


def discard(asked: argparse.Namespace, services: Services, output: Output) -> int:
    """Give up a case in hand: the log gets its end, then the draft goes. Refused while a window is open."""
    town = services.prepare()
    number = CaseNumber(asked.number)
    with services.open_log(town) as log:
        filed = number if town.log_database is None else number_in_log(services.paths.spool_file, number)
        clerk = _who_discards(filed, log, town, asked, services)
        shelf = services.open_drafts()
        try:
            draft = next((one for one in shelf.load().drafts if one.number == number), None)
            if draft is None:
                raise UnknownDraftError(number=str(number))
            log.append(
                LogEntry(EntryKind.CASE_CANCELLED, filed, clerk, services.now(), codes=(DISCARDED_CODE,))
            )
            shelf.store.remove(draft.id)
            shelf.book.forget_case(str(number))
            shelf.book.save()
        finally:
            shelf.close()
    output.result({"discarded": str(number)}, [f"{number} の下書きを捨て、受付を取りやめにしました。"])
    return 0


def _who_discards(
    number: CaseNumber, log: SessionLog, town: Town, asked: argparse.Namespace, services: Services
) -> ClerkId:
    guard = guard_of(services, town, log)
    who = require(
        services,
        town,
        log,
        Act.DISCARD_CASE,
        asked.clerk,
        default=town.default_clerk,
        guard=guard,
    )
    line = log.case(number)
    if who.is_registered and line is not None and line.staff != who.number:
        guard.require(Act.END_ANOTHERS_CASE)
    return who.number


def _line(draft: Draft) -> str:
    at = draft.saved_at.astimezone(JST).strftime("%Y-%m-%d %H:%M")
    return f"{draft.number or '(番号なし)':<14}  {at}  {_STATES[draft.state]}"
