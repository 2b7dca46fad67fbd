"""What somebody looked for in the log, as the log's own entry keeps it: by ids and narrow words."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from kakanai.daybook.case_words import card_words, day_words, outcome_words, review_words
from kakanai.daybook.titles import Titles
from kakanai.sessionlog.case_filter import CaseFilter
from kakanai.sessionlog.case_number import CaseNumber, ClerkId
from kakanai.sessionlog.entry import LogEntry
from kakanai.sessionlog.errors import CaseNumberError
from kakanai.sessionlog.words import Outcome, Review

FLAGS: Final = {
    "is_lookup": "印刷のない照会",
    "is_overridden": "不一致のカードを使った",
    "is_reprinted": "再印刷",
    "is_unusual_hour": "早朝・夜間",
    "has_failed": "失敗があった",
}
"""The yes-or-no parts of a CaseFilter, in words."""

_EVER: Final = dt.date(2019, 5, 1)
_LATEST: Final = dt.date(2117, 12, 31)


@dataclass(frozen=True)
class LookedFor:
    """The parts of a LogEntry that say what was looked for."""

    case_number: CaseNumber | None
    parts: dict[str, Any]


def looked_for(query: CaseFilter) -> LookedFor:
    """The filter as parts of an entry; a whole case number makes it an entry of that case."""
    parts: dict[str, Any] = {"names": tuple(_names(query)), "counts": {}}
    if query.staff:
        parts["about"] = ClerkId(query.staff)
    if query.code:
        parts["codes"] = (query.code,)
    if query.procedure:
        parts["procedures"] = (query.procedure,)
    if query.first_day is not None or query.last_day is not None:
        parts["on"] = query.first_day or _EVER
        parts["counts"] = {"days": ((query.last_day or _LATEST) - parts["on"]).days + 1}
    return LookedFor(_whole_number(query.number), parts)


def _names(query: CaseFilter) -> Iterator[str]:
    if query.form:
        yield f"form.{query.form}"
    if query.card_kind:
        yield f"card.{query.card_kind}"
    if query.counter:
        yield f"counter.{query.counter}"
    if query.outcome is not None:
        yield f"outcome.{query.outcome.value}"
    if query.review is not None:
        yield f"reviewed.{query.review.value or 'none'}"
    if query.number:
        yield "number"
    yield from (f"flag.{flag}" for flag in FLAGS if getattr(query, flag))


def _whole_number(prefix: str) -> CaseNumber | None:
    try:
        return CaseNumber(prefix)
    except CaseNumberError:
        return None


def filter_words(entry: LogEntry, titles: Titles) -> Iterator[str]:
    """What an entry of a look says it looked for, one line for each thing."""
    days = entry.counts.get("days", 0)
    if entry.on is not None and days > 1:
        yield f"期間: {day_words(entry.on)}から{days:,}日間"
    if entry.about is not None:
        yield f"職員: {entry.about}"
    if entry.procedures:
        yield f"手続: {'、'.join(map(titles.procedure, entry.procedures))}"
    for name in entry.names:
        area, _, word = name.partition(".")
        teller = _TELLERS.get(area)
        if teller:
            yield teller(word, titles)


def _outcome(word: str, _titles: Titles) -> str:
    return f"結果: {outcome_words(Outcome(word))}"


def _reviewed(word: str, _titles: Titles) -> str:
    return f"確認: {review_words(Review('' if word == 'none' else word))}"


_Teller = Callable[[str, Titles], str]
_TELLERS: Final[Mapping[str, _Teller]] = {
    "form": lambda word, titles: f"様式: {titles.form_in_full(word)}",
    "card": lambda word, _titles: f"カード: {card_words(word)}",
    "counter": lambda word, _titles: f"窓口: {word}",
    "outcome": _outcome,
    "reviewed": _reviewed,
    "number": lambda _word, _titles: "受付番号で探した",
    "flag": lambda word, _titles: f"絞り込み: {FLAGS.get(word, word)}",
}
