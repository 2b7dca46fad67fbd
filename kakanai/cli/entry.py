"""Parse, choose the verb, run it, and turn every failure into a code and a sentence."""

import importlib
import logging
import traceback
from collections.abc import Callable, Sequence
from types import TracebackType

from kakanai.cli.output import Output
from kakanai.cli.parser import ShownHelp, parse
from kakanai.cli.services import Services
from kakanai.cli.stop_signals import ToldToStop, stop_signals
from kakanai.counter import UNFORESEEN_CODE
from kakanai.errors import KakanaiError

logger = logging.getLogger(__name__)

UNFORESEEN_STATUS = 70
INTERRUPTED_STATUS = 130

Verb = Callable[..., int]

_VERBS: dict[tuple[str, str], tuple[str, str]] = {
    ("card", "list"): ("card", "list_readers"),
    ("card", "read"): ("card", "read"),
    ("card", "pin-status"): ("card", "pin_status"),
    ("card", "diagnose"): ("card", "diagnose"),
    ("card", "insert"): ("card", "insert"),
    ("specimen", "list"): ("specimens", "list_specimens"),
    ("forms", "list"): ("forms", "list_forms"),
    ("forms", "check"): ("forms", "check"),
    ("forms", "proof"): ("forms", "proof"),
    ("procedures", "list"): ("procedures", "list_procedures"),
    ("guide", "list"): ("guide", "list_events"),
    ("guide", "show"): ("guide", "show"),
    ("guide", "table"): ("guide", "table"),
    ("guide", "plan"): ("guide", "make_plan"),
    ("town", "show"): ("town", "show"),
    ("town", "check"): ("town", "check"),
    ("town", "set"): ("town", "set_value"),
    ("cases", "list"): ("cases", "list_cases"),
    ("cases", "discard"): ("cases", "discard"),
    ("cases", "reprint"): ("reprint", "reprint"),
    ("staff", "add"): ("staff", "add"),
    ("staff", "list"): ("staff", "list_staff"),
    ("staff", "disable"): ("staff", "disable"),
    ("staff", "reset"): ("staff", "reset"),
    ("staff", "role"): ("staff", "change_role"),
    ("staff", "card"): ("staff", "set_card"),
    ("staff", "password"): ("staff", "change_password"),
    ("staff", "sign-in"): ("staff", "sign_in"),
    ("staff", "sign-out"): ("staff", "sign_out"),
    ("staff", "whoami"): ("staff", "whoami"),
    ("log", "day"): ("day_log", "day"),
    ("log", "case"): ("log_search", "case"),
    ("log", "search"): ("log_search", "search"),
    ("log", "stats"): ("log_stats", "stats"),
    ("log", "report"): ("log_stats", "report"),
    ("log", "export"): ("log_stats", "export"),
    ("log", "approve"): ("log_review", "approve"),
    ("log", "send-back"): ("log_review", "send_back"),
    ("log", "comment"): ("log_review", "comment"),
    ("log", "phrases"): ("log_review", "phrases"),
    ("log", "close"): ("log_close", "close"),
    ("log", "key"): ("log_close", "key"),
    ("log", "verify"): ("log_verify", "verify"),
    ("log", "verifier"): ("log_verify", "write_verifier"),
    ("log", "evidence"): ("log_verify", "write_evidence"),
    ("log", "public-key"): ("log_verify", "write_public_key"),
    ("db", "upgrade"): ("database", "upgrade"),
    ("db", "backup"): ("database_backup", "backup"),
    ("db", "restore"): ("database_backup", "restore"),
    ("db", "check"): ("database", "check"),
    ("db", "password"): ("database_password", "password"),
    ("db", "counter"): ("counter_number", "counter"),
    ("db", "spool"): ("spool", "spool"),
    ("db", "purge"): ("database", "purge"),
    ("downtime", "print"): ("downtime", "print_kit"),
    ("downtime", "take"): ("downtime", "take"),
    ("downtime", "void"): ("downtime", "void"),
    ("downtime", "list"): ("downtime", "list_papers"),
    ("manual", ""): ("manual", "print_manual"),
    ("printer", "list"): ("printer", "list_names"),
    ("printer", "show"): ("printer", "show"),
    ("printer", "sheet"): ("printer", "sheet"),
    ("printer", "calibrate"): ("printer", "calibrate"),
    ("printer", "test"): ("printer", "try_out"),
    ("printer", "set"): ("printer_changes", "change"),
    ("printer", "form"): ("printer_changes", "change_form"),
    ("setup", "start"): ("setup", "start"),
    ("setup", "export"): ("setup", "export"),
    ("setup", "import"): ("setup", "import_"),
    ("setup", "restore"): ("setup", "restore"),
    ("fill", ""): ("fill", "fill"),
    ("doctor", ""): ("doctor", "doctor"),
    ("demo", ""): ("demo", "demo"),
}
"""The module of kakanai.cli and the function of each verb; only the one that is asked for is loaded."""


def _verb(verb: str, sub: str) -> Verb:
    module, function = _VERBS[(verb, sub)]
    found: Verb = getattr(importlib.import_module(f"kakanai.cli.{module}"), function)
    return found


def run_command(arguments: Sequence[str], services: Callable[[], Services]) -> int:
    """The exit code of one run; no exception leaves it."""
    output = Output(as_json="--json" in arguments)
    try:
        asked = parse(arguments)
        if asked.verb is None and asked.training:
            return services().open_training()
        if asked.verb is None:
            return services().open_window(asked.simulate)
        sub = getattr(asked, f"{asked.verb}_verb", "")
        with stop_signals():
            return _verb(asked.verb, sub)(asked, services(), output)
    except ShownHelp as shown:
        output.text(shown.text)
        return 0
    except KakanaiError as error:
        output.failure(error)
        return error.exit_status
    except ToldToStop as stop:
        output.note("終了の合図を受けました。")
        return stop.exit_status
    except KeyboardInterrupt:
        output.note("中止の合図を受けました。")
        return INTERRUPTED_STATUS
    except Exception as error:  # noqa: BLE001 - the last door: a bug is told by reference, never by its values
        logger.error("%s %s\n%s", UNFORESEEN_CODE, type(error).__name__, frames_of(error.__traceback__))  # noqa: TRY400 - the message of a foreign exception may quote a name
        output.unforeseen(UNFORESEEN_CODE)
        return UNFORESEEN_STATUS


def frames_of(trace: TracebackType | None) -> str:
    """File, line and function of each frame; neither source values nor the exception's message."""
    return "\n".join(f"  {f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(trace))
