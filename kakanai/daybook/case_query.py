"""One line of words to search the log by: numbers, ids, titles, days, and words for what is unusual."""

import dataclasses
import datetime as dt
import re
from typing import Any, Final

from kakanai.daybook.errors import QueryWordError
from kakanai.daybook.titles import Titles
from kakanai.sessionlog.case_filter import CaseFilter
from kakanai.sessionlog.errors import CaseNumberError
from kakanai.sessionlog.words import LoggedCardKind, Outcome, Review

_NUMBER: Final = re.compile(r"R[0-9]{1,2}(-[0-9]{0,4}(-[0-9]{0,4})?)?")
_STAFF: Final = re.compile(r"(?:職員|職員:|staff:)([0-9A-Za-z._-]{1,16})|([0-9]{3,16})")
_COUNTER: Final = re.compile(r"窓口([1-9][0-9]?)")
_FORM: Final = re.compile(r"[FG][0-9]{2}")
_CODE: Final = re.compile(r"[A-Z]-[0-9]{3}")
_DAY: Final = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_DAYS: Final = re.compile(rf"({_DAY})?(\.\.|〜|～)?({_DAY})?")
_MONTH: Final = re.compile(r"([0-9]{4})-([0-9]{2})")
_WIDE: Final = str.maketrans("０１２３４５６７８９－", "0123456789-")

_WORDS: Final[dict[str, dict[str, Any]]] = {
    "印刷済": {"outcome": Outcome.PRINTED},
    "取消": {"outcome": Outcome.CANCELLED},
    "取りやめ": {"outcome": Outcome.CANCELLED},
    "印刷できず": {"outcome": Outcome.PRINT_FAILED},
    "受付中": {"outcome": Outcome.OPEN},
    "承認": {"review": Review.APPROVED},
    "差戻し": {"review": Review.SENT_BACK},
    "未確認": {"review": Review.NONE},
    "再印刷": {"is_reprinted": True},
    "上書き判断": {"is_overridden": True},
    "不一致": {"is_overridden": True},
    "印刷なしの閲覧": {"is_lookup": True},
    "印刷なし": {"is_lookup": True},
    "時間外": {"is_unusual_hour": True},
    "失敗": {"has_failed": True},
    "マイナンバーカード": {"card_kind": LoggedCardKind.MYNUMBER.value},
    "運転免許証": {"card_kind": LoggedCardKind.DRIVER_LICENCE.value},
    "在留カード": {"card_kind": LoggedCardKind.RESIDENCE_CARD.value},
}


def query_from(words: str, titles: Titles) -> CaseFilter:
    """The filter that a line of words means: `1024 F05 2026-11-01..2026-11-30 再印刷`.

    Raises:
        QueryWordError: a word means nothing here, or two mean the same thing differently.
    """
    found: dict[str, Any] = {}
    for place, word in enumerate(words.translate(_WIDE).split(), start=1):
        parts = _parts(word, titles)
        if not parts:
            raise QueryWordError(problem=f"{place}番目のことばでは探せません")
        for name, value in parts.items():
            if found.setdefault(name, value) != value:
                raise QueryWordError(problem=f"{place}番目のことばが、前のことばと食い違っています")
    first, last = found.get("first_day"), found.get("last_day")
    if first is not None and last is not None and first > last:
        raise QueryWordError(problem="期間の終わりが始まりより前です")
    try:
        return dataclasses.replace(CaseFilter(), **found)
    except CaseNumberError:
        raise QueryWordError(problem="受付番号の書き方が正しくありません") from None


def _parts(word: str, titles: Titles) -> dict[str, Any]:
    if word in _WORDS:
        return _WORDS[word]
    return _of_day(word) or _of_id(word) or _of_title(word, titles)


def _of_id(word: str) -> dict[str, Any]:
    if word.upper().startswith("R") and _NUMBER.fullmatch(word.upper()):
        return {"number": word.upper()}
    if match := _COUNTER.fullmatch(word):
        return {"counter": match[1]}
    if _FORM.fullmatch(word.upper()):
        return {"form": word.upper()}
    if _CODE.fullmatch(word.upper()):
        return {"code": word.upper()}
    if match := _STAFF.fullmatch(word):
        return {"staff": match[1] or match[2]}
    return {}


def _of_title(word: str, titles: Titles) -> dict[str, Any]:
    found = titles.procedures_with(word)
    exact = [one for one in found if titles.procedure(one) == word or one == word]
    chosen = exact or list(found)
    return {"procedure": chosen[0]} if len(chosen) == 1 else {}


def _of_day(word: str) -> dict[str, Any]:
    try:
        if match := _MONTH.fullmatch(word):
            first = dt.date(int(match[1]), int(match[2]), 1)
            return {"first_day": first, "last_day": _month_end(first)}
        match = _DAYS.fullmatch(word)
        if match is None or not (match[1] or match[3]):
            return {}
        first_day = dt.date.fromisoformat(match[1]) if match[1] else None
        last_day = dt.date.fromisoformat(match[3]) if match[3] else None
    except ValueError:
        return {}
    if match[2] is None:
        last_day = first_day
    return {name: day for name, day in (("first_day", first_day), ("last_day", last_day)) if day is not None}


def _month_end(first: dt.date) -> dt.date:
    return (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
