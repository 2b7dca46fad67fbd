"""Everything the window knows of a case in hand, as plain data for its draft."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from kakanai.printing.print_job import PrintedDocument
from kakanai.reception.case import Case
from kakanai.reception.case_record import case_of, record_of
from kakanai.reception.plain_values import from_plain, to_plain
from kakanai.ui.case_identity import CaseIdentity
from kakanai.ui.kept_card import KeptCard
from kakanai.ui.rest_of_set import RestOfSet
from kakanai.ui.typed_answers import TypedAnswers

_FORMAT: Final = 1


@dataclass(frozen=True, repr=False)
class CaseSnapshot:
    """A case with what was typed half, the card's pictures, and where its paper went. Personal.

    `documents_before` are those of the paper that is being corrected, `rest` is what is out of a set that
    stopped half-way.
    """

    case: Case
    values: dict[str, object]
    rows: dict[str, list[dict[str, object]]]
    card: KeptCard | None
    documents: tuple[PrintedDocument, ...]
    documents_before: tuple[PrintedDocument, ...]
    rest: RestOfSet

    def __repr__(self) -> str:
        return f"CaseSnapshot({self.case.number})"


def to_body(
    flow: CaseIdentity, documents_before: tuple[PrintedDocument, ...], rest: RestOfSet
) -> dict[str, Any]:
    """The case of the flow in plain data; it must have one."""
    if flow.case is None:
        raise ValueError("no case in hand")
    return {
        "format": _FORMAT,
        "case": record_of(flow.case),
        "typed": [to_plain(flow.typed.values), to_plain(flow.typed.rows)],
        "card": _card(flow),
        "documents": [[_document(one) for one in which] for which in (flow.documents, documents_before)],
        "rest": [[_document(one) for one in rest.out.values()], list(rest.begun)],
    }


def from_body(body: Mapping[str, Any]) -> CaseSnapshot:
    """What `to_body` gave.

    Raises:
        ValueError: it is nothing that it gave, or of another version of the program.
    """
    try:
        if body["format"] != _FORMAT:
            raise ValueError("another format")
        values, rows = (from_plain(part) for part in body["typed"])
        documents, before = (tuple(map(_printed, which)) for which in body["documents"])
        out, begun = body.get("rest", ((), ()))  # drafts of versions before have none
        card = body["card"]
        return CaseSnapshot(
            case_of(body["case"]),
            values,
            rows,
            None if card is None else KeptCard.from_plain(card),
            documents,
            before,
            RestOfSet(map(_printed, out), map(str, begun)),
        )
    except (KeyError, TypeError) as error:
        raise ValueError("no snapshot of a case") from error


def restore_typed(typed: TypedAnswers, snapshot: CaseSnapshot) -> None:
    """What was typed, as it was; a list of this version that the draft does not know is empty."""
    typed.clear()
    typed.take_up(snapshot.values, snapshot.rows)


def _card(flow: CaseIdentity) -> dict[str, Any] | None:
    kept = flow.kept_card()
    if kept is None:
        return None
    if flow.case is not None and flow.case.is_protected:  # 支援措置: no picture that shows an address
        kept = replace(kept, pictures=replace(kept.pictures, address=None, face=None))
    return kept.to_plain()


def _document(printed: PrintedDocument) -> list[Any]:
    path = None if printed.path is None else str(printed.path)
    return [printed.form, printed.pages, path, printed.job_id, printed.verified]


def _printed(told: list[Any]) -> PrintedDocument:
    form, pages, path, job, verified = told
    return PrintedDocument(form, pages, None if path is None else Path(path), job, verified)
