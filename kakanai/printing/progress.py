"""How far a print is, in words for the clerk 印刷の進み: each document waiting, printing, stuck or done."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class PrintState(StrEnum):
    """What a document waits for, or that it is out."""

    WAITING = "waiting"
    PRINTING = "printing"
    NO_PAPER = "no_paper"
    WRONG_PAPER = "wrong_paper"
    JAM = "jam"
    OPEN = "open"
    NO_TONER = "no_toner"
    NO_TRAY = "no_tray"
    OFFLINE = "offline"
    STOPPED = "stopped"
    DONE = "done"

    @property
    def label(self) -> str:
        """The words a clerk reads."""
        return _LABELS[self]

    @property
    def is_trouble(self) -> bool:
        """Whether somebody has to go to the printer."""
        return self not in {PrintState.WAITING, PrintState.PRINTING, PrintState.DONE}


_LABELS: Final = {
    PrintState.WAITING: "待ち",
    PrintState.PRINTING: "印刷中",
    PrintState.NO_PAPER: "用紙切れ",
    PrintState.WRONG_PAPER: "用紙の大きさ違い",
    PrintState.JAM: "紙づまり",
    PrintState.OPEN: "カバーが開いている",
    PrintState.NO_TONER: "トナー・インク切れ",
    PrintState.NO_TRAY: "トレイが入っていない",
    PrintState.OFFLINE: "オフライン",
    PrintState.STOPPED: "停止中",
    PrintState.DONE: "済",
}

_BY_REASON: Final = {
    # printer-state-reasons, RFC 8011 5.4.12 and PWG 5100.9 (given); CUPS adds its own cups-… ones.
    "media-empty": PrintState.NO_PAPER,
    "input-media-supply-empty": PrintState.NO_PAPER,
    "media-needed": PrintState.WRONG_PAPER,
    "media-mismatch": PrintState.WRONG_PAPER,
    "input-media-size-change": PrintState.WRONG_PAPER,
    "media-jam": PrintState.JAM,
    "cover-open": PrintState.OPEN,
    "door-open": PrintState.OPEN,
    "interlock-open": PrintState.OPEN,
    "toner-empty": PrintState.NO_TONER,
    "marker-supply-empty": PrintState.NO_TONER,
    "input-tray-missing": PrintState.NO_TRAY,
    "offline": PrintState.OFFLINE,
    "shutdown": PrintState.OFFLINE,
    "timed-out": PrintState.OFFLINE,
    "paused": PrintState.STOPPED,
    "moving-to-paused": PrintState.STOPPED,
}
_SEVERITIES: Final = ("-error", "-warning", "-report")


def trouble(reasons: Iterable[str]) -> PrintState | None:
    """What a printer's own words (printer-state-reasons) say is the matter; None when nothing is."""
    for reason in reasons:
        word = reason.strip()
        for severity in _SEVERITIES:
            word = word.removesuffix(severity)
        if word in _BY_REASON:
            return _BY_REASON[word]
    return None


def alert_words(reasons: Iterable[str]) -> str:
    """The printer's words in Japanese, one that we do not know as it is, "" when there are none."""
    words = []
    for reason in reasons:
        found = trouble([reason])
        if found is not None:
            words.append(found.label)
        elif reason not in {"", "none"}:
            words.append(reason)
    return "、".join(dict.fromkeys(words))


@dataclass(frozen=True)
class PrintProgress:
    """The documents of a job on one printer, by form id and in order, and how each stands."""

    printer: str
    states: tuple[tuple[str, PrintState], ...]

    @property
    def done(self) -> int:
        """How many are out."""
        return sum(state is PrintState.DONE for _, state in self.states)

    @property
    def trouble(self) -> PrintState | None:
        """What somebody has to see to at the printer."""
        return next((state for _, state in self.states if state.is_trouble), None)


Told = Callable[[PrintProgress], None]
"""Hears of every change, on the thread that prints."""


def nobody(_progress: PrintProgress) -> None:
    """Hear nothing."""
