"""What a 運転免許証 said 読取結果, code point for code point, before anyone believes it."""

import dataclasses
import datetime as dt
from typing import Final

from kakanai.cardreader.authenticity.verdict import Authenticity, Check, CheckResult, Verdict
from kakanai.cardreader.driver_licence.changes import ChangeEntry

CANNOT_BE_VERIFIED: Final = Authenticity(
    Verdict.NO_ISSUER_KEY,
    (Check("licence_signature", CheckResult.NOT_DONE, reason="certificate-not-public"),),
)
"""真正性 of every licence: it cannot be verified here. The card is signed (RSA-2048), but the certificate to
verify that with is neither on the card nor public (given: the specification, as its readers tell it)."""


@dataclasses.dataclass(frozen=True)
class LicenceAttempts:
    """Tries left of 暗証番号1 and 暗証番号2, 0 for locked, -1 for unknown after an answer was lost."""

    pin1: int
    pin2: int


@dataclasses.dataclass(frozen=True, repr=False)
class LicenceCategory:
    """A kind of licence held 免許の種類, e.g. 普通; `acquired_on` is None where the card tells no day."""

    name: str
    acquired_on: dt.date | None

    def __repr__(self) -> str:
        return "LicenceCategory(****)"


@dataclasses.dataclass(frozen=True, repr=False)
class Gaiji:
    """外字 `number` (1 to 7) as the card has it: the character U+10FFF0 + number stands for it in texts.

    `bitmap` is the field untouched. Its form is disputed (one byte and MMR data, or 32 by 32 dots of one
    bit): have it read off the card's face.
    """

    number: int
    bitmap: bytes

    def __repr__(self) -> str:
        return f"Gaiji({self.number} length={len(self.bitmap)})"


@dataclasses.dataclass(frozen=True, repr=False)
class LicenceFace:
    """記載事項 of DF1/EF01 as made, before any change; "" or None where not recorded. `repr` is masked.

    `birth_date_digits` are the card's own seven digits G YY MM DD; `birth_date` is None also when month or
    day is unknown (00). `jis_year` is the card's number for the edition of JIS X 0208, -1 without one.
    `acquired` are 免許の年月日 by 二・小・原, 他 and 二種.
    """

    name: str
    kana: str
    common_name: str
    unified_name: str
    birth_date: dt.date | None
    birth_date_digits: str
    address: str
    issued_on: dt.date | None
    expires_on: dt.date | None
    colour: str
    conditions: tuple[str, ...]
    committee: str
    licence_number: str
    acquired: dict[str, dt.date]
    categories: tuple[LicenceCategory, ...]
    jis_year: int

    def __repr__(self) -> str:
        return "LicenceFace(****)"


@dataclasses.dataclass(frozen=True, repr=False)
class LicenceSignature:
    """電子署名 of EF07, which nobody here can verify; `repr` is masked."""

    signature: bytes
    serial: bytes
    issuer: bytes
    subject: bytes
    key_id: bytes

    def __repr__(self) -> str:
        return "LicenceSignature(****)"


@dataclasses.dataclass(frozen=True, repr=False)
class LicenceReading:
    """One reading of a licence, changes applied; `repr` is masked.

    `name`, `kana`, `address`, `committee` and `registered_domicile` 本籍 are what holds now; `face` is what
    was printed when the card was made, `changes` every entry since. Conditions are those of the face: entries
    of new and removed ones are in `changes`, for a person to read.
    `registered_domicile` and `photo` (JPEG 2000) are None when 暗証番号2 was not presented, 本籍 also when
    the card has none. `gaiji` are the pictures of the 外字 in the texts. `attempts_before` are the tries
    left before.
    """

    face: LicenceFace
    changes: tuple[ChangeEntry, ...]
    name: str
    kana: str
    address: str
    committee: str
    registered_domicile: str | None
    domicile_on_face: str | None
    photo: bytes | None
    gaiji: tuple[Gaiji, ...]
    attempts_before: LicenceAttempts
    exchanges: int

    @property
    def is_changed(self) -> bool:
        """Whether anything was recorded after the card was made."""
        return bool(self.changes)

    @property
    def is_address_changed(self) -> bool:
        """Whether 住所 now is another than on the front."""
        return self.address != self.face.address

    @property
    def has_unframed_change(self) -> bool:
        """Whether an entry has an unknown form, so that its text may hold a date and a seal too."""
        return any(not entry.is_framed for entry in self.changes)

    @property
    def address_on_face(self) -> str:
        """住所 on the front, before any change."""
        return self.face.address

    @property
    def name_on_face(self) -> str:
        """氏名 on the front, before any change."""
        return self.face.name

    @property
    def common_name(self) -> str:
        """通称名; "" for none."""
        return self.face.common_name

    @property
    def birth_date(self) -> dt.date | None:
        """生年月日; None when not recorded or not wholly known."""
        return self.face.birth_date

    @property
    def issued_on(self) -> dt.date | None:
        """交付年月日."""
        return self.face.issued_on

    @property
    def expires_on(self) -> dt.date | None:
        """有効期間の末日."""
        return self.face.expires_on

    @property
    def conditions(self) -> tuple[str, ...]:
        """免許の条件 on the front."""
        return self.face.conditions

    @property
    def licence_number(self) -> str:
        """免許証の番号, 12 digits."""
        return self.face.licence_number

    @property
    def colour(self) -> str:
        """色区分: 優良, 新規 or その他."""
        return self.face.colour

    @property
    def categories(self) -> tuple[LicenceCategory, ...]:
        """免許の種類 that are held."""
        return self.face.categories

    @property
    def authenticity(self) -> Authenticity:
        """What can be said of 真正性: data only."""
        return CANNOT_BE_VERIFIED

    def __repr__(self) -> str:
        return f"LicenceReading(**** exchanges={self.exchanges})"
