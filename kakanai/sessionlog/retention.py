"""How long what the log tells is kept 保存年限, by kind of record; the town decides the years."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from kakanai.sessionlog.words import EntryKind

DEFAULT_YEARS: Final = 5
LEAST_YEARS, MOST_YEARS = 1, 30
_APRIL: Final = 4
K = EntryKind


class RecordKind(StrEnum):
    """A kind of record that is kept for years of its own."""

    CASES = "cases"
    STAFF = "staff"
    LOOKS = "looks"
    SETTINGS = "settings"

    @property
    def label(self) -> str:
        """Its name in Japanese."""
        return _LABELS[self]


_LABELS: Final = {
    RecordKind.CASES: "受付",
    RecordKind.STAFF: "サインイン",
    RecordKind.LOOKS: "閲覧・検索・書き出し",
    RecordKind.SETTINGS: "設定の変更",
}

AT_COUNTER: Final = frozenset(
    {
        K.CASE_OPENED,
        K.CARD_READ,
        K.READING_FAILED,
        K.HAND_ENTERED,
        K.PROCEDURES_CHOSEN,
        K.FORMS_FILLED,
        K.FINDING_DECIDED,
        K.MISMATCH_ACCEPTED,
        K.CARD_FACT_STALE,
        K.PERSON_ADDED,
        K.PERSON_REMOVED,
        K.ADDRESS_PROTECTED,
        K.IDENTITY_CHECKED,
        K.DOCUMENTS_CHECKED,
        K.VISITOR_CONFIRMED,
        K.PRINT_RELEASED,
        K.PRINT_DONE,
        K.PRINT_FAILED,
        K.CASE_SUSPENDED,
        K.CASE_RESUMED,
        K.CASE_CORRECTED,
        K.CASE_CLOSED,
        K.CASE_CANCELLED,
    }
)
"""Acts of a case that are as old as its number 受付番号 says: a case is purged as a whole."""

PURGEABLE: Final[Mapping[RecordKind, frozenset[EntryKind]]] = {
    RecordKind.CASES: AT_COUNTER | {K.CASE_APPROVED, K.CASE_SENT_BACK, K.CASE_COMMENTED},
    RecordKind.STAFF: frozenset({K.SIGNED_IN, K.SIGN_IN_FAILED, K.SIGNED_OUT, K.LOCKED, K.UNLOCKED}),
    RecordKind.LOOKS: frozenset(
        {K.LOG_VIEWED, K.LOG_SEARCHED, K.LOG_EXPORTED, K.LOG_VERIFIED, K.DRAFTS_DELETED}
    ),
    RecordKind.SETTINGS: frozenset({K.SETTINGS_CHANGED}),
}
"""The entries that lose their body. All others prove something that stays (docs/decisions/0021)."""


@dataclass(frozen=True)
class Retention:
    """Years that each kind of record is kept; whatever is not named is kept for DEFAULT_YEARS.

    Raises:
        ValueError: years are not from 1 to 30.
    """

    years: Mapping[RecordKind, int]

    def __post_init__(self) -> None:
        """Refuse what would purge this year's entries."""
        for years in self.years.values():
            if isinstance(years, bool) or not LEAST_YEARS <= years <= MOST_YEARS:
                raise ValueError("years of keeping are from 1 to 30")

    def last_day(self, kind: RecordKind, today: dt.date) -> dt.date:
        """The last day (Japan) whose records of this kind are kept no longer.

        Years are counted from the first of April after the fiscal year 年度 of the record, as towns count
        them for papers (assumed after 公文書等の管理に関する法律施行令 8): what is of 2021-11-21 and kept for
        5 years may go from 2027-04-01 on.
        """
        fiscal_year = today.year if today.month >= _APRIL else today.year - 1
        return dt.date(fiscal_year - self.years.get(kind, DEFAULT_YEARS), 3, 31)
