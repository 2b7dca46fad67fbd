"""Procedures 手続: what a visitor came for, which forms it needs and which answers it settles."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from kakanai.datafile import load_data_file
from kakanai.reception.answers import Value, parse_value
from kakanai.reception.errors import ConflictingProceduresError, UnknownProcedureError
from kakanai.reception.variables import VariableCatalog


@dataclass(frozen=True)
class Procedure:
    """One procedure 手続 (届出・申請・請求). `settles` are answers that the choice itself gives."""

    id: str
    title: str
    group: str
    forms: tuple[str, ...]
    settles: Mapping[str, Value]


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

    def by_id(self, procedure: str) -> Procedure:
        """The procedure of that id; UnknownProcedureError when there is none."""
        try:
            return self.procedures[procedure]
        except KeyError as error:
            raise UnknownProcedureError(procedure=procedure if procedure.isascii() else "?") from error

    def for_form(self, form: str) -> Procedure | None:
        """The procedure that is meant when only a form is named: the first that uses it."""
        return next((p for p in self.procedures.values() if form in p.forms), None)


def load_procedures(folder: Path, variables: VariableCatalog) -> ProcedureCatalog:
    """Every procedure of `folder`/*.yaml, in file and line order.

    Raises:
        DataFileError: with the line of the first mistake.
    """
    found: dict[str, Procedure] = {}
    for path in sorted(folder.glob("*.yaml")):
        for node in (
            load_data_file(path).mapping(required={"procedures"}, optional=set())["procedures"].items()
        ):
            entry = node.mapping(required={"id", "title", "group", "forms"}, optional={"settles"})
            name = entry["id"].text()
            if name in found:
                entry["id"].fail(f"同じ手続が2回あります: {name}")
            settles: dict[str, Value] = {}
            for key, given in (entry["settles"].mapping() if "settles" in entry else {}).items():
                variable = variables.variables.get(key)
                value = parse_value(variable, given.text()) if variable else None
                if value is None:
                    given.fail(f"知らない項目か値です: {key}")
                settles[key] = value
            found[name] = Procedure(
                name, entry["title"].text(), entry["group"].text(), entry["forms"].texts(), settles
            )
    return ProcedureCatalog(found)
