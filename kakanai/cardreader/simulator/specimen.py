"""Specimens 見本カード: invented people on invented cards, loaded from resources/simulator/<id>.json."""

import dataclasses
import json
import re
from pathlib import Path

from kakanai.cardreader.errors import SpecimenError, SpecimenNotFoundError
from kakanai.resources import resource_root

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)
_KEYS = {"id", "label", "description", "person", "my_number", "pins", "jpki"}
_OPTIONAL_KEYS = {"attempts", "collation_b", "quirks"}
_PERSON = {"name": None, "address": None, "birth_date": r"[0-9]{8}", "sex": r"[0-9]"}
_PINS = {"text": r"[0-9]{4}", "sign": r"[A-Z0-9]{6,16}", "auth": r"[0-9]{4}"}
_QUIRKS: dict[str, dict[str | bool, int]] = {
    "locked_sw": {"6983": 0x6983, "6984": 0x6984},
    "first_command_6f00": {True: 1, False: 0},
}
GRANTED_ATTEMPTS = {"text": 3, "sign": 5, "auth": 3}  # observed: OpenSC jpki.h, municipal pages


@dataclasses.dataclass(frozen=True, repr=False)
class SpecimenPerson:
    """An invented holder; the fields are those of 基本4情報 as a card spells them. `repr` is masked."""

    name: str
    address: str
    birth_date: str
    sex: str

    def __repr__(self) -> str:
        return "SpecimenPerson(****)"


@dataclasses.dataclass(frozen=True, repr=False)
class Specimen:
    """A 見本カード. `attempts` are the tries left when new; `repr` shows the id alone.

    `pins` and `attempts` have the keys text (券面事項入力補助用), sign (署名用) and auth (利用者証明用).
    `collation_b` is 照合番号B, or "" for a card without it.
    """

    id: str
    label: str
    description: str
    person: SpecimenPerson
    my_number: str
    pins: dict[str, str]
    attempts: dict[str, int]
    has_jpki: bool
    collation_b: str
    locked_sw: int
    first_command_6f00: bool

    def __repr__(self) -> str:
        return f"Specimen({self.id})"


def specimen_folder() -> Path:
    """Where the shipped specimens lie."""
    return resource_root() / "simulator"


def list_specimens(folder: Path | None = None) -> list[Specimen]:
    """All specimens, by id.

    Raises:
        SpecimenError: one of the files is broken.
    """
    paths = sorted((folder or specimen_folder()).glob("*.json"))
    return [load_specimen(path.stem, path.parent) for path in paths]


def load_specimen(specimen_id: str, folder: Path | None = None) -> Specimen:
    """The specimen of this id.

    Raises:
        SpecimenNotFoundError: there is none.
        SpecimenError: its file is broken.
    """
    if not _ID.fullmatch(specimen_id):
        raise SpecimenNotFoundError(specimen_id)
    path = (folder or specimen_folder()) / f"{specimen_id}.json"
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise SpecimenNotFoundError(specimen_id) from None
    except OSError as error:
        raise SpecimenError(specimen_id, key="", reason="unreadable") from error
    return parse_specimen(specimen_id, content)


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
    return _Checked(specimen_id, told).specimen()


class _Checked:
    """One file's content under examination; every complaint names the key."""

    def __init__(self, specimen_id: str, told: object) -> None:
        self._id = specimen_id
        self._told = self._mapping(told, "")
        self._refuse_keys(self._told, "", required=_KEYS, optional=_OPTIONAL_KEYS)

    def specimen(self) -> Specimen:
        if self._text(self._told, "id") != self._id:
            raise self._error("id", "differs-from-file-name")
        my_number = self._text(self._told, "my_number", r"[0-9]{12}")
        if not _has_right_check_digit(my_number):
            raise self._error("my_number", "check-digit")
        if type(self._told["jpki"]) is not bool:
            raise self._error("jpki", "true-or-false")
        quirks = self._quirks()
        return Specimen(
            id=self._id,
            label=self._text(self._told, "label"),
            description=self._text(self._told, "description"),
            person=SpecimenPerson(**self._texts("person", _PERSON)),
            my_number=my_number,
            pins=self._texts("pins", _PINS),
            attempts=self._attempts(),
            has_jpki=self._told["jpki"],
            collation_b=self._collation_b(),
            locked_sw=quirks.get("locked_sw", 0x6984),
            first_command_6f00=bool(quirks.get("first_command_6f00", 0)),
        )

    def _attempts(self) -> dict[str, int]:
        told = self._mapping(self._told.get("attempts", {}), "attempts")
        self._refuse_keys(told, "attempts", required=set(), optional=set(GRANTED_ATTEMPTS))
        left = dict(GRANTED_ATTEMPTS)
        for name, attempts in told.items():
            if type(attempts) is not int or not 0 <= attempts <= GRANTED_ATTEMPTS[name]:
                raise self._error(f"attempts.{name}", "range")
            left[name] = attempts
        return left

    def _collation_b(self) -> str:
        return self._text(self._told, "collation_b", r"[0-9]{14}") if "collation_b" in self._told else ""

    def _quirks(self) -> dict[str, int]:
        told = self._mapping(self._told.get("quirks", {}), "quirks")
        self._refuse_keys(told, "quirks", required=set(), optional=set(_QUIRKS))
        chosen: dict[str, int] = {}
        for name, value in told.items():
            allowed = _QUIRKS[name]
            if not isinstance(value, str | bool) or value not in allowed:
                raise self._error(f"quirks.{name}", "unknown-value")
            chosen[name] = allowed[value]
        return chosen

    def _texts(self, group: str, patterns: dict[str, str] | dict[str, str | None]) -> dict[str, str]:
        told = self._mapping(self._told[group], group)
        self._refuse_keys(told, group, required=set(patterns), optional=set())
        return {key: self._text(told, key, pattern, group) for key, pattern in patterns.items()}

    def _text(self, told: dict[str, object], key: str, pattern: str | None = None, group: str = "") -> str:
        value = told[key]
        full_key = f"{group}.{key}".lstrip(".")
        if not isinstance(value, str) or not value:
            raise self._error(full_key, "text-wanted")
        if pattern is not None and not re.fullmatch(pattern, value, re.ASCII):
            raise self._error(full_key, "form")
        try:
            value.encode("utf-8")
        except UnicodeEncodeError:
            raise self._error(full_key, "half-surrogate") from None
        return value

    def _mapping(self, value: object, key: str) -> dict[str, object]:
        if not isinstance(value, dict):
            raise self._error(key, "object-wanted")
        return value

    def _refuse_keys(
        self, told: dict[str, object], group: str, *, required: set[str], optional: set[str]
    ) -> None:
        for key in sorted(required - told.keys()):
            raise self._error(f"{group}.{key}".lstrip("."), "missing")
        for key in sorted(told.keys() - required - optional):
            raise self._error(f"{group}.{key}".lstrip("."), "unknown-key")

    def _error(self, key: str, reason: str) -> SpecimenError:
        return SpecimenError(self._id, key=key, reason=reason)


def _has_right_check_digit(my_number: str) -> bool:
    """Whether the 12th digit follows from the others (given: 番号法施行令8条の総務省令5条)."""
    weights = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
    remainder = sum(int(digit) * weight for digit, weight in zip(my_number, weights, strict=False)) % 11
    return int(my_number[11]) == (0 if remainder <= 1 else 11 - remainder)
