"""Which cases of a day are worth a look, and why, in words a supervisor understands."""

import datetime as dt
import functools
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from kakanai.daybook.case_words import clock
from kakanai.reception.closed_days import ClosedDays
from kakanai.sessionlog.case_line import CaseLine
from kakanai.sessionlog.case_number import ClerkId
from kakanai.sessionlog.entry import JST
from kakanai.sessionlog.words import Outcome, Review

_LONG_S: Final = 60 * 60
_MANY_LOOKUPS: Final = 3
"""So many look-ups without paper by one member of the staff in a day are told of, whoever it is."""

_IDENTITY_SHORT: Final = "N-004"
_TEST_CARD: Final = "V-002"
_PAPER_UNSURE: Final = "D-003"


class Reason(StrEnum):
    """Why a case is worth a look; in the order of weight."""

    OVERRIDDEN = "overridden"
    SENT_BACK = "sent_back"
    LOOKUP = "lookup"
    PRINT_FAILED = "print_failed"
    PAPER_UNSURE = "paper_unsure"
    IDENTITY_SHORT = "identity_short"
    TEST_CARD = "test_card"
    REPRINTED = "reprinted"
    OFF_HOURS = "off_hours"
    OPEN = "open"
    FAILED = "failed"
    LONG = "long"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        """The reason on a chip to filter by."""
        return _LABELS[self]


_LABELS: Final = {
    Reason.OVERRIDDEN: "上書き判断",
    Reason.SENT_BACK: "差戻し中",
    Reason.LOOKUP: "印刷なしの閲覧",
    Reason.PRINT_FAILED: "印刷できず",
    Reason.PAPER_UNSURE: "紙の確認",
    Reason.IDENTITY_SHORT: "本人確認の不足",
    Reason.TEST_CARD: "試験用カード",
    Reason.REPRINTED: "再印刷",
    Reason.OFF_HOURS: "時間外",
    Reason.OPEN: "終わっていない",
    Reason.FAILED: "読取の失敗",
    Reason.LONG: "1時間以上",
    Reason.CANCELLED: "取消",
}


@dataclass(frozen=True)
class Concern:
    """One reason to look at one case, as a sentence."""

    case_number: str
    staff: ClerkId
    reason: Reason
    words: str


@dataclass(frozen=True)
class StaffConcern:
    """What is worth asking a member of the staff, over all their cases of the day."""

    staff: ClerkId
    words: str


@dataclass(frozen=True)
class OpenHours:
    """When the town hall is open: begin and end of a day (the end is outside), and the closed days."""

    begin: dt.time
    end: dt.time
    closed_days: ClosedDays

    def words_if_outside(self, line: CaseLine) -> str:
        """Which act of the case was outside, in words; empty when none was.

        A review does not count: it is no act at the counter.
        """
        if self.closed_days.is_closed(line.day):
            return f"閉庁日に受け付けています（{clock(line.opened_at)}）。"
        begin, end = self._open_on(line.day)
        ended = line.finished_at or (None if line.review is not Review.NONE else line.last_at)
        for moment, word in ((line.opened_at, "開始"), (ended, "最後の操作")):
            if moment is not None and not begin <= moment < end:
                return f"時間外の操作です（{word} {clock(moment)}）。"
        return ""

    def _open_on(self, day: dt.date) -> tuple[dt.datetime, dt.datetime]:
        """When the town hall opens and closes on a day, UTC."""
        return _utc(day, self.begin), _utc(day, self.end)


@functools.lru_cache(maxsize=64)
def _utc(day: dt.date, time: dt.time) -> dt.datetime:
    """A time of a day in Japan; a day's page asks for the same two thousands of times."""
    return dt.datetime.combine(day, time, JST).astimezone(dt.UTC)


def concerns_of(lines: Iterable[CaseLine], hours: OpenHours, *, is_day_over: bool) -> tuple[Concern, ...]:
    """Every reason of every case, the weightiest reasons first, cases in the order they were opened."""
    found = [
        Concern(str(line.case_number), line.staff, reason, words)
        for line in lines
        for reason, words in _reasons(line, hours, is_day_over=is_day_over)
    ]
    weight = {reason: place for place, reason in enumerate(Reason)}
    return tuple(sorted(found, key=lambda one: weight[one.reason]))


def staff_concerns_of(lines: Iterable[CaseLine]) -> tuple[StaffConcern, ...]:
    """The members of the staff with many look-ups without paper; most first."""
    counted = Counter(line.staff for line in lines if line.is_lookup)
    return tuple(
        StaffConcern(staff, f"職員 {staff} は、印刷のない照会が {count} 件あります。理由を確かめてください。")
        for staff, count in counted.most_common()
        if count >= _MANY_LOOKUPS
    )


def _reasons(line: CaseLine, hours: OpenHours, *, is_day_over: bool) -> Iterator[tuple[Reason, str]]:
    yield from _of_judgement(line)
    yield from _of_paper(line)
    if line.is_lookup:
        yield Reason.LOOKUP, "カードを読み取りましたが、印刷せずに終えています。"
    if outside := hours.words_if_outside(line):
        yield Reason.OFF_HOURS, outside
    if line.finished_at is None and is_day_over:
        yield Reason.OPEN, "日が変わっても受付が終わっていません。"
    reading_failures = line.failures - (line.outcome is Outcome.PRINT_FAILED)
    if reading_failures > 0:
        yield Reason.FAILED, f"読み取りか印刷に {line.failures} 回失敗しています。"
    if line.worked_s >= _LONG_S:
        yield Reason.LONG, f"受付に {line.worked_s // 60} 分かかっています。"
    if line.outcome is Outcome.CANCELLED:
        yield Reason.CANCELLED, "受付を取りやめています。"


def _of_judgement(line: CaseLine) -> Iterator[tuple[Reason, str]]:
    if line.is_overridden:
        yield Reason.OVERRIDDEN, "真正性が不一致のカードを、責任者の判断で使っています。"
    if line.review is Review.SENT_BACK:
        yield Reason.SENT_BACK, "責任者が差し戻しています。"
    if _IDENTITY_SHORT in line.codes:
        yield Reason.IDENTITY_SHORT, "本人確認の書類が足りないまま進めています。"
    if _TEST_CARD in line.codes:
        yield Reason.TEST_CARD, "試験用のカードを読み取っています。"


def _of_paper(line: CaseLine) -> Iterator[tuple[Reason, str]]:
    if line.outcome is Outcome.PRINT_FAILED:
        yield Reason.PRINT_FAILED, "最後の印刷ができていません。紙が出たかどうかを確かめてください。"
    if _PAPER_UNSURE in line.codes:
        yield Reason.PAPER_UNSURE, "続きから始めたとき、紙がもう出ていたかもしれません。"
    if line.is_reprinted:
        yield Reason.REPRINTED, f"紙を {line.releases} 回出しています。前の紙の廃棄を確かめてください。"


def lines_with(
    lines: Sequence[CaseLine], concerns: Iterable[Concern], reason: Reason
) -> tuple[CaseLine, ...]:
    """The cases that are worth a look for this reason."""
    numbers = {one.case_number for one in concerns if one.reason is reason}
    return tuple(line for line in lines if str(line.case_number) in numbers)
