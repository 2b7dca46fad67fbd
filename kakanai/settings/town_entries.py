"""All settings of the town one by one: name, kind, words, value; and values from what people type."""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

from kakanai.settings.errors import TownChangeValueError, UnknownSettingError
from kakanai.settings.town_document import Value, Words, words_of
from kakanai.settings.town_file import merged_with_shipped, parse_town, shipped_tables
from kakanai.settings.town_rules import COUNTERS, MAX_TEXT_LENGTH, Kind, fault, is_line, kind_of

_NARROW: Final = str.maketrans("０１２３４５６７８９", "0123456789")
_FLAGS: Final = {"true": True, "false": False, "はい": True, "いいえ": False}
_LISTS: Final = frozenset(
    {
        Kind.CLERKS,
        Kind.WORDS,
        Kind.FORMS,
        Kind.PAPERS,
        Kind.DAYS,
        Kind.PHRASES,
        Kind.SIGN_BOXES,
        Kind.FORM_MINUTES,
    }
)
_BORROWED: Final = ("section_places", "section_phones")
"""Tables whose keys are those of [sections], and whose words stand there."""


@dataclass(frozen=True)
class TownEntry:
    """One setting; `is_own` where the town's own file says it. `counters` is one, a mapping."""

    name: str
    kind: Kind
    words: Words
    value: Value | dict[str, str]
    is_own: bool

    @property
    def table(self) -> str:
        """The heading it stands under."""
        return self.name.partition(".")[0]


def town_entries(text: str, file: Path) -> list[TownEntry]:
    """Every setting in the order of the shipped file, with the value that counts.

    Raises:
        TownSyntaxError, TownValueError: see parse_town; other mistakes are told by check_town.
    """
    own = parse_town(text, file)
    merged = merged_with_shipped(own)
    entries: list[TownEntry] = []
    for table, keys in shipped_tables().items():
        if table == COUNTERS:
            counters = cast("dict[str, str]", merged[COUNTERS])
            words = Words("庁舎の窓口と、受け持つ課")
            entries.append(TownEntry(COUNTERS, Kind.SECTION, words, counters, bool(own.get(COUNTERS))))
            continue
        for key in keys:
            name = f"{table}.{key}"
            said = words_of(f"sections.{key}" if table in _BORROWED else name)
            value = cast("Value", merged[table][key])
            entries.append(TownEntry(name, kind_of(table, key), said, value, key in own.get(table, {})))
    return entries


def setting_names() -> Iterator[str]:
    """The dotted names of all settings."""
    for table, keys in shipped_tables().items():
        yield from [COUNTERS] if table == COUNTERS else [f"{table}.{key}" for key in keys]


def require_setting(name: str) -> None:
    """Nothing, when there is a setting of this name.

    Raises:
        UnknownSettingError: there is none; the nearest one is told.
    """
    names = tuple(setting_names())
    if name not in names:
        nearest = difflib.get_close_matches(name, names, n=1)
        raise UnknownSettingError(key=name[:MAX_TEXT_LENGTH], nearest=nearest[0] if nearest else "－")


def value_fault(name: str, value: Value | dict[str, str]) -> str:
    """What a new value of a setting ought to be, in Japanese; empty when it is right by itself."""
    if name == COUNTERS:
        right = isinstance(value, dict) and bool(value) and all(map(is_line, (*value, *value.values())))
        return "" if right else "窓口の名前と課の組が1つ以上。名前は40字までの、同じもののない文字"
    table, _, key = name.partition(".")
    return fault(table, key, value)


def typed_value(name: str, words: str) -> Value | dict[str, str]:
    """The value that somebody typed for a setting: lists with 、 or a comma, yes or no, yen, minutes.

    `counters` is written 窓口1=resident、窓口2=tax.

    Raises:
        UnknownSettingError: there is no such setting.
        TownChangeValueError: the words cannot be a value of it.
    """
    require_setting(name)
    value = _value(name, words)
    expected = value_fault(name, value)
    if expected:
        raise TownChangeValueError(key=name, expected=expected)
    return value


def _value(name: str, words: str) -> Value | dict[str, str]:
    if name == COUNTERS:
        pairs = [part.partition("=") for part in _parts(words)]
        return {counter.strip(): section.strip() for counter, _, section in pairs}
    table, _, key = name.partition(".")
    kind = kind_of(table, key)
    if kind in _LISTS:
        return _parts(words)
    if kind in {Kind.FEE, Kind.IDLE, Kind.MINUTES, Kind.YEARS, Kind.KEPT_DAYS, Kind.AWAY_DAYS, Kind.DISK}:
        digits = words.strip().translate(_NARROW)
        return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else words
    if kind is Kind.FLAG:
        return _FLAGS.get(words.strip().lower(), words)
    return words


def _parts(words: str) -> list[str]:
    return [part.strip() for part in words.replace("、", ",").replace("，", ",").split(",") if part.strip()]
