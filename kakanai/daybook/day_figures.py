"""The figures of a day at a glance."""

from collections.abc import Sequence
from dataclasses import dataclass

from kakanai.daybook.case_words import minutes_words
from kakanai.sessionlog.case_line import CaseLine
from kakanai.sessionlog.words import Outcome, Review


@dataclass(frozen=True)
class DayFigures:
    """What is counted of a day's cases; `worked_s` is the time of the finished ones, without pauses.

    `forms` and `off_hours` are None while not all its cases were read.
    """

    cases: int
    finished: int
    printed: int
    cancelled: int
    print_failed: int
    open: int
    forms: int | None
    pages: int
    failures: int
    overrides: int
    reprints: int
    lookups: int
    off_hours: int | None
    approved: int
    sent_back: int
    worked_s: int

    @property
    def unreviewed(self) -> int:
        """Cases that no supervisor judged yet."""
        return self.cases - self.approved - self.sent_back

    @property
    def mean_s(self) -> float | None:
        """Seconds for one finished case; None when there is none."""
        return self.worked_s / self.finished if self.finished else None

    def told(self) -> tuple[tuple[str, str], ...]:
        """Label and value of each figure, in the order they are shown."""
        mean = self.mean_s
        return (
            ("受付", f"{self.cases:,}件"),
            ("様式", _count(self.forms)),
            ("枚数", f"{self.pages:,}枚"),
            ("1件の時間", "－" if mean is None else minutes_words(mean)),
            ("印刷済", f"{self.printed:,}件"),
            ("終わっていない", f"{self.open:,}件"),
            ("取りやめ", f"{self.cancelled:,}件"),
            ("失敗", f"{self.failures:,}回"),
            ("上書き判断", f"{self.overrides:,}回"),
            ("再印刷", f"{self.reprints:,}回"),
            ("印刷のない照会", f"{self.lookups:,}件"),
            ("時間外", _count(self.off_hours)),
            ("承認", f"{self.approved:,}件"),
            ("差戻し", f"{self.sent_back:,}件"),
            ("未確認", f"{self.unreviewed:,}件"),
            ("印刷できず", f"{self.print_failed:,}件"),
        )


def _count(number: int | None) -> str:
    return "…" if number is None else f"{number:,}件"


def figures_of(lines: Sequence[CaseLine], off_hours: int) -> DayFigures:
    """The figures of these cases, `off_hours` of which had an act outside of the open hours."""
    finished = [line for line in lines if line.finished_at is not None]
    outcomes = [line.outcome for line in lines]
    return DayFigures(
        cases=len(lines),
        finished=len(finished),
        printed=outcomes.count(Outcome.PRINTED),
        cancelled=outcomes.count(Outcome.CANCELLED),
        print_failed=outcomes.count(Outcome.PRINT_FAILED),
        open=len(lines) - len(finished),
        forms=sum(len(line.forms) for line in lines),
        pages=sum(line.pages for line in lines),
        failures=sum(line.failures for line in lines),
        overrides=sum(line.overrides for line in lines),
        reprints=sum(max(0, line.releases - 1) for line in lines),
        lookups=sum(line.is_lookup for line in lines),
        off_hours=off_hours,
        approved=sum(line.review is Review.APPROVED for line in lines),
        sent_back=sum(line.review is Review.SENT_BACK for line in lines),
        worked_s=sum(line.worked_s for line in finished),
    )
