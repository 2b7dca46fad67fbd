"""What each card says when nothing goes wrong: read once without faults, checked against the specimen."""

import dataclasses
import functools
from typing import Any

from kakanai.cardreader.authenticity.issuer_table import IssuerTable
from kakanai.cardreader.authenticity.judge import judge
from kakanai.cardreader.authenticity.verdict import Verdict
from kakanai.cardreader.connection import ReaderLimits
from kakanai.cardreader.driver_licence.mynumber_licence_session import MyNumberLicenceSession
from kakanai.cardreader.errors import CardError
from kakanai.cardreader.mynumber.readings import MyNumberCardReading
from kakanai.cardreader.open_card import open_card
from kakanai.cardreader.residence_card.judge import judge_residence_card
from kakanai.resources import resource_root
from tests.faults.faulty_reader import Slot
from tests.faults.holders import SEEN, Holder
from tests.faults.parts import parts_of
from tests.faults.planned_faults import Habits
from tests.faults.requests import REQUESTS, TODAY, Request

_SIMULATOR = resource_root() / "simulator"


@functools.cache
def issuers() -> IssuerTable:
    """The keys of the specimens' issuers; those of 在留カード are in a file of their own."""
    return IssuerTable.load(
        _SIMULATOR / "issuers" / "trusted.yaml", _SIMULATOR / "residence" / "trusted.yaml"
    )


@dataclasses.dataclass
class Truth:
    """`facts` by part; by request the names of the parts it brings, or the error it ends with; verdicts."""

    facts: dict[str, Any] = dataclasses.field(default_factory=dict)
    outcomes: dict[str, frozenset[str] | type[CardError]] = dataclasses.field(default_factory=dict)
    verdicts: dict[str, Verdict] = dataclasses.field(default_factory=dict)


def part_name(request: Request, name: str) -> str:
    """The name of a part among the facts; signatures differ by the key that made them."""
    return f"{name} {request.name}" if name == "signature" else name


def verdict_of(told: object) -> Verdict:
    """The program's judgement of a reading with its proof."""
    if isinstance(told, MyNumberCardReading):
        assert told.proof is not None
        return judge(told.proof, issuers(), TODAY).verdict
    return judge_residence_card(told, issuers(), TODAY).verdict


@functools.cache
def truth_of(holder_id: str) -> Truth:
    """The truth of this holder's card."""
    from tests.faults.holders import holders

    holder = next(one for one in holders() if one.id == holder_id)
    truth = Truth()
    if holder.group != "other":
        openers = [open_card]
        if "mynumber_licence/0006" in holder.keys:
            openers.append(MyNumberLicenceSession.open)
        for opener in openers:
            _read_all(holder, opener, truth)
    holder.card.make_new()
    SEEN.clear()
    return truth


def _read_all(holder: Holder, opener: Any, truth: Truth) -> None:
    slot = Slot()
    slot.put(holder)
    for request in _requests(holder, opener):
        holder.card.make_new()
        with opener(slot.connect(ReaderLimits(), Habits())) as session:
            _read(holder, session, request, truth)
            if not truth.facts.get("signature_file") and hasattr(session, "read_signature"):
                _read_signature(session, truth)


def _requests(holder: Holder, opener: Any) -> tuple[Request, ...]:
    slot = Slot()
    slot.put(holder)
    with opener(slot.connect(ReaderLimits(), Habits())) as session:
        often, seldom = REQUESTS[type(session)]
    return tuple(one for one in (*often, *seldom) if one.is_free)


def _read(holder: Holder, session: Any, request: Request, truth: Truth) -> None:
    def give(place: str) -> str:
        return holder.keys[place] if place in request.right else holder.wrong(place)

    try:
        told = request.ask(session, give)
    except CardError as error:
        truth.outcomes[request.name] = type(error)
        return
    parts = parts_of(told)
    truth.outcomes[request.name] = frozenset(part_name(request, name) for name in parts)
    for name, part in parts.items():
        known = truth.facts.setdefault(part_name(request, name), part.value)
        assert known == part.value, "two requests tell two truths"
    if request.is_judged:
        truth.verdicts[request.name] = verdict_of(told)


def _read_signature(session: Any, truth: Truth) -> None:
    try:
        parts = parts_of(session.read_signature())
    except CardError:
        return
    truth.facts.update({name: part.value for name, part in parts.items()})
