"""`kakanai log day`."""

import argparse
import datetime as dt

from kakanai.cli.output import Output
from kakanai.cli.services import Services
from kakanai.cli.signed_in import require
from kakanai.sessionlog.entry import JST, DayEntry, EntryKind, LogEntry
from kakanai.sessionlog.settings_change import SettingsChange
from kakanai.staff.act import Act


def day(asked: argparse.Namespace, services: Services, output: Output) -> int:
    """The cases of one day in Japan's time, first to last."""
    town = services.prepare()
    date: dt.date = asked.day or dt.datetime.now(JST).date()
    with services.open_log(town) as log:
        who = require(services, town, log, Act.VIEW_DAY)
        # Who looked is in the log before anything is shown.
        log.append(LogEntry(EntryKind.LOG_VIEWED, None, who.number, services.now(), on=date))
        entries = log.day(date)
        changes = log.settings_changes(date)
    lines = [f"{date.isoformat()}  受付 {len(entries)} 件", *(_line(entry) for entry in entries)]
    lines += [_change_line(change) for change in changes]
    data = {
        "date": date.isoformat(),
        "entries": [entry.to_mapping() for entry in entries],
        "settings_changes": [change.to_mapping() for change in changes],
    }
    output.result(data, lines)
    return 0


def _change_line(change: SettingsChange) -> str:
    at = change.at.astimezone(JST).strftime("%H:%M")
    return f"町の設定の変更  {at}  {change.clerk}  {'、'.join(change.names)}"


def _line(entry: DayEntry) -> str:
    start = entry.started_at.astimezone(JST).strftime("%H:%M")
    end = entry.finished_at.astimezone(JST).strftime("%H:%M") if entry.finished_at else "     "
    forms = ",".join(record.form for record in entry.forms) or "-"
    codes = f" {' '.join(entry.codes)}" if entry.codes else ""
    who = f"{entry.case_number}  {start}-{end}  {entry.clerk}"
    return f"{who}  {forms}  {entry.pages}枚  {entry.outcome.value}{codes}"
