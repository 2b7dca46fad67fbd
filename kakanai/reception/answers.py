"""Answers 聞き取りの回答: what was typed, read into values by the type of each question."""

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from kakanai.errors import KakanaiError
from kakanai.identity.birth_date import BirthDate
from kakanai.identity.person import Sex
from kakanai.identity.wareki import parse_counter_date
from kakanai.reception.errors import AnswerFormatError, UnknownVariableError
from kakanai.reception.variables import LISTS, ROW_KEY, Source, ValueType, Variable, VariableCatalog

Value = str | int | tuple[str, ...] | BirthDate | dt.date | Sex
"""One value: text, count, chosen options, a birth date (may be partly unknown), a day, a sex."""

_PHONE = re.compile(r"^[0-9０-９()（）+＋\-－‐−ー 　内線]{1,30}$")
_POSTAL = re.compile(r"^(?:〒[ 　]?)?[0-9０-９]{3}[-－‐−ー]?[0-9０-９]{4}$")
_COUNT = re.compile(r"[0-9０-９]{1,2}")
_YEN = re.compile(r"[￥¥]?[0-9０-９]{1,3}(?:[,，]?[0-9０-９]{3}){0,3}円?|[￥¥]?[0-9０-９]{1,12}円?")
_DIGIT = re.compile(r"[0-9０-９]")
_KEY = re.compile(r"[a-z][a-z_]*(\.[a-z0-9_]+)?")
_DIGIT_RUN = re.compile(r"[0-9]{4}")
_KANA = re.compile(r"^[ァ-ヿ㇀-ㇿ 　゛゜・＝()（）]+$")


_ROW_KEY = re.compile(r"[a-z][a-z0-9]{0,15}")
_LONGEST_KEY = 60
_MOST_ROWS = 99
"""People on one list; far more than a household, and a stop for the wrong file."""


class Answers:
    """The answers of one case; `values` by variable id, `rows` by list name.

    Values are personal: `repr` shows only how many there are.
    """

    def __init__(self) -> None:
        self.values: dict[str, Value] = {}
        self.rows: dict[str, list[dict[str, Value]]] = {name: [] for name in LISTS}

    def __repr__(self) -> str:
        return f"Answers({len(self.values)} values, {sum(map(len, self.rows.values()))} rows)"


def parse_answers(catalog: VariableCatalog, data: Mapping[str, Any]) -> Answers:
    """Answers from plain JSON-like data: variable id → text, number or list; list name → list of mappings.

    Keys of list entries may be written with or without the list's name (`kana` or `member.kana`).

    Raises:
        UnknownVariableError: a key that no question has.
        AnswerFormatError: a value of the wrong form; its text is not repeated anywhere.
    """
    answers = Answers()
    for key, given in data.items():
        if key in LISTS:
            answers.rows[key] = _parse_rows(catalog, key, given)
            continue
        variable = catalog.variables.get(key)
        if variable is None or variable.list_name or variable.source not in {Source.ASKED, Source.CLERK}:
            raise UnknownVariableError(field=_safe_key(key))
        value = parse_value(variable, given)
        if value is not None:
            answers.values[key] = value
    return answers


def _safe_key(key: object) -> str:
    # A key can be anything somebody typed, a name or a 個人番号 too; repeat only what is built like ours.
    if not isinstance(key, str) or len(key) > _LONGEST_KEY or _DIGIT_RUN.search(key):
        return "?"
    return key if _KEY.fullmatch(key) else "?"


def _parse_rows(catalog: VariableCatalog, name: str, given: object) -> list[dict[str, Value]]:
    if not isinstance(given, Sequence) or isinstance(given, str | bytes):
        raise AnswerFormatError(field=name, expected="リスト")
    if len(given) > _MOST_ROWS:
        raise AnswerFormatError(field=name, expected=f"{_MOST_ROWS}人まで")
    rows: list[dict[str, Value]] = []
    for entry in given:
        if not isinstance(entry, Mapping):
            raise AnswerFormatError(field=name, expected="項目と値の組")
        rows.append(_parse_row(catalog, name, entry))
    _check_keys(f"{name}.{ROW_KEY}", rows)
    return rows


def _check_keys(variable: str, rows: Sequence[Mapping[str, Value]]) -> None:
    keys = [str(row[variable]) for row in rows if variable in row]
    if any(_ROW_KEY.fullmatch(key) is None for key in keys):
        raise AnswerFormatError(field=variable, expected="英小文字で始まる英小文字と数字(16字まで)")
    if len(set(keys)) < len(keys):
        raise AnswerFormatError(field=variable, expected="1つのリストに1回だけ")


