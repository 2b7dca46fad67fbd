"""A JSON object of a specimen's file under examination; complaints name the key in full."""

import re
from collections.abc import Mapping
from typing import Any

from kakanai.cardreader.errors import SpecimenError


class Content:
    """The object `told` and where it stands: `group` is "" for the whole file.

    Raises:
        SpecimenError: `told` is no object.
    """

    def __init__(self, specimen_id: str, told: object, group: str = "") -> None:
        self.specimen_id = specimen_id
        self._group = group
        if not isinstance(told, dict):
            raise SpecimenError(specimen_id, key=group, reason="object-wanted")
        self.told: dict[str, Any] = told

    def error(self, key: str, reason: str) -> SpecimenError:
        """The complaint about one key."""
        return SpecimenError(self.specimen_id, key=f"{self._group}.{key}".lstrip("."), reason=reason)

    def has(self, key: str) -> bool:
        """Whether the key is there."""
        return key in self.told

    def group(self, key: str) -> "Content":
        """The object under a key.

        Raises:
            SpecimenError: something else is there.
        """
        return Content(self.specimen_id, self.told[key], key)

    def optional_group(self, key: str) -> "Content":
        """The object under a key, an empty one if it is not there.

        Raises:
            SpecimenError: something else is there.
        """
        return Content(self.specimen_id, self.told.get(key, {}), key)

    def refuse_keys(self, *, required: set[str], optional: set[str]) -> None:
        """Complain of a key that is missing or unknown."""
        for key in sorted(required - self.told.keys()):
            raise self.error(key, "missing")
        for key in sorted(self.told.keys() - required - optional):
            raise self.error(key, "unknown-key")

    def texts(
        self, required: Mapping[str, str | None], optional: Mapping[str, str | None] | None = None
    ) -> dict[str, str]:
        """The texts of this object, which may have these keys and no others; each with its pattern.

        Raises:
            SpecimenError: it has not.
        """
        patterns = {**required, **(optional or {})}
        self.refuse_keys(required=set(required), optional=set(optional or ()))
        return {key: self.text(key, pattern) for key, pattern in patterns.items() if key in self.told}

    def text(self, key: str, pattern: str | None = None, default: str | None = None) -> str:
        """The text under a key; the default, if there is one, where the key is not there.

        Raises:
            SpecimenError: no text, an empty one, or not of this pattern.
        """
        if default is not None and key not in self.told:
            return default
        value = self.told[key]
        if not isinstance(value, str) or not value:
            raise self.error(key, "text-wanted")
        if pattern is not None and not re.fullmatch(pattern, value, re.ASCII):
            raise self.error(key, "form")
        try:
            value.encode("utf-8")
        except UnicodeEncodeError:
            raise self.error(key, "half-surrogate") from None
        return value

    def flag(self, key: str, *, default: bool | None = None) -> bool:
        """True or false under a key.

        Raises:
            SpecimenError: something else is there.
        """
        value = self.told.get(key, default)
        if type(value) is not bool:
            raise self.error(key, "true-or-false")
        return value
