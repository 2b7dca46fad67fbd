"""Who may change the log's database: asked for the password at the moment itself."""

import argparse
from pathlib import Path
from typing import Final

from kakanai.cli.errors import UsageError
from kakanai.cli.services import Services
from kakanai.cli.signed_in import ask_password, guard_of, require
from kakanai.sessionlog.entry import ClerkId
from kakanai.sessionlog.store import SessionLog
from kakanai.settings import Town
from kakanai.staff.act import Act
from kakanai.staff.guard import Guard
from kakanai.staff.roster import Roster
from kakanai.staff.rules import StaffRules

_PROMPT: Final = "パスワード(表示されません): "


def require_signed(
    services: Services, town: Town, log: SessionLog, act: Act, asked: argparse.Namespace
) -> ClerkId:
    """Who is signed in, may do the act and gave their password now; while 未登録 whoever claims to be.

    Raises:
        StaffError: they may not, or the password is not theirs.
        LogStorageError: in one of its kinds.
    """
    guard = guard_of(services, town, log)
    who = require(services, town, log, act, asked.clerk, guard=guard)
    if not guard.is_open:
        guard.confirm(who.number, ask_password(_PROMPT, told=asked.password_stdin), act)
    return who.number


def require_signed_in_backup(
    services: Services, town: Town, backup: Path, act: Act, asked: argparse.Namespace
) -> ClerkId:
    """Likewise by the staff of a backup's copy, where there is no log that knows anybody.

    Nobody is signed in there, so the number is an argument.

    Raises:
        UsageError: the number is missing.
        StaffError: they may not, or the password is not theirs.
        LogStorageError: in one of its kinds.
    """
    with SessionLog.open(backup) as log:
        guard = Guard(Roster(log, services.now, StaffRules.of(town)))
        if guard.is_open:
            return require(services, town, log, act, asked.clerk, guard=guard).number
        if asked.clerk is None:
            raise UsageError(problem="控えの中の管理者の職員番号を --clerk に書いてください")
        password = ask_password(_PROMPT, told=asked.password_stdin)
        return guard.confirm(asked.clerk, password, act).number
