"""What a specimen 見本カード is: an invented person on an invented card."""

import dataclasses
import enum
from typing import Any

from kakanai.cardreader.faults import Faults

GRANTED_ATTEMPTS = {
    "text": 3,  # this, sign and auth observed: OpenSC jpki.h, municipal pages
    "sign": 5,
    "auth": 3,
    "common": 3,  # this and juki: municipal pages
    "juki": 3,
    "collation_a": 10,  # assumed for A, observed for 照合番号B in secondary sources
    "collation_b": 10,
    "surface_birth_date": 10,  # assumed
    "surface_collation_a": 10,
    "surface_collation_b": 10,
}


@enum.unique
class SpecimenKind(enum.StrEnum):
    """Which card a specimen is; the value is what its file says under `card`."""

    MY_NUMBER = "mynumber"
    DRIVER_LICENCE = "driver_licence"
    RESIDENCE_CARD = "residence_card"
    JUKI_CARD = "juki_card"
    BLANK = "blank"
    STAFF_CARD = "staff_card"


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
class Pictures:
    """Files below resources/simulator/pictures: the 顔写真, and the folder with the drawn texts."""

    photo: str = "face-a.jp2"
    glyphs: str = "blank"


@dataclasses.dataclass(frozen=True, repr=False)
class Specimen:
    """A 見本カード of any kind; `repr` shows the id alone.

    `faults` are what this card does wrong by itself. `content` is what the file says of a card other than
    個人番号カード, for the one who builds that kind to examine.
    """

    id: str
    label: str
    description: str
    kind: SpecimenKind
    faults: Faults
    content: dict[str, Any]

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.id})"


@dataclasses.dataclass(frozen=True, repr=False)
class MyNumberSpecimen(Specimen):
    """A 個人番号カード.

    `person` is what the chip says, `issued_person` what the issuer signed; they differ on a forged card, as
    `shown_pictures` may from the signed `pictures`. `attempts` are the tries left when new; `pins` and
    `attempts` have the keys of GRANTED_ATTEMPTS, 照合番号 and birth date left out of `pins`.
    `mynumber_licence` is the content of マイナ免許証 on the same card, None without.
    """

    person: SpecimenPerson
    issued_person: SpecimenPerson
    my_number: str
    pins: dict[str, str]
    attempts: dict[str, int]
    has_jpki: bool
    expires_on: str
    security_code: str
    municipality_code: str
    has_western_birth_year: bool
    issuer: str
    has_wrong_card_key: bool
    pictures: Pictures
    shown_pictures: Pictures
    mynumber_licence: dict[str, Any] | None

    @property
    def birth_digits(self) -> str:
        """生年月日 as a key: YYMMDD with the 和暦 year, or the western one for 外国人住民 (assumed)."""
        return collation_birth_digits(self.issued_person.birth_date, western=self.has_western_birth_year)

    @property
    def collation_b(self) -> str:
        """照合番号B (rule observed: soltia48/myna-card src/data.rs)."""
        return self.birth_digits + self.expires_on[:4] + self.security_code


# First days of 令和, 平成, 昭和, 大正 and 明治 (given: 元号法, 詔書).
_ERA_STARTS = ("20190501", "19890108", "19261225", "19120730", "18680125")


def collation_birth_digits(birth_date: str, *, western: bool) -> str:
    """YYMMDD from YYYYMMDD; an unknown month or day stays 00."""
    year = int(birth_date[:4])
    if western:
        return f"{year % 100:02}{birth_date[4:]}"
    start = next((start for start in _ERA_STARTS if birth_date >= start), _ERA_STARTS[-1])
    return f"{(year - int(start[:4]) + 1) % 100:02}{birth_date[4:]}"
