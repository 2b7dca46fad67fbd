"""One case's timeline 経過: its acts in their order, each as a sentence."""

import contextlib
import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from kakanai.daybook.act_sentences import ActSentences
from kakanai.daybook.case_words import clock
from kakanai.errors import KakanaiError
from kakanai.sessionlog.case_line import CaseLine
from kakanai.sessionlog.chain import Link, time_of
from kakanai.sessionlog.entry import JST
from kakanai.sessionlog.words import EntryKind


@dataclass(frozen=True)
class ToldAct:
    """One act as people read it; `seq` is its place in the chain, `at` UTC.

    `is_purged`: what it told was taken out by the rule of keeping 保存期間; that it was, and when, stays.
    """

    seq: int
    at: dt.datetime
    staff: str
    counter: str
    kind: str
    case_number: str
    sentence: str
    details: tuple[str, ...] = ()
    is_purged: bool = False

    @property
    def clock(self) -> str:
        """The time of day in Japan, with seconds."""
        return clock(self.at, seconds=True)

    @property
    def day(self) -> dt.date:
        """The day in Japan."""
        return self.at.astimezone(JST).date()

    def to_mapping(self) -> dict[str, object]:
        """The act for JSON."""
        return {
            "seq": self.seq,
            "at": self.at.astimezone(JST).isoformat(timespec="seconds"),
            "staff": self.staff,
            "counter": self.counter,
            "kind": self.kind,
            "sentence": self.sentence,
            "details": list(self.details),
            "is_purged": self.is_purged,
        }


@dataclass(frozen=True)
class CaseTimeline:
    """A case as it stands, and every act of it."""

    line: CaseLine
    acts: tuple[ToldAct, ...]


_OTHER_NUMBERS: Final = {
    EntryKind.NUMBER_DOUBLED.value: "付け直した受付番号",
    EntryKind.CASE_RENUMBERED.value: "紙にある受付番号",
}
"""Acts that speak of another case, and what its number is to this one."""

NumberAt = Callable[[int], str]
"""The case number of the entry at a place of the chain; "" where there is none."""


def told_acts(
    links: Iterable[Link], sentences: ActSentences, number_at: NumberAt = lambda _seq: ""
) -> tuple[ToldAct, ...]:
    """The links of the chain in words, in the order they come."""
    return tuple(_told(link, sentences, number_at) for link in links)


def _told(link: Link, sentences: ActSentences, number_at: NumberAt) -> ToldAct:
    sentence, details = _words(link, sentences)
    details = (*_other_number(link, number_at), *details)
    return ToldAct(
        seq=link.seq,
        at=time_of(link.at),
        staff=link.staff,
        counter=link.counter,
        kind=link.kind,
        case_number=link.case_number,
        sentence=sentence,
        details=details,
        is_purged=link.body is None,
    )


def _other_number(link: Link, number_at: NumberAt) -> Iterator[str]:
    if link.kind not in _OTHER_NUMBERS or link.body is None:
        return
    with contextlib.suppress(ValueError, KakanaiError):  # told by what _words says of it
        ref = link.to_entry().ref
        if ref is not None and (number := number_at(ref)):
            yield f"{_OTHER_NUMBERS[link.kind]}: {number}"


def _words(link: Link, sentences: ActSentences) -> tuple[str, tuple[str, ...]]:
    if link.body is None:
        return "保存期間が過ぎたため、中身は消してあります。", ()
    try:
        entry = link.to_entry()
    except (ValueError, KakanaiError):
        # Another program wrote it; the verifier says so, and the rest of the case can still be read.
        return "このプログラムのものでない記録です。操作ログを検証してください。", ()
    return sentences.sentence(entry), sentences.details(entry)
