"""Data files (YAML) whose every value remembers its line, so that a town's mistake is shown where it is.

All scalars stay the strings that were written (`no`, `2026.10` and `01` mean themselves); the reader of a
value decides its type. See docs/decisions/0001-yaml-with-lines.md.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NoReturn

import yaml

from kakanai.errors import KakanaiError


class DataFileError(KakanaiError):
    """A data file 様式・設問などの定義ファイル cannot be used.

    Details: file (name without folders above resources), line (1-based, 0 when the whole file is meant),
    problem (a Japanese phrase for whoever edits the file).
    """

    code = "F-010"
    exit_status = 10

    def __init__(self, file: str, line: int, problem: str) -> None:
        super().__init__(file=file, line=line, problem=problem)


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml's parser where the wheel has it: ten times faster, the same nodes and lines."""


_DEEPEST = 40
_LONGEST = 1_000_000
"""Bytes; the longest file of ours has a tenth of it."""

_TOO_LONG = "ファイルが大きすぎます(1MB まで)"


@dataclass(slots=True)
class Node:
    """One value of a data file: a text, a list or a mapping, with the line it starts on.

    Nobody changes one after it was read; it is not frozen because a start makes tens of thousands of them.
    """

    file: str
    line: int
    text_value: str | None = None
    list_value: "list[Node] | None" = None
    map_value: "dict[str, Node] | None" = None
    key_lines: dict[str, int] | None = None
    """The line of each key of a mapping."""

    def fail(self, problem: str) -> NoReturn:
        """Raise DataFileError at this node's line."""
        raise DataFileError(self.file, self.line, problem)

    def text(self) -> str:
        """The scalar as written."""
        if self.text_value is None:
            self.fail("文字を1つ書いてください")
        return self.text_value

    def number(self, *, minimum: float = float("-inf"), maximum: float = float("inf")) -> float:
        """The scalar as a number within the bounds (mm, pt or a count)."""
        try:
            value = float(self.text())
        except ValueError:
            self.fail(f"数値ではありません: {self.text()}")
        if not minimum <= value <= maximum:
            self.fail(f"{minimum:g} から {maximum:g} の範囲で書いてください: {value:g}")
        return value

    def integer(self, *, minimum: int = 0, maximum: int = 10_000) -> int:
        """The scalar as a whole number within the bounds."""
        value = self.number(minimum=minimum, maximum=maximum)
        if value != int(value):
            self.fail(f"整数で書いてください: {value:g}")
        return int(value)

    def flag(self) -> bool:
        """`yes`/`true` or `no`/`false`."""
        text = self.text().lower()
        if text not in {"yes", "no", "true", "false"}:
            self.fail("yes か no で書いてください")
        return text in {"yes", "true"}

    def one_of(self, allowed: Collection[str]) -> str:
        """The scalar, which must be one of `allowed`."""
        text = self.text()
        if text not in allowed:
            self.fail(f"{text} は使えません。使える値: {'、'.join(sorted(allowed))}")
        return text

    def items(self) -> "list[Node]":
        """The elements of a list."""
        if self.list_value is None:
            self.fail("リスト(- で始まる並び)で書いてください")
        return self.list_value

    def mapping(
        self, *, required: Collection[str] = (), optional: Collection[str] | None = None
    ) -> "dict[str, Node]":
        """The entries of a mapping; with `optional` given, any key outside both sets is refused."""
        if self.map_value is None:
            self.fail("「項目: 値」の形で書いてください")
        missing = [key for key in required if key not in self.map_value]
        if missing:
            self.fail(f"必要な項目がありません: {'、'.join(sorted(missing))}")
        if optional is not None:
            for key in self.map_value:
                if key not in required and key not in optional:
                    raise DataFileError(self.file, (self.key_lines or {})[key], f"知らない項目です: {key}")
        return self.map_value

    def with_entries(self, entries: "dict[str, Node]") -> "Node":
        """This mapping with other entries, at the same line.

        Thousands are made for every form; dataclasses.replace() would take five times as long.
        """
        return Node(self.file, self.line, map_value=entries, key_lines=self.key_lines)

    def texts(self) -> tuple[str, ...]:
        """A list of scalars."""
        return tuple(item.text() for item in self.items())