def _parse_row(catalog: VariableCatalog, name: str, entry: Mapping[str, object]) -> dict[str, Value]:
    row: dict[str, Value] = {}
    seen: set[str] = set()
    for key, text in entry.items():
        full = key if str(key).startswith(f"{name}.") else f"{name}.{key}"
        variable = catalog.variables.get(full)
        if variable is None or variable.list_name != name:
            raise UnknownVariableError(field=_safe_key(full))
        if full in seen:
            # `name` and `member.name`: which of the two is meant nobody can tell.
            raise AnswerFormatError(field=full, expected="1人に1回だけ")
        seen.add(full)
        value = parse_value(variable, text)
        if value is not None:
            row[full] = value
    return row


def parse_value(variable: Variable, given: object) -> Value | None:
    """The value of one answer; None for an empty one, which leaves the box blank.

    Raises:
        AnswerFormatError: the text does not fit the type.
    """
    if given is None or given == "" or given == []:
        return None
    reader = _READERS.get(variable.type, _read_text)
    try:
        return reader(variable, given)
    except AnswerFormatError:
        raise
    except (KakanaiError, ValueError, TypeError) as error:
        raise AnswerFormatError(field=variable.id, expected=_EXPECTED[variable.type]) from error


def _text(given: object) -> str:
    if not isinstance(given, str | int) or isinstance(given, bool):
        raise TypeError
    return str(given)


def _read_text(variable: Variable, given: object) -> Value:
    text = _text(given)
    if len(text) > variable.max_length or any(ord(c) < 0x20 or 0x7F <= ord(c) < 0xA0 for c in text):
        raise ValueError
    return text


def _matching(pattern: re.Pattern[str]) -> Callable[[Variable, object], Value]:
    def read(variable: Variable, given: object) -> Value:
        text = str(_read_text(variable, given))
        if not pattern.fullmatch(text):
            raise ValueError
        return text

    return read


def _read_choice(variable: Variable, given: object) -> Value:
    text = "yes" if given is True else "no" if given is False else _text(given)
    if text not in {choice.id for choice in variable.choices}:
        raise ValueError
    return text


def _read_choices(variable: Variable, given: object) -> Value:
    many = [given] if isinstance(given, str) else list(given) if isinstance(given, Sequence) else None
    if many is None:
        raise TypeError
    chosen = {str(_read_choice(variable, one)) for one in many}
    return tuple(choice.id for choice in variable.choices if choice.id in chosen)


def _read_count(_variable: Variable, given: object) -> Value:
    text = _text(given)
    # int() alone would take "1_0" for 10.
    if not _COUNT.fullmatch(text):
        raise ValueError
    return int(text)


def _read_yen(_variable: Variable, given: object) -> Value:
    text = _text(given)
    if not _YEN.fullmatch(text):
        raise ValueError
    return int(re.sub("[,，円￥¥]", "", text))


def _read_postal(variable: Variable, given: object) -> Value:
    # The forms print the mark 〒 themselves. Typed text, not the card's: it may be shortened.
    text = str(_matching(_POSTAL)(variable, given))
    return text.removeprefix("〒").strip(" 　")


def _read_birth_date(_variable: Variable, given: object) -> Value:
    return parse_counter_date(_text(given), allow_unknown=True)


def _read_date(_variable: Variable, given: object) -> Value:
    date = parse_counter_date(_text(given))
    if date.month is None or date.day is None:
        raise ValueError
    return dt.date(date.year, date.month, date.day)


def _read_sex(_variable: Variable, given: object) -> Value:
    text = _text(given)
    text = {"男": "1", "女": "2"}.get(text, text)
    if not _DIGIT.fullmatch(text):
        raise ValueError
    return Sex(int(text))


_READERS: dict[ValueType, Callable[[Variable, object], Value]] = {
    ValueType.KANA: _matching(_KANA),
    ValueType.PHONE: _matching(_PHONE),
    ValueType.POSTAL: _read_postal,
    ValueType.BIRTH_DATE: _read_birth_date,
    ValueType.DATE: _read_date,
    ValueType.SEX: _read_sex,
    ValueType.CHOICE: _read_choice,
    ValueType.CHOICES: _read_choices,
    ValueType.COUNT: _read_count,
    ValueType.YEN: _read_yen,
}

_EXPECTED: dict[ValueType, str] = {
    ValueType.NAME: "文字(制御文字なし、200字まで)",
    ValueType.ADDRESS: "文字(制御文字なし、200字まで)",
    ValueType.TEXT: "文字(制御文字なし)",
    ValueType.KANA: "全角カタカナ",
    ValueType.PHONE: "電話番号(数字とハイフン)",
    ValueType.POSTAL: "郵便番号7桁",
    ValueType.BIRTH_DATE: "日付(S55.2.17、1980/2/17 など)",
    ValueType.DATE: "日付(R8.4.1、2026/4/1 など)",
    ValueType.SEX: "1(男)か2(女)",
    ValueType.CHOICE: "選択肢のどれか",
    ValueType.CHOICES: "選択肢のいくつか",
    ValueType.COUNT: "0から99の数",
    ValueType.YEN: "金額(円、12桁まで)",
}
