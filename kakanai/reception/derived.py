"""Answers that follow from what is known already: nobody is asked whether a child of eight goes to school."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from kakanai.identity.birth_date import BirthDate
from kakanai.reception.age_rules import AGE_RULES, AgeRule
from kakanai.reception.answers import Value
from kakanai.reception.closed_days import ClosedDays

YES, NO, UNKNOWN = "yes", "no", "unknown"
PEOPLE = "guide.people"
"""How many people the event is about, the visitor counted if they are one of them."""

_MEMBER = "member"
_NOTICE_DAYS = 14
_CLAIM_DAYS = 15
_TAX_YEAR_BEGINS = 6


@dataclass(frozen=True, repr=False)
class Known:
    """What is known when an answer is derived. Personal: no values in `repr`.

    `starts` is the day the event began, None while nobody said it. `asks_people`: the rows of `member` are
    all that the event is about, and are being taken down. `closed`: when the town hall is.
    """

    values: Mapping[str, Value]
    rows: Mapping[str, Sequence[Mapping[str, Value]]]
    today: dt.date
    starts: dt.date | None = None
    asks_people: bool = False
    closed: ClosedDays = field(default_factory=ClosedDays)

    def __repr__(self) -> str:
        return f"Known({len(self.values)} values)"

    @property
    def day(self) -> dt.date:
        """The day on which ages count."""
        return self.starts or self.today


Derivation = Callable[[Known], str]
"""One of YES, NO, UNKNOWN."""
RowDerivation = Callable[[Mapping[str, Value], str, dt.date], str]
"""The same of one row of the list, on a day."""


def birth_date_of(value: Value | None) -> BirthDate | None:
    """A birth date, also where a form has it as a day."""
    if isinstance(value, dt.date):
        return BirthDate.from_date(value)
    return value if isinstance(value, BirthDate) else None


def _told(fits: bool | None) -> str:
    return UNKNOWN if fits is None else YES if fits else NO


def _fits(rule: AgeRule, value: Value | None, day: dt.date | None) -> bool | None:
    born = birth_date_of(value)
    return None if born is None or day is None else rule(born, day)


def _all_are_there(known: Known) -> bool:
    """Whether every person of the event has a row."""
    rows = known.rows.get(_MEMBER, ())
    people = known.values.get(PEOPLE)
    if isinstance(people, int):
        return len(rows) >= people
    return len(rows) > 1 or not known.asks_people


def _anybody(told: Sequence[bool | None], *, complete: bool) -> str:
    if any(told):
        return YES
    return NO if complete and all(one is False for one in told) else UNKNOWN


def _of_household(rule: AgeRule) -> Derivation:
    def derive(known: Known) -> str:
        told = [_fits(rule, row.get("member.birth_date"), known.day) for row in known.rows.get(_MEMBER, ())]
        return _anybody(told, complete=_all_are_there(known))

    return derive


def _of_visitor(rule: AgeRule) -> Derivation:
    return lambda known: _told(_fits(rule, known.values.get("visitor.birth_date"), known.day))


def _of_deceased(rule: AgeRule) -> Derivation:
    def derive(known: Known) -> str:
        died = known.values.get("deceased.death_date")
        day = died if isinstance(died, dt.date) else None
        return _told(_fits(rule, known.values.get("deceased.birth_date"), day))

    return derive


def _of_row(rule: AgeRule) -> RowDerivation:
    return lambda row, list_name, day: _told(_fits(rule, row.get(f"{list_name}.birth_date"), day))


def _household_cards(known: Known) -> str:
    """Whether anybody of the household has a マイナンバーカード with them."""
    told = [_yes_or_no(row.get("member.card")) for row in known.rows.get(_MEMBER, ())]
    return _anybody([_yes_or_no(known.values.get("visitor.card")), *told], complete=_all_are_there(known))


def _yes_or_no(value: Value | None) -> bool | None:
    return {YES: True, NO: False}.get(value) if isinstance(value, str) else None


def _is_late(known: Known) -> str:
    """Whether the 14 days for the notice 届出 have gone by; the day itself does not count."""
    return _is_after(known, _NOTICE_DAYS)


def _is_birth_late(known: Known) -> str:
    """The same of a birth, whose day is the first of the 14 (戸籍法43条, given)."""
    return _is_after(known, _NOTICE_DAYS - 1)


def _is_after(known: Known, days: int) -> str:
    """Whether more days have gone by; a last day on which it is closed moves (see deadlines.py)."""
    if known.starts is None:
        return UNKNOWN
    if (known.today - known.starts).days <= days:
        return NO
    return _told(known.today > known.closed.first_open(known.starts + dt.timedelta(days=days)))


def _is_in_future(known: Known) -> str:
    """Whether the day is still to come: 転入 and 転居 cannot be notified before."""
    return UNKNOWN if known.starts is None else _told(known.starts > known.today)


def _crosses_month_end(known: Known) -> str:
    """Whether the 15 days of a claim 請求 end in another month than the day itself (15日特例)."""
    if known.starts is None:
        return UNKNOWN
    last = known.starts + dt.timedelta(days=_CLAIM_DAYS)
    return _told((last.year, last.month) != (known.starts.year, known.starts.month))


def _is_first_of_month(known: Known) -> str:
    """Whether it is the first day of a month 月初: a premium is due for a month by its last day."""
    return UNKNOWN if known.starts is None else _told(known.starts.day == 1)


def _was_here_in_january(known: Known) -> str:
    """Whether they lived here on the 1 January that this year's tax goes by (from June on, this year's)."""
    if known.starts is None:
        return UNKNOWN
    year = known.today.year if known.today.month >= _TAX_YEAR_BEGINS else known.today.year - 1
    return _told(known.starts <= dt.date(year, 1, 1))


def _is_at_year_end(known: Known) -> str:
    """Whether the day is in March or April: the school year 年度 changes."""
    return UNKNOWN if known.starts is None else _told(known.starts.month in {3, 4})


DERIVATIONS: Mapping[str, Derivation] = MappingProxyType(
    {f"household-{name}": _of_household(rule) for name, rule in AGE_RULES.items()}
    | {f"visitor-{name}": _of_visitor(rule) for name, rule in AGE_RULES.items()}
    | {f"deceased-{name}": _of_deceased(rule) for name, rule in AGE_RULES.items()}
    | {
        "household-cards": _household_cards,
        "household-size-known": lambda known: _told(_all_are_there(known)),
        "notice-late": _is_late,
        "birth-notice-late": _is_birth_late,
        "notice-date-future": _is_in_future,
        "month-end": _crosses_month_end,
        "month-first": _is_first_of_month,
        "january-first": _was_here_in_january,
        "fiscal-year-border": _is_at_year_end,
    }
)
"""What a variable may name as its `rule`: its answer about the case."""

ROW_DERIVATIONS: Mapping[str, RowDerivation] = MappingProxyType(
    {f"row-{name}": _of_row(rule) for name, rule in AGE_RULES.items()}
)
"""What a variable of a list may name as its `rule`: its answer about each row."""
