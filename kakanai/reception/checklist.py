"""The checklist 持ち物・書類: every document once, which forms and procedures want it, and how it stands."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from kakanai.reception.terms import DocumentUse, RequiredDocument

_NOTE = "（"


class DocumentState(StrEnum):
    """How a document stands: not looked at, seen 確認した, to come later 後日, not needed 不要."""

    OPEN = "open"
    SEEN = "seen"
    LATER = "later"
    UNNEEDED = "unneeded"

    @property
    def label(self) -> str:
        """What a clerk calls it."""
        return {"open": "まだ", "seen": "確認", "later": "後日", "unneeded": "不要"}[self.value]


@dataclass(frozen=True)
class DocumentNeed:
    """A document, and the form or procedure that wants it (its id)."""

    document: RequiredDocument
    needed_by: str


@dataclass(frozen=True)
class DocumentItem:
    """One line of the checklist. `notes` are what its labels say in brackets.

    `reason` is why the town may do without it 役場で確認できるため不要; whether it can in this case the clerk
    judges, for a paper left at home by mistake brings the visitor back. `is_automatic`: nobody ticked it,
    what was done at the counter did.
    """

    id: str
    label: str
    notes: tuple[str, ...]
    use: DocumentUse
    needed_by: tuple[str, ...]
    state: DocumentState
    reason: str = ""
    is_automatic: bool = False


def checklist(
    needs: Iterable[DocumentNeed],
    decided: Mapping[str, DocumentState],
    is_met: Callable[[DocumentNeed], bool],
) -> list[DocumentItem]:
    """Every needed document once, in the order it is first wanted.

    Two are one when they are used alike and their labels say the same before the brackets. What the clerk
    `decided` comes first, then what `is_met` at the counter.
    """
    merged: dict[str, list[DocumentNeed]] = {}
    for need in needs:
        merged.setdefault(document_id(need.document), []).append(need)
    return [_item(name, same, decided.get(name), is_met) for name, same in merged.items()]


def document_id(document: RequiredDocument) -> str:
    """What makes two documents one: the use, and the label before its brackets."""
    return f"{document.use.value}:{_parts(document.label)[0]}"


def _parts(label: str) -> tuple[str, str]:
    name, bracket, note = label.partition(_NOTE)
    return name, note.removesuffix("）") if bracket else ""


def _item(
    name: str, same: list[DocumentNeed], decided: DocumentState | None, is_met: Callable[[DocumentNeed], bool]
) -> DocumentItem:
    first = same[0].document
    held = next((need.document.held for need in same if need.document.held), "")
    # Where several want it, one of them is enough to say what settles it.
    telling = [need for need in same if need.document.met_by is not None]
    settled = bool(telling) and all(is_met(need) for need in telling)
    state = decided or (DocumentState.SEEN if settled else DocumentState.OPEN)
    notes = dict.fromkeys(note for need in same if (note := _parts(need.document.label)[1]))
    return DocumentItem(
        id=name,
        label=_parts(first.label)[0],
        notes=tuple(notes),
        use=first.use,
        needed_by=tuple(dict.fromkeys(need.needed_by for need in same)),
        state=state,
        reason=held,
        is_automatic=decided is None and state is not DocumentState.OPEN,
    )
