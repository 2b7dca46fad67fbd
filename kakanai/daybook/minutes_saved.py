"""How many minutes were saved 減った時間: measured time beside an assumption that is told."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from kakanai.datafile import load_data_file
from kakanai.resources import resource_root
from kakanai.settings import Town

_MOST_MINUTES = 120


@dataclass(frozen=True)
class MinutesByHand:
    """The assumption: how long a visitor writes a form by hand, in minutes, by form and for all others."""

    by_form: Mapping[str, int]
    default: int

    def of(self, form: str) -> int:
        """The minutes for one form."""
        return self.by_form.get(form, self.default)

    @property
    def words(self) -> str:
        """The assumption as it is printed beside the result."""
        known = sorted({minutes for minutes in self.by_form.values() if minutes})
        spread = f"{min([*known, self.default])}〜{max([*known, self.default])}分"
        return (
            f"仮定: 様式1つを手で書くのに{spread}（様式ごとの表、表にない様式は{self.default}分）。"
            "計測: 受付の始めから終わりまで（保留を除き、取りやめを含む）。"
            "減った時間 = 印刷した様式の手書きの時間 − 計測した時間。"
        )


def load_minutes(town: Town, file: Path | None = None) -> MinutesByHand:
    """Our table with the town's own minutes over it.

    Raises:
        DataFileError: the file has a mistake.
    """
    root = load_data_file(file or resource_root() / "daybook" / "minutes_by_hand.yaml")
    forms = root.mapping(required={"forms"}, optional=())["forms"].mapping()
    shipped = {form: node.integer(maximum=_MOST_MINUTES) for form, node in forms.items()}
    return MinutesByHand({**shipped, **town.minutes_by_hand}, town.minutes_by_hand_default)


@dataclass(frozen=True)
class MinutesSaved:
    """Minutes by hand (assumed) and measured, of the same cases; `saved` may be less than nothing."""

    by_hand: float
    measured: float
    assumption: str

    @property
    def saved(self) -> float:
        """By how many minutes the measured time is shorter."""
        return self.by_hand - self.measured


def minutes_saved(printed: Iterable[tuple[str, int]], worked_s: int, assumed: MinutesByHand) -> MinutesSaved:
    """What was saved.

    Args:
        printed: Form ids, and in how many printed cases each was.
        worked_s: Seconds of all finished cases.
        assumed: Minutes by hand.
    """
    by_hand = sum(assumed.of(form) * cases for form, cases in printed)
    return MinutesSaved(float(by_hand), worked_s / 60, assumed.words)