def load_data_file(path: Path, shown_as: str | None = None) -> Node:
    """The file as a tree of nodes.

    Raises:
        DataFileError: unreadable, not UTF-8, not YAML, a repeated key, an alias or an empty file.
    """
    name = shown_as or path.name
    try:
        with path.open("rb") as file:
            data = file.read(_LONGEST + 1)
        if len(data) > _LONGEST:
            raise DataFileError(name, 0, _TOO_LONG)
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise DataFileError(name, 0, "UTF-8 で保存してください") from error
    except OSError as error:
        raise DataFileError(name, 0, "ファイルを読めません") from error
    return parse_data(text, name)


def parse_data(text: str, name: str) -> Node:
    """YAML text as a tree of nodes (see `load_data_file`)."""
    if len(text) > _LONGEST:
        raise DataFileError(name, 0, _TOO_LONG)
    tree = _Tree(name)
    try:
        tree.grow(_LOADER(text).get_event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = 0 if mark is None else int(mark.line) + 1
        raise DataFileError(name, line, "YAML の書き方に誤りがあります") from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise DataFileError(name, 0, "YAML として読めません") from error
    if tree.root is None:
        raise DataFileError(name, 0, "ファイルが空です")
    return tree.root


_ANCHORED: Final = frozenset({yaml.SequenceStartEvent, yaml.MappingStartEvent, yaml.AliasEvent})


class _Tree:
    """Nodes built from libyaml's events as they come.

    Its composer would build a tree of its own first, and calls itself for each level: a hostile file ends
    the process.
    """

    def __init__(self, name: str) -> None:
        self.root: Node | None = None
        self._name = name
        self._open: list[Node] = []
        self._keys: list[str | None] = []
        """The key in each open mapping whose value comes next."""
        self._anchors: dict[str, int] = {}

    def grow(self, next_event: Callable[[], Any]) -> None:
        """Take every event of a file; PyYAML's have no types that say so, but lines and values."""
        while True:
            event = next_event()
            line: int = event.start_mark.line + 1
            kind = type(event)
            if kind is yaml.ScalarEvent:
                self._take_scalar(event.value, line)
            elif kind is yaml.StreamEndEvent:
                return
            else:
                self._take(event, line)
                if kind not in _ANCHORED:
                    continue
            if event.anchor is not None:
                self._anchors[event.anchor] = line

    def _take(self, event: yaml.Event, line: int) -> None:
        match event:
            case yaml.SequenceStartEvent():
                self._start(Node(self._name, line, list_value=[]))
            case yaml.MappingStartEvent():
                self._start(Node(self._name, line, map_value={}, key_lines={}))
            case yaml.CollectionEndEvent():
                self._open.pop()
                self._keys.pop()
            case yaml.AliasEvent():
                # An alias can blow a small file up to gigabytes, and no data file of ours needs one.
                line = self._anchors.get(event.anchor or "", line)
                raise DataFileError(self._name, line, "別名(& と *)は使えません")
            case yaml.DocumentStartEvent() if self.root is not None:
                raise DataFileError(self._name, line, "YAML の書き方に誤りがあります")

    def _start(self, node: Node) -> None:
        if len(self._open) >= _DEEPEST:
            raise DataFileError(self._name, node.line, "入れ子が深すぎます")
        self._add(node)
        self._open.append(node)
        self._keys.append(None)

    def _take_scalar(self, text: str, line: int) -> None:
        parent = self._open[-1] if self._open else None
        mapping = parent.map_value if parent else None
        if parent is None or mapping is None or self._keys[-1] is not None:
            self._add(Node(self._name, line, text))
            return
        if text in mapping:
            raise DataFileError(self._name, line, f"同じ項目が2回あります: {text}")
        if parent.key_lines is not None:
            parent.key_lines[text] = line
        self._keys[-1] = text

    def _add(self, node: Node) -> None:
        if not self._open:
            self.root = node
            return
        parent, key = self._open[-1], self._keys[-1]
        if parent.list_value is not None:
            parent.list_value.append(node)
        elif parent.map_value is not None:
            if key is None:
                raise DataFileError(self._name, node.line, "項目名は文字で書いてください")
            parent.map_value[key] = node
            self._keys[-1] = None
