"""Whether a reading that came back tells of one card alone, and tells the truth as far as it can know it.

A link that loses, cuts or repeats is met by length, TLV and status word; one that alters content and says
9000 cannot be told from a card, except by the signatures. So a part of a reading may differ from the truth
only if an answer from the very file it is made of was altered on its way; it may be missing only after some
fault; it is never what another card says; and if a signed part differs, the judgement is 不一致.
"""

from typing import Any

from kakanai.cardreader.authenticity.verdict import Verdict
from kakanai.cardreader.mynumber.readings import MyNumberCardReading
from kakanai.cardreader.residence_card import files
from kakanai.cardreader.residence_card.readings import ResidenceCardReading
from tests.faults.faulty_reader import FaultyConnection
from tests.faults.holders import holders
from tests.faults.parts import Part, parts_of
from tests.faults.requests import Request
from tests.faults.tally import Tally
from tests.faults.truth import Truth, part_name, truth_of, verdict_of

_SIGNED_ON_FACE = ("birth_date", "sex", "name_image", "address_image", "photo")
_MISSING = object()


def check_reading(request: Request, told: object, connection: FaultyConnection, tally: Tally) -> None:
    """AssertionError, counted, if the reading is wrong."""
    truth = truth_of(connection.holder.id)
    parts = {part_name(request, name): part for name, part in parts_of(told).items()}
    if not parts:
        return
    tally.readings += 1
    try:
        differing = _check_parts(parts, truth, connection)
        _check_missing(request, parts, truth, connection)
        if request.is_judged:
            tally.judged += 1
            tally.altered_seen += _check_verdict(request, told, truth, connection)
    except AssertionError:
        tally.wrong_readings += 1
        raise
    tally.altered += bool(differing)


def _check_parts(parts: dict[str, Part], truth: Truth, connection: FaultyConnection) -> list[str]:
    differing = []
    for name, part in parts.items():
        if name in truth.facts and part.value == truth.facts[name]:
            continue
        is_altered = any(place.startswith(part.places) for place in connection.altered)
        assert is_altered, f"{name} is not what the card says"
        for other in holders():
            fact = truth_of(other.id).facts.get(name, _MISSING)
            is_telling = fact not in (_MISSING, (), truth.facts.get(name))
            assert not is_telling or part.value != fact, f"{name} is of another card"
        differing.append(name)
    return differing


def _check_missing(
    request: Request, parts: dict[str, Part], truth: Truth, connection: FaultyConnection
) -> None:
    expected = truth.outcomes.get(request.name)
    if isinstance(expected, frozenset) and not connection.fired and not connection.habits_met:
        is_face_locked = connection.holder.card.counters().get("surface_collation_b") == 0
        missing = expected - parts.keys() - ({"surface"} if is_face_locked else set())
        missing -= {"surface_proof_face", "surface_proof_certificate"} if is_face_locked else set()
        assert not missing, f"{sorted(missing)} missing without a fault"


# --- what is signed ---------------------------------------------------------------------


def _check_verdict(request: Request, told: Any, truth: Truth, connection: FaultyConnection) -> bool:
    """Whether signed content was altered, and seen to be."""
    verdict, true_verdict = verdict_of(told), truth.verdicts.get(request.name)
    # 照合番号B may not open EF 0003: then the program has data only, and says so.
    is_withheld = isinstance(told, MyNumberCardReading) and told.proof and told.proof.text.withheld
    if _has_wrong_signed_part(told, truth):
        wanted = {Verdict.MISMATCH, *({Verdict.NO_ISSUER_KEY} if is_withheld else ())}
        assert verdict in wanted, "signed content was altered unnoticed"
        return true_verdict is not Verdict.MISMATCH
    if connection.fired or connection.habits_met or _lacks_face(request, told):
        worse = {true_verdict, Verdict.MISMATCH, Verdict.NO_ISSUER_KEY}
        assert verdict in worse, "a fault made a card better than it is"
    else:
        assert verdict is true_verdict, "another verdict without a fault"
    return False


def _lacks_face(request: Request, told: object) -> bool:
    return isinstance(told, MyNumberCardReading) and len(request.keys) == 2 and told.surface is None


def _has_wrong_signed_part(told: object, truth: Truth) -> bool:
    if isinstance(told, MyNumberCardReading):
        is_wrong = told.basic_four != truth.facts["basic_four"]
        if told.my_number is not None:
            is_wrong |= (told.my_number.digits, told.my_number.file) != truth.facts["my_number"]
        if told.surface is not None:
            true_face = truth.facts["surface"]
            is_wrong |= any(getattr(told.surface, one) != getattr(true_face, one) for one in _SIGNED_ON_FACE)
        return is_wrong
    assert isinstance(told, ResidenceCardReading)
    return _signed_values(told.values) != _signed_values(truth.facts["values_DF1"])


def _signed_values(values: Any) -> dict[str, bytes]:
    """DF1 but for the picture of the address, NUL filler apart, which the signature does not tell from it."""
    unsigned = f"{files.ADDRESS_IMAGE_FILE.name}/"
    return {
        name: filled
        for name, value in values.items()
        if name.startswith("DF1/") and not name.startswith(unsigned) and (filled := value.rstrip(b"\x00"))
    }
