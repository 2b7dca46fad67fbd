"""The daybook as a command has it: this account's session, the town's titles, one open log."""

import argparse
import contextlib
from collections.abc import Iterator

from kakanai.cli.services import Services
from kakanai.cli.signed_in import guard_of, require_of
from kakanai.daybook.daybook import Daybook
from kakanai.daybook.titles import Titles
from kakanai.sessionlog.case_number import ClerkId
from kakanai.sessionlog.store import SessionLog
from kakanai.settings import Town
from kakanai.staff.act import Act
from kakanai.staff.guard import Guard
from kakanai.staff.signed_in import SignedIn


class _Claimed:
    """The guard of a command, with the number that --clerk claims while nobody is registered."""

    def __init__(self, guard: Guard, claimed: str) -> None:
        self._guard = guard
        self._claimed = claimed

    def require(self, act: Act, *, of: ClerkId | None = None) -> SignedIn:
        """See Guard.require and cli.signed_in.require_of."""
        self._guard.require(act, of=of)
        return require_of(self._guard, act, self._claimed)


@contextlib.contextmanager
def open_daybook(asked: argparse.Namespace, services: Services) -> Iterator[Daybook]:
    """The daybook of this installation, its log open.

    Raises:
        SettingsError, DataFileError: the town's files have a mistake.
        LogStorageError: the log cannot be opened.
        SessionFileError, NotSignedInError: see guard_of.
    """
    town = services.prepare()
    with services.open_log(town) as log:
        guard = guard_of(services, town, log)
        yield daybook_of(services, town, log, guard, getattr(asked, "clerk", ""))


def daybook_of(services: Services, town: Town, log: SessionLog, guard: Guard, claimed: str) -> Daybook:
    """The daybook of a log that is open already; DataFileError when the town's files have a mistake."""
    shelf = services.guide()
    titles = Titles(shelf.procedures, shelf.forms)
    return Daybook(log, town, titles, _Claimed(guard, claimed), services.now)
