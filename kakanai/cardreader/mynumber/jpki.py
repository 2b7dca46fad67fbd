"""公的個人認証AP (JPKI): certificates, and signing with the keys that only the card has."""

from typing import Final

from kakanai.cardreader.apdu import CommandApdu
from kakanai.cardreader.card_files import CardFiles
from kakanai.cardreader.commands import select_file
from kakanai.cardreader.errors import CardDataError, CardStatusError, PinRequiredError
from kakanai.cardreader.kinds import CardKey
from kakanai.cardreader.mynumber import files as layout
from kakanai.cardreader.mynumber.errors import CertificatesMissingError
from kakanai.cardreader.mynumber.key_tries import KeyTries
from kakanai.cardreader.mynumber.proof import CertificateProof
from kakanai.cardreader.mynumber.proof_steps import read_if_given, told_of
from kakanai.cardreader.mynumber.token_information import (
    JPKI_APPLICATION,
    CertificatePresence,
    TokenInformation,
    parse_certificate_presence,
    parse_token_information,
)
from kakanai.cardreader.status_words import StatusWord

DIGEST_INFO_BYTES_MAX: Final = 245
"""What the card pads at most: 256 bytes of the key less the 11 of PKCS #1 v1.5 (given: RFC 8017)."""

_SIGNATURE_BYTES = 256  # RSA-2048
_DER_SEQUENCE = 0x30
_SIGN_ATTEMPTS_GRANTED = 5  # observed: OpenSC jpki.h
_AUTH_ATTEMPTS_GRANTED = 3  # observed: OpenSC jpki.h
_CURRENT_FILE = 0x80
_SHORT_ID_REFUSED = frozenset(
    {
        StatusWord.WRONG_P1_P2,
        StatusWord.FUNCTION_NOT_SUPPORTED,
        StatusWord.NO_CURRENT_FILE,
        StatusWord.OFFSET_OUTSIDE_FILE,  # 6B00 is any wrong P1 P2 (given: ISO/IEC 7816-4)
    }
)


class JpkiAp:
    """公的個人認証AP, which must be selected; each method is one step and knows no order of steps.

    `sign_pin` is the key 署名用暗証番号, `auth_pin` 利用者証明用暗証番号. Source: observed: OpenSC
    card-jpki.c and jpki/myna.
    """

    def __init__(self, files: CardFiles) -> None:
        self._files = files
        self.sign_pin = KeyTries(
            files, layout.SIGN_PIN_FILE, CardKey.SIGN_PIN, granted=_SIGN_ATTEMPTS_GRANTED
        )
        self.auth_pin = KeyTries(
            files, layout.AUTH_PIN_FILE, CardKey.AUTH_PIN, granted=_AUTH_ATTEMPTS_GRANTED
        )

    def read_token_information(self) -> TokenInformation:
        """What the token says of itself; free.

        Raises:
            CardDataError: the file is not what it should be.
            CardStatusError: the card refuses.
        """
        with told_of(JPKI_APPLICATION, CardKey.AUTH_PIN):
            data = self._files.read_bytes(layout.TOKEN_INFORMATION_FILE, free=True, at_most=1024)
        return parse_token_information(data)

    def read_certificate_presence(self) -> CertificatePresence:
        """Which certificates there are; free.

        Raises:
            CardDataError: the file is not what it should be.
            CardStatusError: the card refuses.
        """
        with told_of(JPKI_APPLICATION, CardKey.AUTH_PIN):
            data = self._files.read_bytes(layout.CERTIFICATE_PRESENCE_FILE, free=True, at_most=256)
        return parse_certificate_presence(data)

    def read_certificates(self, *, with_sign: bool) -> CertificateProof:
        """The certificates in DER; 署名用証明書 only on demand, as its PIN must have been verified.

        Raises:
            PinRequiredError: SW 6982 for 署名用証明書. A 利用者証明用証明書 behind its PIN counts as none.
        """
        with told_of(JPKI_APPLICATION, CardKey.SIGN_PIN):
            return CertificateProof(
                auth=self._free_certificate(layout.AUTH_CERTIFICATE_FILE),
                auth_ca=self._free_certificate(layout.AUTH_CA_CERTIFICATE_FILE),
                sign=self._certificate(layout.SIGN_CERTIFICATE_FILE) if with_sign else None,
                sign_ca=self._free_certificate(layout.SIGN_CA_CERTIFICATE_FILE) if with_sign else None,
            )

    def _free_certificate(self, file_id: int) -> bytes | None:
        try:
            return self._certificate(file_id, free=True)
        except PinRequiredError:
            return None

    def _certificate(self, file_id: int, *, free: bool = False) -> bytes | None:
        """The DER object in a file; None for a file of nothing but filler."""
        data = read_if_given(self._files, file_id, free=free)
        return data if data is not None and data[0] == _DER_SEQUENCE else None

    def sign(self, key_file: int, digest_info: bytes, key: CardKey) -> bytes:
        """The signature of 256 bytes by a key whose PIN was verified, over a DER DigestInfo; sent once.

        Raises:
            PinRequiredError: SW 6982; nothing was signed.
            CertificatesMissingError: the card has no such key.
            CardDataError: an answer that cannot be a signature.
            CardStatusError: any other refusal.
        """
        if not 1 <= len(digest_info) <= DIGEST_INFO_BYTES_MAX:
            raise ValueError("a DigestInfo has 1 to 245 bytes")
        response = self._files.transmit(_sign_command(_CURRENT_FILE | key_file, digest_info))
        if response.sw in _SHORT_ID_REFUSED:
            if not select_file(self._files.connection, key_file):
                raise CertificatesMissingError
            response = self._files.transmit(_sign_command(_CURRENT_FILE, digest_info))
        if response.sw == StatusWord.SECURITY_STATUS_NOT_SATISFIED:
            raise PinRequiredError(key)
        if response.sw == StatusWord.FILE_NOT_FOUND:
            raise CertificatesMissingError
        if response.sw != StatusWord.OK:
            raise CardStatusError("SIGN", response.sw)
        if len(response.data) != _SIGNATURE_BYTES:
            raise CardDataError(f"{JPKI_APPLICATION}{key_file:04X}", "signature-length")
        return response.data


def _sign_command(reference: int, digest_info: bytes) -> CommandApdu:
    return CommandApdu(0x80, 0x2A, 0x00, reference, digest_info, _SIGNATURE_BYTES)
