"""What 公的個人認証AP says of itself: EF 0006 and EF 0008."""

import dataclasses

from kakanai.cardreader.errors import CardDataError
from kakanai.cardreader.mynumber.files import CERTIFICATE_PRESENCE_FILE, TOKEN_INFORMATION_FILE

JPKI_APPLICATION = "jpki-"
"""Before a file id in an error, since other カードAPs have files of the same ids."""

_INFORMATION = f"{JPKI_APPLICATION}{TOKEN_INFORMATION_FILE:04X}"
_PRESENCE = f"{JPKI_APPLICATION}{CERTIFICATE_PRESENCE_FILE:04X}"
_LABEL_BYTES = 32
_MAKER_BYTES = 32
_MODEL_BYTES = 16
_JUKI_CARD_LABEL = "JPKIAPICCTOKEN"
_PRESENT = 0x8F  # observed: soltia48/myna-card; that anything else means absent is assumed


@dataclasses.dataclass(frozen=True)
class TokenInformation:
    """Label, maker and model of the token, blanks at their ends left out; its serial number is not kept.

    Source: observed: soltia48/myna-card; the layout is CK_TOKEN_INFO (given: PKCS #11).
    """

    label: str
    maker: str
    model: str

    @property
    def is_juki_card(self) -> bool:
        """Whether this label is that of 住民基本台帳カード."""
        return self.label == _JUKI_CARD_LABEL


@dataclasses.dataclass(frozen=True)
class CertificatePresence:
    """Which certificates the card bears: 署名用 and 利用者証明用."""

    sign: bool
    auth: bool


def parse_token_information(data: bytes) -> TokenInformation:
    """Label, maker and model from EF 0006; what follows them is not looked at.

    Raises:
        CardDataError: fewer bytes than these three have, or no printable ASCII.
    """
    texts = []
    offset = 0
    for length in (_LABEL_BYTES, _MAKER_BYTES, _MODEL_BYTES):
        part = data[offset : offset + length]
        if len(part) < length:
            raise CardDataError(_INFORMATION, "cut-off")
        if any(not 0x20 <= byte <= 0x7E for byte in part):
            raise CardDataError(_INFORMATION, "not-ascii")
        texts.append(part.decode("ascii").rstrip(" "))
        offset += length
    return TokenInformation(*texts)


def parse_certificate_presence(data: bytes) -> CertificatePresence:
    """Which certificates there are, from the first two bytes of EF 0008.

    Raises:
        CardDataError: fewer than two bytes.
    """
    if len(data) < 2:
        raise CardDataError(_PRESENCE, "cut-off")
    return CertificatePresence(sign=data[0] == _PRESENT, auth=data[1] == _PRESENT)
