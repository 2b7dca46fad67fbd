"""Short words for what a case's line tells, in tables, files and sentences."""

import datetime as dt
from typing import Final

from kakanai.identity.wareki import wareki_text
from kakanai.messages import KINDS
from kakanai.sessionlog.entry import JST
from kakanai.sessionlog.words import LoggedReadBy, LoggedRole, Outcome, Review

_WEEKDAYS: Final = "月火水木金土日"

_READ_BY: Final = {
    LoggedReadBy.PIN: "暗証番号",
    LoggedReadBy.COLLATION_B: "照合番号B",
    LoggedReadBy.CARD_NUMBER: "カードの番号",
    LoggedReadBy.HAND: "手入力",
}
_OUTCOMES: Final = {
    Outcome.PRINTED: "印刷済",
    Outcome.PRINT_FAILED: "印刷できず",
    Outcome.CANCELLED: "取りやめ",
    Outcome.OPEN: "受付中",
}
_SIGNS: Final = {
    Outcome.PRINTED: "✓",
    Outcome.PRINT_FAILED: "×",
    Outcome.CANCELLED: "－",
    Outcome.OPEN: "○",
}
_REVIEWS: Final = {Review.NONE: "未確認", Review.APPROVED: "承認", Review.SENT_BACK: "差戻し"}
_ROLES: Final = {
    LoggedRole.CLERK: "担当者",
    LoggedRole.SUPERVISOR: "責任者",
    LoggedRole.ADMINISTRATOR: "管理者",
    LoggedRole.AUDITOR: "監査",
}


def outcome_words(outcome: Outcome) -> str:
    """印刷済 and so on."""
    return _OUTCOMES[outcome]


def outcome_sign(outcome: Outcome) -> str:
    """One sign, so that a column is read at a glance; always beside the words."""
    return _SIGNS[outcome]


def ended_words(outcome: Outcome, *, is_ended: bool) -> str:
    """How a case stands; one that ended without paper is not 受付中 any more."""
    return "印刷なし" if outcome is Outcome.OPEN and is_ended else _OUTCOMES[outcome]


def card_words(kind: str | None) -> str:
    """The kind of card; "" where none was read."""
    return KINDS.get(kind, kind) if kind else ""


def read_by_words(read_by: str | None) -> str:
    """How the person's facts were taken; "" where they were not yet."""
    return _READ_BY[LoggedReadBy(read_by)] if read_by else ""


def review_words(review: Review) -> str:
    """What the supervisor said."""
    return _REVIEWS[review]


def role_words(role: str) -> str:
    """A role of the staff."""
    return _ROLES[LoggedRole(role)]


def clock(moment: dt.datetime | None, *, seconds: bool = False) -> str:
    """The time of day in Japan, `09:05`; "" for none."""
    return "" if moment is None else f"{moment.astimezone(JST):%H:%M:%S}"[: None if seconds else 5]


def day_words(day: dt.date) -> str:
    """The day in 和暦 with its weekday: 令和8年11月21日（土）."""
    return f"{wareki_text(day)}（{_WEEKDAYS[day.weekday()]}）"


def minutes_words(seconds: float) -> str:
    """Minutes with one decimal: 12.5分."""
    return f"{seconds / 60:.1f}分"
