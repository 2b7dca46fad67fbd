"""What the page asks of the log, each a function for the thread: the day with what may be done, the close."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from kakanai.counter import Office
from kakanai.counter.kept_papers import is_keeping
from kakanai.counter.reprints import Reprints
from kakanai.daybook.day_front import DayFront
from kakanai.daybook.day_page import DayPage
from kakanai.daybook.daybook import Daybook
from kakanai.daybook.look_purpose import LookPurpose
from kakanai.daybook.stats import Stats
from kakanai.daybook.titles import Titles
from kakanai.sessionlog.case_line import CaseLine
from kakanai.sessionlog.entry import JST, UNREGISTERED
from kakanai.sessionlog.office_key import OfficeKeyFile, Wrapping
from kakanai.sessionlog.roll_back import acknowledge, unacknowledged
from kakanai.sessionlog.seals import DayClose, DaySeals, Span
from kakanai.staff.act import Act
from kakanai.staff.guard import Guard
from kakanai.staff.password import Password
from kakanai.staff.roster import Roster
from kakanai.staff.rules import StaffRules
from kakanai.training.practice_paper import WATERMARK as PRACTISED

_OFFERED: Final = (
    Act.SEARCH,
    Act.VIEW_TIMELINE,
    Act.VIEW_STATS,
    Act.EXPORT,
    Act.APPROVE,
    Act.SEND_BACK,
    Act.COMMENT,
    Act.CLOSE_DAY,
    Act.ACKNOWLEDGE_ROLL_BACK,
    Act.MANAGE_OFFICE_KEY,
    Act.REPRINT,
)


@dataclass(frozen=True)
class DaySight:
    """A day, what whoever is signed in may do with it, and the cases that can be approved in one go.

    `is_rolled_back`: the log was an older one once, and no supervisor has acknowledged that.
    """

    page: DayPage
    may: frozenset[Act]
    approvable: tuple[CaseLine, ...]
    is_rolled_back: bool


@dataclass(frozen=True)
class StatsSight:
    """The sums of a period, and their plots as a PDF."""

    stats: Stats
    pdf: bytes


@dataclass(frozen=True)
class CloseSight:
    """How the close of a day stands.

    `span` is what a close would cover now, None when there is nothing; `close` the one that covers the day,
    `late` how many entries of earlier days it covers, `is_genuine` whether a key that the log knows signed
    it. `wrapped_by` is how this machine keeps the office's key, None without one. `number` is the staff
    number that closes, empty while nobody is registered 未登録.
    """

    day: dt.date
    span: Span | None
    close: DayClose | None
    late: int
    is_genuine: bool
    unclosed: tuple[dt.date, ...]
    wrapped_by: Wrapping | None
    number: str
    is_open: bool


class OpenBook:
    """The daybook of an office and its guard. Everything here may take a moment: it is for the thread."""

    def __init__(self, office: Office, key: OfficeKeyFile | None) -> None:
        """Make the door.

        Raises:
            DataFileError: the phrases or the minutes by hand have a mistake.
        """
        self.office = office
        # Where specimens are served the log is still the town's own.
        self.guard = office.guard or Guard(Roster(office.log, office.now, StaffRules.of(office.town)))
        titles = Titles(office.procedures, office.forms)
        # A practised day has a log of its own, and its 日報 must not be taken for one of the town's.
        mark = office.watermark if office.watermark == PRACTISED else ""
        self.book = Daybook(office.log, office.town, titles, self.guard, office.now, watermark=mark)
        self.key = key
        self.reprints = Reprints(office, self.guard, UNREGISTERED)

    @property
    def today(self) -> dt.date:
        """The present day in Japan."""
        return self.office.now().astimezone(JST).date()

    def day(self, day: dt.date, why: LookPurpose) -> DaySight:
        """The page of a day."""
        page = self.book.day(day, why)
        may = frozenset(act for act in _OFFERED if self.guard.may(act))
        if not is_keeping(self.office):
            may -= {Act.REPRINT}
        staff = {line.staff for line in page.lines}
        of = {number for number in staff if Act.APPROVE in may and self.guard.may(Act.APPROVE, of=number)}
        approvable = tuple(line for line in page.unremarkable() if line.staff in of)
        return DaySight(page, may, approvable, unacknowledged(self.office.log) is not None)

    def front(self, day: dt.date, why: LookPurpose) -> DayFront | None:
        """The first sight of a day with very many cases."""
        return self.book.front(day, why)

    def acknowledge_roll_back(self) -> bool:
        """Say that a supervisor looked into the roll-back 巻き戻り; False when there is none any more.

        Raises:
            StaffError: they may not.
            LogStorageError: in one of its kinds; nothing was written.
        """
        who = self.guard.require(Act.ACKNOWLEDGE_ROLL_BACK)
        return acknowledge(self.office.log, who.number, self.office.now())

    def stats(self, first: dt.date, last: dt.date) -> StatsSight:
        """The sums of a period and their plots."""
        stats = self.book.stats(first, last)
        return StatsSight(stats, self.book.charts(stats))

    def close_sight(self, day: dt.date) -> CloseSight:
        """How the close of a day stands; counts and numbers of the chain alone, so no look is logged."""
        who = self.guard.require(Act.VIEW_DAY)
        seals = DaySeals(self.office.log)
        closes = seals.closes(day)
        close = closes[0] if closes else None
        begin = day - dt.timedelta(days=62)
        states = self.book.days(begin, day - dt.timedelta(days=1))
        return CloseSight(
            day=day,
            span=seals.open_span(day),
            close=close,
            late=seals.late_entries(close) if close else 0,
            is_genuine=close is not None and any(close.is_signed_by(key) for key in seals.public_keys()),
            unclosed=tuple(sorted(state.day for state in states if not state.is_closed)),
            wrapped_by=self.key.report().wrapped_by if self.key else None,
            number=str(who.number) if who.is_registered else "",
            is_open=self.guard.is_open,
        )

    def close_day(
        self, day: dt.date, number: str, password: Password | None, passphrase: Password | None
    ) -> DayClose:
        """Close the day: who signs gives the password now; signed and on disk when this returns.

        Raises:
            StaffError: the password is wrong, or they may not.
            OfficeKeyError: the office's key is missing or does not open.
            DayClosedError, NothingToCloseError, LogStorageError: nothing was written.
        """
        confirmed = self.guard.confirm(number, password, Act.CLOSE_DAY)
        key = self._key_file().open(passphrase.encoded().decode() if passphrase else None)
        return DaySeals(self.office.log).close(day, confirmed.number, confirmed.at, key)

    def make_key(self) -> None:
        """Make the office's key, known to the log.

        Raises:
            StaffError: they may not.
            OfficeKeyError: there is one, or it could not be kept.
            LogStorageError: the key is there and not known to the log; the first close makes it known.
        """
        who = self.guard.require(Act.MANAGE_OFFICE_KEY)
        key = self._key_file().make()
        DaySeals(self.office.log).make_known(key.public, who.number, self.office.now())

    def _key_file(self) -> OfficeKeyFile:
        if self.key is None:
            raise RuntimeError("the desk has no place for the office's key")
        return self.key


class BookShelf:
    """The open book of the office as it is now; made when it is first asked for, anew after a change."""

    def __init__(self, office_of: Callable[[], Office], key: OfficeKeyFile | None) -> None:
        self._office_of = office_of
        self._key = key
        self._open: OpenBook | None = None

    def open(self) -> OpenBook:
        """The book; raises as OpenBook."""
        office = self._office_of()
        if self._open is None or self._open.office is not office:
            self._open = OpenBook(office, self._key)
        return self._open
