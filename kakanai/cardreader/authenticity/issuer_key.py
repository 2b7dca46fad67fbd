"""A public key of an issuer 発行者の公開鍵, and where we have it from."""

import dataclasses
import datetime as dt
import enum
import re
from typing import Final

from cryptography import x509

from kakanai.cardreader.authenticity.rsa_block import RsaPublicKey
from kakanai.cardreader.authenticity.verdict import CheckResult

KEY_ID_BYTES: Final = 16
_NUMBERED: Final = re.compile(r"([0-9]{7})/([0-9]{3})", re.ASCII)
_HEXADECIMAL: Final = re.compile(r"([0-9A-Fa-f]{2}){1,64}", re.ASCII)
_ID_MIDDLE: Final = b"\x08\x05"
_ID_PADDING: Final = bytes(4)


@enum.unique
class KeyUse(enum.StrEnum):
    """What an issuer's key signs 用途."""

    TEXT_AP = "text_ap"  # CV certificates of 券面事項入力補助AP
    SURFACE_AP = "surface_ap"  # CV certificates of 券面事項確認AP
    JPKI_SIGN = "jpki_sign"  # 署名用証明書
    JPKI_AUTH = "jpki_auth"  # 利用者証明用証明書
    RESIDENCE_CARD = "residence_card"


@enum.unique
class Standing(enum.StrEnum):
    """How far a key is to be believed 扱い."""

    PRODUCTION = "production"
    TEST = "test"
    REVOKED = "revoked"

    @property
    def result(self) -> CheckResult:
        """What a good signature by a key of this standing amounts to."""
        return _RESULTS[self]


_RESULTS: Final = {
    Standing.PRODUCTION: CheckResult.OK,
    Standing.TEST: CheckResult.TEST_CA,
    Standing.REVOKED: CheckResult.MISMATCH,
}


@enum.unique
class Grade(enum.StrEnum):
    """How sure the source is: the issuer says so, programs agree with it, or we suppose so."""

    GIVEN = "given"
    OBSERVED = "observed"
    ASSUMED = "assumed"


@dataclasses.dataclass(frozen=True)
class Provenance:
    """Where a key comes from 出所, how sure that is, and when it was fetched."""

    source: str
    grade: Grade
    retrieved: dt.date


@dataclasses.dataclass(frozen=True)
class IssuerKey:
    """One key of an issuer; `rsa` is None only for a certificate with another kind of key.

    `key_id` is the 16 bytes a CV certificate names its issuer by, or the subject key identifier of
    `certificate`. `label` is shown to people.
    """

    use: KeyUse
    key_id: bytes
    standing: Standing
    label: str
    provenance: Provenance
    rsa: RsaPublicKey | None = None
    certificate: x509.Certificate | None = None


def parse_key_id(text: str) -> bytes | None:
    """The bytes of `5000033/001` (7 digits, 08 05, 3 digits, 4 × 00) or of hexadecimal digits; else None.

    Form observed in soltia48/myna-card; ids whose last four bytes are not all zero take hexadecimal digits.
    """
    numbered = _NUMBERED.fullmatch(text)
    if numbered:
        return numbered[1].encode("ascii") + _ID_MIDDLE + numbered[2].encode("ascii") + _ID_PADDING
    if _HEXADECIMAL.fullmatch(text):
        return bytes.fromhex(text)
    return None
