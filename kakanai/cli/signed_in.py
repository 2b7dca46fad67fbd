"""Who runs a command, and whether they may: the one function that every verb asks."""

import sys
from getpass import getpass

from kakanai.cli.services import Services
from kakanai.sessionlog.entry import ClerkId
from kakanai.sessionlog.store import SessionLog
from kakanai.settings import Town
from kakanai.staff.act import Act
from kakanai.staff.errors import AnotherClerkError, PasswordMissingError, PasswordRuleError
from kakanai.staff.guard import Guard
from kakanai.staff.password import Password
from kakanai.staff.roster import Roster
from kakanai.staff.rules import StaffRules
from kakanai.staff.script_session import SessionFile
from kakanai.staff.signed_in import SignedIn

PASSWORD_FLAG = "--password-stdin"  # noqa: S105 - the name of an argument


def require(
    services: Services,
    town: Town,
    log: SessionLog,
    act: Act,
    claimed: str | None = None,
    *,
    default: str = "",
    guard: Guard | None = None,
) -> SignedIn:
    """Who runs this command, when they may do the act.

    While no administrator is registered 未登録 everything may be done; the number is what somebody `claimed`
    with --clerk, else `default`, else `-`. From then on it is the number of the session that `kakanai staff
    sign-in` opened for this account, and a claimed one must be the same. A `guard` that the caller has
    already, an office's, is signed in by this.

    Raises:
        AnotherClerkError: another number was claimed.
        StaffError: nobody is signed in, or they may not.
        ClerkIdError: what was claimed is no staff number.
        LogStorageError: in one of its kinds.
    """
    return require_of(guard_of(services, town, log, guard), act, claimed, default=default)


def require_of(guard: Guard, act: Act, claimed: str | None = None, *, default: str = "") -> SignedIn:
    """As `require`, of a guard that was signed in by `guard_of`."""
    named = ClerkId(claimed) if claimed else None
    who = guard.require(act)
    if not who.is_registered:
        number = named or default
        return SignedIn(ClerkId(number)) if number else who
    if named not in {None, who.number}:
        raise AnotherClerkError
    return who


def guard_of(services: Services, town: Town, log: SessionLog, guard: Guard | None = None) -> Guard:
    """The guard of this account's session; nobody is signed in where it has none.

    Raises:
        SessionFileError: the session's file cannot be read, or others could read it.
        NotSignedInError: there is a token of no session.
        LogStorageError: in one of its kinds.
    """
    guard = guard or Guard(Roster(log, services.now, StaffRules.of(town)))
    if not guard.is_open and not guard.is_anybody_here and (token := session_file(services, guard).read()):
        guard.resume(token)
    return guard


def session_file(services: Services, guard: Guard) -> SessionFile:
    """Where this account keeps its token."""
    return SessionFile(services.paths.script_sessions_dir, guard.roster.account)


def ask_password(prompt: str, *, told: bool) -> Password:
    """A password from the next line of standard input (`told`) or from the terminal, unseen.

    Raises:
        PasswordMissingError: neither gave one.
        PasswordRuleError: it is no line of text.
    """
    line = _line(prompt, told=told)
    if not line:
        raise PasswordMissingError(flag=PASSWORD_FLAG)
    return Password(line)


def is_typed() -> bool:
    """Whether somebody sits at a terminal, so that a new password is asked for twice."""
    try:
        return sys.stdin is not None and sys.stdin.isatty()
    except ValueError:  # closed
        return False


def _line(prompt: str, *, told: bool) -> str:
    try:
        if is_typed():  # also when standard input was asked for: what is typed must not be seen
            return getpass(prompt)
        return sys.stdin.readline().rstrip("\r\n") if told and sys.stdin is not None else ""
    except UnicodeDecodeError:
        # Not chained: the error carries what was typed.
        raise PasswordRuleError(reason="characters") from None
    except (EOFError, OSError, ValueError):  # Ctrl+D; a stream that is broken, closed or no text
        return ""
