"""The town's file as a document: its comments, order and blank lines stay when a value is changed."""

from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

import tomlkit
from tomlkit.items import Comment, Table, Whitespace

from kakanai.settings.town_file import shipped_town_file
from kakanai.settings.town_rules import COUNTERS

Value = str | int | bool | list[str]
"""What may stand under a name of the town's file."""

_FIRST_LINES = (
    "町の設定。変えた項目だけが入っています。すべての項目と説明は、付属の見本（見本町）にあります。"
)


def changed_text(text: str, changes: Mapping[str, Value | dict[str, str]]) -> str:
    """The text of the town's file with these values by dotted name (`fees.seal_certificate`).

    `counters` is given whole, as a mapping: what is not in it is taken out. A value that the file does not
    have yet goes to the end of its table, with the words of the shipped file behind it.
    """
    document = tomlkit.parse(text)
    if not text.strip():
        document.add(tomlkit.comment(_FIRST_LINES))
    for name, value in changes.items():
        table, _, key = name.partition(".")
        if isinstance(value, dict):
            _replace_names(_table(document, table), value)
        else:
            _set(_table(document, table), key, value, words_of(name).whole)
    return tomlkit.dumps(document)


_Table = MutableMapping[str, Any]


def _table(document: tomlkit.TOMLDocument, name: str) -> _Table:
    if name not in document:
        if document.body:
            document.add(tomlkit.nl())
        document.add(name, tomlkit.table())
    return cast("_Table", document[name])


def _replace_names(table: _Table, values: Mapping[str, str]) -> None:
    for key in [key for key in table if key not in values]:
        del table[key]
    for key, value in values.items():
        _set(table, key, value, "")


def _set(table: _Table, key: str, value: Value, words: str) -> None:
    item = tomlkit.item(value)
    if key in table:
        if table[key] != item:
            table[key] = item
        return
    if not isinstance(table, Table):  # dotted or inline: town.name = "…"; no comment fits behind
        table[key] = item
        return
    if words:
        item.comment(words)
    # What stands after the last value is about the table that follows, and stays in front of that.
    body = table.value.body
    last = next((n for n in range(len(body), 0, -1) if body[n - 1][0] is not None), 0)
    after = [item for _, item in body[last:] if isinstance(item, Comment | Whitespace)]
    del body[last:]
    table.add(key, item)
    for one in after:
        table.add(one)


@dataclass(frozen=True)
class Words:
    """What the shipped file says behind a value: a name for it, and what there is to know."""

    label: str
    hint: str = ""

    @property
    def whole(self) -> str:
        """Both, as they stand in the file."""
        return f"{self.label}。{self.hint}" if self.hint else self.label


def words_of(name: str) -> Words:
    """The words of a setting by its dotted name; the name itself where the shipped file has none."""
    return _shipped_words().get(name, Words(name))


@lru_cache(maxsize=1)
def _shipped_words() -> Mapping[str, Words]:
    document = tomlkit.parse(shipped_town_file().read_text(encoding="utf-8"))
    found: dict[str, Words] = {}
    for table, values in document.items():
        for key in values:
            comment = values.item(key).trivia.comment.lstrip("# ").strip()
            label, _, hint = comment.partition("。")
            if label and table != COUNTERS:
                found[f"{table}.{key}"] = Words(label, hint)
    return found
