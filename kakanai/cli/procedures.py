"""`kakanai procedures list`: the catalogue of ②, searched as on the window."""

import argparse
from typing import Any

from kakanai.cli.output import Output
from kakanai.cli.services import Services
from kakanai.reception.procedure import Procedure, ProcedureCatalog
from kakanai.reception.procedure_search import ProcedureSearch


def list_procedures(asked: argparse.Namespace, services: Services, output: Output) -> int:
    """The procedures 手続 that fit the words, best first; all of them without words."""
    catalog = services.guide().procedures
    if asked.words:
        found = ProcedureSearch(catalog).find(" ".join(asked.words))
    else:
        found = list(catalog.procedures.values())
    output.result(
        {"procedures": [_entry(procedure, catalog) for procedure in found]},
        [f"{p.number:<3} {'・'.join(p.forms):<8} {p.title}（{p.group}）" for p in found]
        or ["見つかりません。番号か、短い言葉で探します。"],
    )
    return 0


def _entry(procedure: Procedure, catalog: ProcedureCatalog) -> dict[str, Any]:
    return {
        "procedure": procedure.id,
        "number": procedure.number,
        "title": procedure.title,
        "kana": procedure.kana,
        "group": procedure.group,
        "events": list(procedure.events),
        "shelves": [shelf.label for shelf in catalog.shelves if shelf.events.intersection(procedure.events)],
        "forms": list(procedure.forms),
    }
