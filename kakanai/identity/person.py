"""The person at the counter, by the four basic facts."""

from dataclasses import dataclass
from enum import IntEnum

from kakanai.identity.birth_date import BirthDate


class Sex(IntEnum):
    """Sex 性別 by ISO 5218 / JIS X 0303 (given)."""

    NOT_KNOWN = 0
    MALE = 1
    FEMALE = 2
    NOT_APPLICABLE = 9

    @property
    def label(self) -> str:
        """The word a form prints."""
        return _LABELS[self]


_LABELS = {
    Sex.NOT_KNOWN: "不明",
    Sex.MALE: "男",
    Sex.FEMALE: "女",
    Sex.NOT_APPLICABLE: "適用不能",
}


@dataclass(frozen=True, repr=False)
class Person:
    """A person by the four basic facts 基本4情報, spelled code point for code point as they came.

    Facts that hand entry left out are "" or None.
    """

    name: str
    address: str
    birth_date: BirthDate | None
    sex: Sex | None

    def __repr__(self) -> str:
        return "Person(****)"
