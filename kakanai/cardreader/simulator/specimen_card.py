"""Makes a specimen into a virtual card, whichever kind it is."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from kakanai.cardreader.errors import SpecimenError
from kakanai.cardreader.simulator.card import SimulatedCard
from kakanai.cardreader.simulator.common_files import common_application, data_objects, juki_application
from kakanai.cardreader.simulator.file_system import Application, FileSystem
from kakanai.cardreader.simulator.issuers import load_issued_keys
from kakanai.cardreader.simulator.jpki_files import jpki_application, juki_card_application
from kakanai.cardreader.simulator.licence.card import build_licence_card
from kakanai.cardreader.simulator.licence.mynumber_licence import mynumber_licence_application
from kakanai.cardreader.simulator.residence.card import build_residence_card
from kakanai.cardreader.simulator.retry_counters import RetryCounters
from kakanai.cardreader.simulator.specimen_content import Content
from kakanai.cardreader.simulator.specimen_types import (
    GRANTED_ATTEMPTS,
    MyNumberSpecimen,
    Specimen,
    SpecimenKind,
)
from kakanai.cardreader.simulator.surface_files import surface_application
from kakanai.cardreader.simulator.text_files import text_application
from kakanai.cardreader.simulator.virtual_card import VirtualCard

# Contactless ATR of a 住民基本台帳カード (observed: pcsc-tools smartcard_list.txt).
JUKI_CARD_ATR = bytes.fromhex("3B888001000014E0B381915E")
# What PC/SC makes of a memory card without applications (given: PC/SC part 3; MIFARE Classic 1K).
BLANK_CARD_ATR = bytes.fromhex("3B8F8001804F0CA000000306030001000000006A")

_JUKI_CARD_PINS = {"sign": r"[A-Z0-9]{6,16}", "auth": r"[0-9]{4}"}


def build_card(specimen: Specimen, state_folder: Path | None = None) -> SimulatedCard:
    """A powered-off card of this specimen, without its faults; with a folder its counters are kept there.

    Raises:
        SimulatorStateError: the counters' file cannot be used.
        SpecimenError: the specimen's content, a picture or the shared keys are broken.
    """
    if isinstance(specimen, MyNumberSpecimen):
        return _my_number_card(specimen, state_folder)
    return _BUILDERS[specimen.kind](specimen.id, specimen.content, state_folder)


def _my_number_card(specimen: MyNumberSpecimen, state_folder: Path | None) -> VirtualCard:
    keys = load_issued_keys()
    applications = [
        text_application(specimen, keys),
        surface_application(specimen, keys),
        jpki_application(specimen, keys),
        common_application(specimen, keys),
        juki_application(specimen),
    ]
    if specimen.mynumber_licence is not None:
        applications.append(mynumber_licence_application(specimen.id, specimen.mynumber_licence))
    counters = RetryCounters(specimen.id, state_folder, specimen.attempts)
    return VirtualCard(
        FileSystem(applications, counters), counters, data_objects=data_objects(specimen, keys)
    )


def _juki_card(specimen_id: str, content: dict[str, Any], state_folder: Path | None) -> VirtualCard:
    pins = Content(specimen_id, content, SpecimenKind.JUKI_CARD.value).texts(_JUKI_CARD_PINS)
    initial = {name: GRANTED_ATTEMPTS[name] for name in _JUKI_CARD_PINS}
    return _card(specimen_id, [juki_card_application(pins)], JUKI_CARD_ATR, state_folder, initial)


def _blank_card(specimen_id: str, content: dict[str, Any], state_folder: Path | None) -> VirtualCard:
    if content:
        raise SpecimenError(specimen_id, key=SpecimenKind.BLANK.value, reason="must-be-empty")
    return _card(specimen_id, [], BLANK_CARD_ATR, state_folder, {})


def _staff_card(specimen_id: str, content: dict[str, Any], state_folder: Path | None) -> VirtualCard:
    """A memory card with a number 職員証: no application, and a UID that the reader tells."""
    told = Content(specimen_id, content, SpecimenKind.STAFF_CARD.value).texts({"uid": r"([0-9A-F]{2}){4,10}"})
    return _card(specimen_id, [], BLANK_CARD_ATR, state_folder, {}, bytes.fromhex(told["uid"]))


def _card(
    specimen_id: str,
    applications: list[Application],
    atr: bytes,
    state_folder: Path | None,
    initial: dict[str, int],
    uid: bytes = b"",
) -> VirtualCard:
    counters = RetryCounters(specimen_id, state_folder, initial)
    return VirtualCard(FileSystem(applications, counters), counters, atr=atr, uid=uid)


_BUILDERS: dict[SpecimenKind, Callable[[str, dict[str, Any], Path | None], SimulatedCard]] = {
    SpecimenKind.DRIVER_LICENCE: build_licence_card,
    SpecimenKind.RESIDENCE_CARD: build_residence_card,
    SpecimenKind.JUKI_CARD: _juki_card,
    SpecimenKind.BLANK: _blank_card,
    SpecimenKind.STAFF_CARD: _staff_card,
}
