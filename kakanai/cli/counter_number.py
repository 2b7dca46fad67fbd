"""`kakanai db counter`: the number 窓口番号 of this PC among the counters of the hall."""

import argparse
import contextlib
from collections.abc import Iterator
from typing import Final

from kakanai.cli.database_password import NO_SERVER
from kakanai.cli.errors import UsageError
from kakanai.cli.output import Output
from kakanai.cli.services import Services
from kakanai.cli.signed_in import require
from kakanai.sessionlog.counter_place import take_counter
from kakanai.sessionlog.settings_change import SettingsChange
from kakanai.sessionlog.spool_place import SpoolPlace
from kakanai.sessionlog.spool_waiting import waiting_in
from kakanai.sessionlog.store import SessionLog
from kakanai.sessionlog.upkeep_errors import SpoolWaitingError
from kakanai.settings import Town
from kakanai.settings.counter_number import read_counter_number, require_number, write_counter_number
from kakanai.settings.errors import CounterNumberFileError
from kakanai.staff.act import Act
from kakanai.staff.machine import machine_key

_NAME: Final = "counter.number"


def counter(asked: argparse.Namespace, services: Services, output: Output) -> int:
    """Tell the number, give this PC another one or none, or take it over from a PC that is gone."""
    if asked.none and (asked.take or asked.number is not None):
        raise UsageError(problem="--none は、番号や --take と一緒に書けません")
    town = services.prepare()
    if asked.take:
        return _take(asked, services, town, output)
    if asked.number is None and not asked.none:
        return _tell(read_counter_number(services.paths), output)
    return _change(asked, services, town, output)


def _tell(number: int | None, output: Output) -> int:
    told = "この PC に窓口番号はありません。" if number is None else f"この PC の窓口番号は {number} です。"
    output.result({"number": number}, [told])
    return 0


def _change(asked: argparse.Namespace, services: Services, town: Town, output: Output) -> int:
    number: int | None = None if asked.none else require_number(asked.number)
    _require_sent(services)
    with _numbered_log(services, town) as log:
        who = require(services, town, log, Act.CHANGE_SETTINGS, asked.clerk).number
        # Not as the first entry: a backup may yet come in.
        if log.head() is not None:
            log.note_settings_change(SettingsChange(who, services.now(), (_NAME,)))
        write_counter_number(services.paths, number)
    return _tell(number, output)


def _take(asked: argparse.Namespace, services: Services, town: Town, output: Output) -> int:
    """Put this PC in the place of the one that had the number on the server."""
    if town.log_database is None:
        raise UsageError(problem=NO_SERVER)
    present = _present(services)
    number = present if asked.number is None else require_number(asked.number)
    if number is None:
        raise UsageError(problem="番号がありません(kakanai db counter 番号 --take)")
    if number != present:
        _require_sent(services)
    with _numbered_log(services, town) as log:
        who = require(services, town, log, Act.CHANGE_SETTINGS, asked.clerk).number
        place = SpoolPlace(services.paths.spool_file, machine_key())
        aside = take_counter(log, place, number, who, services.now())
        write_counter_number(services.paths, number)
    told = [f"窓口番号 {number} を、この PC が引き継ぎました。前の PC では受け付けないでください。"]
    if aside is not None:
        told.append(f"壊れていた預かりのファイルは {aside.name} に残しました。")
    name = None if aside is None else aside.name
    output.result({"number": number, "taken": True, "put_aside": name}, told)
    return 0


@contextlib.contextmanager
def _numbered_log(services: Services, town: Town) -> Iterator[SessionLog]:
    """The log, whose entries tell the number that this PC has, as far as that can be read."""
    with services.open_log_unnumbered(town) as log:
        present = _present(services)
        log.counter = "" if present is None else str(present)
        yield log


def _present(services: Services) -> int | None:
    """The number; None also where the file is damaged, which a new one mends once it is known who writes it.

    Raises:
        CounterNumberFileError: the file cannot be read.
    """
    try:
        return read_counter_number(services.paths)
    except CounterNumberFileError as error:
        if error.details["reason"] != "damaged":
            raise
        return None


def _require_sent(services: Services) -> None:
    if waiting := waiting_in(services.paths.spool_file):
        raise SpoolWaitingError(count=waiting)
