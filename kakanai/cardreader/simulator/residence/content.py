"""What a specimen file says of a 在留カード, checked; the object under its key "residence_card"."""

import dataclasses
import re
from collections.abc import Mapping

from kakanai.cardreader.errors import SpecimenError

_COMMON = {"generation", "number", "photo"}
_OPTIONAL_COMMON = {"special_permanent", "signed_photo"}
_FIRST = {"card_face"}
_OPTIONAL_FIRST = {"address", "comprehensive_permit", "individual_permit", "renewal"}
_SECOND = {"name_image", "address_image", "entries"}
_OPTIONAL_SECOND = {"permits", "renewal", "note"}
_PICTURE = r"[a-z0-9-]+\.(tif|jp2)"
_ADDRESS = {"changed_on": r"[0-9]{8}", "municipality_code": r"[0-9]{6}", "text": r"(?s).+"}
_DATE = r"[0-9]{8}"
ENTRIES = {
    "expires_on": _DATE,
    "birth_date": _DATE,
    "sex": r"[123]",
    "nationality_code": r"[A-Z]{3}",
    "status_code": r"[ -~]{10}",
    "period": r"[0-9]{4}",
    "permission_code": r"[ -~]{2}",
    "permitted_on": _DATE,
    "work_restriction_code": r"[1249]",
    "stay_until": _DATE,
}
"""In the order of the card's file; a 特別永住者証明書 has the first six."""
SPECIAL_ENTRIES = dict(list(ENTRIES.items())[:6])
_PERMITS = {"comprehensive": r"[012]", "comprehensive_until": rf"({_DATE})?", "individual": r"[01]"}


@dataclasses.dataclass(frozen=True, repr=False)
class ResidenceContent:
    """An invented card. Pictures are file names in resources/simulator/residence, "" for none.

    `signed_photo` differs from `photo` on a forged card: the signature was made over it. `repr` shows the id
    alone.
    """

    specimen_id: str
    generation: int
    is_special_permanent: bool
    number: str
    photo: str
    signed_photo: str
    card_face: str
    name_image: str
    address_image: str
    address: dict[str, str]
    entries: dict[str, str]
    permits: dict[str, str]
    comprehensive_permit: str
    individual_permit: str
    renewal: str
    note: str

    def __repr__(self) -> str:
        return f"ResidenceContent({self.specimen_id})"


def parse_content(specimen_id: str, content: Mapping[str, object]) -> ResidenceContent:
    """The content, checked.

    Raises:
        SpecimenError: a key missing, unknown, or with a value that cannot be.
    """
    return _Checked(specimen_id, content).content()


class _Checked:
    def __init__(self, specimen_id: str, told: Mapping[str, object]) -> None:
        self._id = specimen_id
        self._told = told

    def content(self) -> ResidenceContent:
        generation = self._told.get("generation")
        if type(generation) is not int or generation not in (1, 2):
            raise self._error("generation", "1-or-2")
        is_special = self._told.get("special_permanent", False)
        if not isinstance(is_special, bool):
            raise self._error("special_permanent", "true-or-false")
        required, optional = (_FIRST, _OPTIONAL_FIRST) if generation == 1 else (_SECOND, _OPTIONAL_SECOND)
        self._refuse_keys(self._told, "", _COMMON | required, _OPTIONAL_COMMON | optional)
        photo = self._text(self._told, "photo", rf"({_PICTURE})?")
        return ResidenceContent(
            specimen_id=self._id,
            generation=generation,
            is_special_permanent=is_special,
            number=self._text(self._told, "number", r"[A-Z]{2}[0-9]{8}[A-Z]{2}"),
            photo=photo,
            signed_photo=self._optional("signed_photo", _PICTURE) or photo,
            card_face=self._optional("card_face", _PICTURE),
            name_image=self._optional("name_image", _PICTURE),
            address_image=self._optional("address_image", _PICTURE),
            address=self._group("address", _ADDRESS),
            entries=self._group("entries", SPECIAL_ENTRIES if is_special else ENTRIES),
            permits=self._group("permits", _PERMITS),
            comprehensive_permit=self._optional("comprehensive_permit", r".{1,40}"),
            individual_permit=self._optional("individual_permit", r".{1,40}"),
            renewal=self._optional("renewal", r"[01]"),
            note=self._optional("note", r".{1,66}"),
        )

    def _optional(self, key: str, pattern: str) -> str:
        return self._text(self._told, key, pattern) if key in self._told else ""

    def _group(self, key: str, patterns: dict[str, str]) -> dict[str, str]:
        if key not in self._told:
            return {}
        told = self._told[key]
        if not isinstance(told, dict):
            raise self._error(key, "object-wanted")
        self._refuse_keys(told, f"{key}.", set(patterns), set())
        return {name: self._text(told, name, pattern, f"{key}.") for name, pattern in patterns.items()}

    def _text(self, told: Mapping[str, object], key: str, pattern: str, group: str = "") -> str:
        value = told[key]
        if not isinstance(value, str):
            raise self._error(group + key, "text-wanted")
        if not re.fullmatch(pattern, value):
            raise self._error(group + key, "form")
        try:
            value.encode("utf-8")
        except UnicodeEncodeError:
            raise self._error(group + key, "half-surrogate") from None
        return value

    def _refuse_keys(
        self, told: Mapping[str, object], group: str, required: set[str], optional: set[str]
    ) -> None:
        for key in sorted(required - told.keys()):
            raise self._error(group + key, "missing")
        for key in sorted(told.keys() - required - optional):
            raise self._error(group + key, "unknown-key")

    def _error(self, key: str, reason: str) -> SpecimenError:
        return SpecimenError(self._id, key=f"residence_card.{key}", reason=reason)
