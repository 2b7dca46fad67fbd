"""What a supervisor must know of a day's log itself: clock, roll-back, sums, days not closed."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kakanai.daybook.case_words import clock, day_words
from kakanai.sessionlog.case_line import CaseLine
from kakanai.sessionlog.case_sums import sums_of
from kakanai.sessionlog.case_tables import SUMMED
from kakanai.sessionlog.chain import Link, time_of
from kakanai.sessionlog.seals import DayClose
from kakanai.sessionlog.words import EntryKind

_MANY_SIGN_IN_FAILURES: Final = 5
_TOLD_DAYS: Final = 3


@dataclass(frozen=True)
class DayWarning:
    """A warning 警告, and what to do; `is_grave` where the log may not be what it was."""

    words: str
    next_step: str
    is_grave: bool = False


def warnings_of_acts(links: Iterable[Link]) -> Iterator[DayWarning]:
    """What the acts of a day that belong to no case warn of."""
    by_kind: dict[str, list[Link]] = {}
    for link in links:
        by_kind.setdefault(link.kind, []).append(link)
    for kind, (words, next_step, is_grave) in _OF_ACTS.items():
        if told := by_kind.get(kind.value):
            times = "、".join(clock(time_of(link.at)) for link in told[:_TOLD_DAYS])
            more = "" if len(told) <= _TOLD_DAYS else f" ほか{len(told) - _TOLD_DAYS}回"
            yield DayWarning(f"{words}（{times}{more}）。", next_step, is_grave)
    failures = len(by_kind.get(EntryKind.SIGN_IN_FAILED.value, ()))
    if failures >= _MANY_SIGN_IN_FAILURES:
        yield DayWarning(
            f"サインインの失敗が {failures} 回あります。", "心当たりのない職員番号がないか確かめてください。"
        )


_OF_ACTS: Final = {
    EntryKind.CLOCK_SET_BACK: (
        "パソコンの時計が戻っています",
        "前後の受付の時刻を、紙の受付印などと見くらべてください。",
        True,
    ),
    EntryKind.RESTORED: (
        "操作ログを控えから戻しています",
        "控えの後の受付が残っているかを確かめてください。",
        True,
    ),
    EntryKind.DISK_LOW: (
        "ディスクの空きが少なくなっています",
        "システム担当に、空きを作ってもらってください。",
        False,
    ),
    EntryKind.SPOOL_MERGED: (
        "つながらない間の受付を後から加えています",
        "受付番号の順と時刻を確かめてください。",
        False,
    ),
    EntryKind.PURGED: ("古い記録の中身を消しています", "消した日と範囲を確かめてください。", False),
}


def warning_of_rollback(last: dict[EntryKind, Link]) -> Iterator[DayWarning]:
    """A roll-back 巻き戻り that was seen and that no supervisor has acknowledged since."""
    seen = last.get(EntryKind.ROLLED_BACK_SEEN)
    acknowledged = last.get(EntryKind.ROLLED_BACK_ACKNOWLEDGED)
    if seen is not None and (acknowledged is None or acknowledged.seq < seen.seq):
        yield DayWarning(
            f"操作ログが前の状態に戻されています（{day_words(seen.day)}に気づきました）。",
            "印刷した日報の先頭の番号と見くらべ、責任者が確かめてください。",
            is_grave=True,
        )


def warning_of_sums(lines: Sequence[CaseLine], summed: Sequence[int] | None) -> Iterator[DayWarning]:
    """Sums kept of the day that are not those of its cases; `summed` as SUMMED, None for none."""
    nothing = [0] * len(SUMMED)
    expected = [sum(numbers) for numbers in zip(*map(sums_of, lines), strict=True)] or nothing
    if expected != list(summed or nothing):
        yield DayWarning(
            "この日の集計が、受付の一覧と合っていません。",
            "操作ログを検証してください（kakanai log verify）。",
            is_grave=True,
        )


def warning_of_close(lines: Iterable[CaseLine], close: DayClose | None) -> Iterator[DayWarning]:
    """Entries of the day that its close does not cover."""
    late = [] if close is None else [line for line in lines if line.last_seq > close.last_seq]
    if late:
        yield DayWarning(
            f"締めた後に記録の加わった受付が {len(late)} 件あります。",
            "次の日締めに含まれます。受付の経過を確かめてください。",
        )


def warning_of_days(unclosed: Sequence[dt.date]) -> Iterator[DayWarning]:
    """Earlier days that nobody closed."""
    if unclosed:
        told = "、".join(f"{day.month}月{day.day}日" for day in unclosed[:_TOLD_DAYS])
        more = "" if len(unclosed) <= _TOLD_DAYS else f" ほか{len(unclosed) - _TOLD_DAYS}日"
        yield DayWarning(f"締めていない日があります: {told}{more}。", "古い日から順に締めてください。")
