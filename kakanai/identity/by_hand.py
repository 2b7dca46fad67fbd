"""A person typed in or given as a file 手入力, in the keys that `card read` prints."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

from kakanai.identity.birth_date import BirthDate
from kakanai.identity.errors import BirthDateError, HandEntryError, MyNumberError
from kakanai.identity.my_number import MyNumber
from kakanai.identity.person import Person, Sex

_FACT_KEYS: Final = frozenset({"name", "address", "birth_date", "sex", "my_number"})
_TOLERATED_KEYS: Final = frozenset(
    {
        "card_kind",
        "tries_left",
        "apdus",
        "opened_by",
        "expires_on",
        "authenticity",
        "photo",
        "glyphs",
        "address_changed",
        "licence_number",
        "signature",
        "generation",
        "special_permanent",
        "name_is_picture",
        "changes",
        "gaiji",
        "surface_error",
    }
)
"""What `card read` prints beside the facts, so its output can be given back as it is."""

_SPEAKABLE_KEY = re.compile(r"[a-z][a-z0-9_]{0,31}")
_UNPRINTABLE: Final = frozenset({"Cc", "Cs", "Zl", "Zp"})
_LONGEST_TEXT: Final = 400
"""Characters of a name or address; several times the longest legal one, and a stop for the wrong file."""

_SEX_OF_TEXT = {str(sex.value): sex for sex in Sex}


def person_from_mapping(data: Mapping[str, object]) -> tuple[Person, MyNumber | None]:
    """The person, and the 個人番号 if given, of a mapping with the keys of `card read --json`.

    Keys: name, address, birth_date (ISO, `00` where unknown), sex (ISO 5218, number or text), my_number.
    A fact left out or null is "" or None. Text stays code point for code point.

    Raises:
        HandEntryError: A key or value cannot be taken; `field` names it, nothing is made.
    """
    for key in data:
        if key not in _FACT_KEYS and key not in _TOLERATED_KEYS:
            # A stranger's key may be a value put in the wrong place, so only a plain word is repeated.
            told = key if isinstance(key, str) and _SPEAKABLE_KEY.fullmatch(key) else "?"
            raise HandEntryError(field=told, reason="unknown_key")
    person = Person(
        name=_text(data, "name"),
        address=_text(data, "address"),
        birth_date=_birth_date(data),
        sex=_sex(data.get("sex")),
    )
    return person, _my_number(data)


def person_to_mapping(person: Person, my_number: MyNumber | None = None) -> dict[str, object]:
    """The facts in the keys of `card read --json`, in the clear; my_number only when it is given.

    Meant for the one command that is asked to show them; `person_from_mapping` takes the result back.
    """
    mapping: dict[str, object] = {
        "name": person.name,
        "address": person.address,
        "birth_date": person.birth_date.iso if person.birth_date else None,
        "sex": None if person.sex is None else int(person.sex),
    }
    if my_number is not None:
        mapping["my_number"] = "".join(my_number.box_digits())
    return mapping


def _text(data: Mapping[str, object], field: str) -> str:
    value = data.get(field)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise HandEntryError(field=field, reason="type")
    if len(value) > _LONGEST_TEXT:
        raise HandEntryError(field=field, reason="too_long")
    if any(unicodedata.category(character) in _UNPRINTABLE for character in value):
        raise HandEntryError(field=field, reason="control_character")
    return value


def _birth_date(data: Mapping[str, object]) -> BirthDate | None:
    text = _text(data, "birth_date")
    if not text:
        return None
    try:
        return BirthDate.from_iso(text)
    except BirthDateError as error:
        raise HandEntryError(field="birth_date", reason="value") from error


def _sex(value: object) -> Sex | None:
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise HandEntryError(field="sex", reason="type")
    sex = _SEX_OF_TEXT.get(str(value))
    if sex is None:
        raise HandEntryError(field="sex", reason="value")
    return sex


def _my_number(data: Mapping[str, object]) -> MyNumber | None:
    text = _text(data, "my_number")
    if not text:
        return None
    try:
        return MyNumber(text)
    except MyNumberError as error:
        raise HandEntryError(field="my_number", reason="value") from error
