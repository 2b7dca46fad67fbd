"""Procedures 手続: what a visitor came for, which forms it needs and which answers it settles."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from kakanai.datafile import Node, load_data_file
from kakanai.reception.answers import Value, parse_value
from kakanai.reception.errors import AnswerFormatError, ConflictingProceduresError, UnknownProcedureError
from kakanai.reception.town_keys import section_of
from kakanai.reception.variables import ValueType, VariableCatalog


@dataclass(frozen=True)
class Procedure:
    """One procedure 手続 (届出・申請・請求). `settles` are answers that the choice itself gives.

    To find it: `number` as it is typed at the counter, readings in `kana` and other `words` people use, each
    parted by blanks; `events` are the life events ライフイベント on whose shelves it stands. `section` is the
    key of the town's section 課 for a procedure without forms 案内のみ, `legal` its basis 根拠.
    """

    id: str
    title: str
    group: str
    forms: tuple[str, ...]
    settles: Mapping[str, Value]
    number: str = ""
    kana: str = ""
    words: str = ""
    events: tuple[str, ...] = ()
    section: str = ""
    legal: str = ""


@dataclass(frozen=True)
class Shelf:
    """A shelf 棚 of procedures: those of some life events, in a clerk's words (転入, 亡くなったとき)."""

    id: str
    label: str
    events: frozenset[str]


def refuse_conflicts(procedures: Iterable[Procedure]) -> None:
    """Nothing, unless two procedures settle one question differently (取得 and 喪失 on one F09).

    Raises:
        ConflictingProceduresError: the first such pair, by title.
    """
    settled: dict[str, tuple[Procedure, Value]] = {}
    for procedure in procedures:
        for variable, value in procedure.settles.items():
            first, earlier = settled.setdefault(variable, (procedure, value))
            if earlier != value:
                raise ConflictingProceduresError(first=first.title, second=procedure.title)


@dataclass(frozen=True)
class ProcedureCatalog:
    """All procedures in the order a clerk finds them."""

    procedures: Mapping[str, Procedure]
    shelves: tuple[Shelf, ...] = ()

    def on_shelf(self, shelf: Shelf) -> list[Procedure]:
        """The procedures of a shelf; what it is for first, what it leads to as well after that.

        A procedure names its events in the order they matter, and one of few events is more to the point.
        """

        def place(procedure: Procedure) -> tuple[int, int]:
            standing = [rank for rank, event in enumerate(procedure.events) if event in shelf.events]
            return min(standing), len(procedure.events)

        return sorted((p for p in self.procedures.values() if shelf.events.intersection(p.events)), key=place)

    def by_id(self, procedure: str) -> Procedure:
        """The procedure of that id; UnknownProcedureError when there is none."""
        try:
            return self.procedures[procedure]
        except KeyError as error:
            raise UnknownProcedureError(procedure=procedure if procedure.isascii() else "?") from error

    def for_form(self, form: str) -> Procedure | None:
        """The procedure that is meant when only a form is named: the first that uses it."""
        return next((p for p in self.procedures.values() if form in p.forms), None)


def load_procedures(folder: Path, variables: VariableCatalog, *more: Path) -> ProcedureCatalog:
    """Every procedure and shelf of `folder`/*.yaml, in file and line order.

    `more` are a town's own folders; their files may hold `rules` and `off` too, which are for the guidance.

    Raises:
        DataFileError: with the line of the first mistake.
    """
    found: dict[str, Procedure] = {}
    shelves: list[Shelf] = []
    numbers: set[str] = set()
    for path in [file for one in (folder, *more) for file in sorted(one.glob("*.yaml"))]:
        required, optional = ({"procedures"}, {"shelves"}) if path.parent == folder else (set(), _TOWN_KEYS)
        root = load_data_file(path).mapping(required=required, optional=optional)
        shelves += [_shelf(node) for node in (root["shelves"].items() if "shelves" in root else [])]
        for node in root["procedures"].items() if "procedures" in root else []:
            procedure = _procedure(node, variables)
            if procedure.id in found:
                node.fail(f"同じ手続が2回あります: {procedure.id}")
            if procedure.number and procedure.number in numbers:
                node.fail(f"同じ番号が2回あります: {procedure.number}")
            numbers.add(procedure.number)
            found[procedure.id] = procedure
    return ProcedureCatalog(found, tuple(shelves))


def _shelf(node: Node) -> Shelf:
    entry = node.mapping(required={"id", "label", "events"}, optional=set())
    return Shelf(entry["id"].text(), entry["label"].text(), frozenset(entry["events"].texts()))


def _procedure(node: Node, variables: VariableCatalog) -> Procedure:
    entry = node.mapping(required={"id", "title", "group", "forms"}, optional=_MORE_KEYS)
    settles: dict[str, Value] = {}
    for key, given in (entry["settles"].mapping() if "settles" in entry else {}).items():
        settles[key] = settled_value(key, given, variables)
    number = entry["number"].text() if "number" in entry else ""
    if number and not _NUMBER.fullmatch(number):
        entry["number"].fail("番号は2桁の数字にしてください")
    return Procedure(
        entry["id"].text(),
        entry["title"].text(),
        entry["group"].text(),
        entry["forms"].texts(),
        settles,
        number=number,
        kana=entry["kana"].text() if "kana" in entry else "",
        words=entry["words"].text() if "words" in entry else "",
        events=entry["events"].texts() if "events" in entry else (),
        section=section_of(entry["section"]) if "section" in entry else "",
        legal=entry["legal"].text() if "legal" in entry else "",
    )


def settled_value(key: str, given: Node, variables: VariableCatalog) -> Value:
    """The value that data gives to a question; `a|b` are several options of a choice of many.

    Raises:
        DataFileError: an unknown variable, or text that is no answer to it, with its line.
    """
    variable = variables.variables.get(key)
    if variable is None:
        given.fail(f"知らない項目です: {key}")
    try:
        is_many = variable.type is ValueType.CHOICES
        value = parse_value(variable, given.text().split("|") if is_many else given.text())
    except AnswerFormatError as error:
        given.fail(f"{key} の値は、{error.details['expected']}にしてください")
    if value is None:
        given.fail(f"{key} の値を書いてください")
    return value


_MORE_KEYS = frozenset({"settles", "number", "kana", "words", "events", "section", "legal"})
_TOWN_KEYS = frozenset({"procedures", "shelves", "rules", "off"})
_NUMBER = re.compile(r"[0-9]{2}")
