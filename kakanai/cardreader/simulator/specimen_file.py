"""A specimen's JSON text examined and made into a specimen; every complaint names the key."""

import dataclasses
import json
from typing import Any

from kakanai.cardreader.errors import SpecimenError
from kakanai.cardreader.faults import Faults
from kakanai.cardreader.simulator.specimen_content import Content
from kakanai.cardreader.simulator.specimen_types import (
    GRANTED_ATTEMPTS,
    MyNumberSpecimen,
    Pictures,
    Specimen,
    SpecimenKind,
    SpecimenPerson,
)

_COMMON_KEYS = {"id", "label", "description"}
_MY_NUMBER_KEYS = {"person", "my_number", "pins", "jpki"}
_MY_NUMBER_OPTIONAL_KEYS = {
    "attempts",
    "collation_b",
    "expires",
    "security_code",
    "municipality_code",
    "western_birth_year",
    "issuer",
    "tamper",
    "wrong_card_key",
    "pictures",
    "mynumber_licence",
}
_PERSON = {"name": None, "address": None, "birth_date": r"[0-9]{8}", "sex": r"[0-9]"}
_PINS = {"text": r"[0-9]{4}", "sign": r"[A-Z0-9]{6,16}", "auth": r"[0-9]{4}"}
_OPTIONAL_PINS = {"common": r"[0-9]{4}", "juki": r"[0-9]{4}"}
_ISSUER = "mihon|test|unknown"
_FILE_NAME = r"[a-z0-9]+(-[a-z0-9]+)*(\.jp2)?"
_TAMPER = {"name": None, "address": None, "photo": _FILE_NAME}
_QUIRKS: dict[str, tuple[str, dict[str | bool, Any]]] = {
    "locked_sw": ("locked_answers", {"6983": 0x6983, "6984": 0x6984}),
    "first_command_6f00": ("first_command_6f00", {True: True, False: False}),
    "no_sfi": ("no_sfi", {True: True, False: False}),
    "short_apdu_only": ("short_apdu_only", {True: True, False: False}),
}


def parse_specimen(specimen_id: str, content: bytes) -> Specimen:
    """The specimen this JSON text tells.

    Raises:
        SpecimenError: not JSON, a key missing, unknown, or with a value that cannot be.
    """
    try:
        told = json.loads(content)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 0)
        raise SpecimenError(specimen_id, key=f"line {line}", reason="json") from error
    return _parse(Content(specimen_id, told))


def _parse(content: Content) -> Specimen:
    kind = SpecimenKind.MY_NUMBER
    if content.has("card"):
        kind = SpecimenKind(content.text("card", "|".join(SpecimenKind)))
    is_my_number = kind is SpecimenKind.MY_NUMBER
    content.refuse_keys(
        required=_COMMON_KEYS | (_MY_NUMBER_KEYS if is_my_number else {kind.value}),
        optional={"card", "quirks"} | (_MY_NUMBER_OPTIONAL_KEYS if is_my_number else set()),
    )
    if content.text("id") != content.specimen_id:
        raise content.error("id", "differs-from-file-name")
    common: dict[str, Any] = {
        "id": content.specimen_id,
        "label": content.text("label"),
        "description": content.text("description"),
        "kind": kind,
        "faults": _faults(content),
    }
    if not is_my_number:
        return Specimen(**common, content=content.group(kind.value).told)
    return _my_number_specimen(content, common)


def _my_number_specimen(content: Content, common: dict[str, Any]) -> MyNumberSpecimen:
    my_number = content.text("my_number", r"[0-9]{12}")
    if not _has_right_check_digit(my_number):
        raise content.error("my_number", "check-digit")
    issued_person = SpecimenPerson(**content.group("person").texts(_PERSON))
    tamper = content.optional_group("tamper").texts({}, _TAMPER)
    pictures = _pictures(content)
    specimen = MyNumberSpecimen(
        **common,
        content={},
        issued_person=issued_person,
        person=dataclasses.replace(issued_person, **_only(tamper, "name", "address")),
        my_number=my_number,
        pins=_pins(content.group("pins")),
        attempts=_attempts(content.optional_group("attempts")),
        has_jpki=content.flag("jpki"),
        expires_on=content.text("expires", r"[0-9]{8}", default="20350331"),
        security_code=content.text("security_code", r"[0-9]{4}", default="0000"),
        municipality_code=content.text("municipality_code", r"[0-9]{5}", default="99999"),
        has_western_birth_year=content.flag("western_birth_year", default=False),
        issuer=content.text("issuer", _ISSUER, default="mihon"),
        has_wrong_card_key=content.flag("wrong_card_key", default=False),
        pictures=pictures,
        shown_pictures=dataclasses.replace(pictures, **_only(tamper, "photo")),
        mynumber_licence=content.group("mynumber_licence").told if content.has("mynumber_licence") else None,
    )
    if content.has("collation_b") and content.text("collation_b", r"[0-9]{14}") != specimen.collation_b:
        raise content.error("collation_b", "differs-from-birth-date-expiry-and-code")
    return specimen


def _only(told: dict[str, str], *keys: str) -> dict[str, str]:
    return {key: told[key] for key in keys if key in told}


def _pins(content: Content) -> dict[str, str]:
    return dict.fromkeys(_OPTIONAL_PINS, "1234") | content.texts(_PINS, _OPTIONAL_PINS)


def _pictures(content: Content) -> Pictures:
    patterns: dict[str, str | None] = dict.fromkeys(("photo", "glyphs"), _FILE_NAME)
    return Pictures(**content.optional_group("pictures").texts({}, patterns))


def _attempts(content: Content) -> dict[str, int]:
    content.refuse_keys(required=set(), optional=set(GRANTED_ATTEMPTS))
    left = dict(GRANTED_ATTEMPTS)
    for name, attempts in content.told.items():
        if type(attempts) is not int or not 0 <= attempts <= GRANTED_ATTEMPTS[name]:
            raise content.error(name, "range")
        left[name] = attempts
    return left


def _faults(content: Content) -> Faults:
    quirks = content.optional_group("quirks")
    quirks.refuse_keys(required=set(), optional=set(_QUIRKS))
    chosen: dict[str, Any] = {}
    for name, value in quirks.told.items():
        fault, allowed = _QUIRKS[name]
        if not isinstance(value, str | bool) or value not in allowed:
            raise quirks.error(name, "unknown-value")
        chosen[fault] = allowed[value]
    return Faults(**chosen)


def _has_right_check_digit(my_number: str) -> bool:
    """Whether the 12th digit follows from the others (given: 番号法施行令8条の総務省令5条)."""
    weights = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
    remainder = sum(int(digit) * weight for digit, weight in zip(my_number, weights, strict=False)) % 11
    return int(my_number[11]) == (0 if remainder <= 1 else 11 - remainder)
