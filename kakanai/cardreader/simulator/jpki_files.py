"""公的個人認証AP of a specimen, and of a 住民基本台帳カード, whose only AP it is."""

from kakanai.cardreader.mynumber import files
from kakanai.cardreader.simulator.certificates import auth_certificate, sign_certificate
from kakanai.cardreader.simulator.file_system import Application, CardFile, DataFile, KeyFile, PinFile
from kakanai.cardreader.simulator.issuers import IssuedKeys
from kakanai.cardreader.simulator.specimen_types import GRANTED_ATTEMPTS, MyNumberSpecimen

MY_NUMBER_CARD_LABEL = "JPKIAPICCTOKEN2"
JUKI_CARD_LABEL = "JPKIAPICCTOKEN"

_CERTIFICATE_FILLER = b"\xff" * 32
_BOTH_CERTIFICATES = bytes.fromhex("8F8F00")  # observed: soltia48/myna-card
_NO_CERTIFICATE = bytes(3)  # assumed; a real card of a child under 15 would tell


def jpki_application(specimen: MyNumberSpecimen, keys: IssuedKeys) -> Application:
    """公的個人認証AP; without certificates its PINs remain and EF 0008 says that there are none."""
    held = _token_files(MY_NUMBER_CARD_LABEL, specimen.pins)
    if specimen.has_jpki:
        held.update(_certificates_and_keys(specimen, keys))
    return Application(files.JPKI_AID, held)


def juki_card_application(pins: dict[str, str]) -> Application:
    """The only application of a 住民基本台帳カード that anything here looks at; its certificates expired."""
    return Application(files.JPKI_AID, _token_files(JUKI_CARD_LABEL, pins))


def _token_files(label: str, pins: dict[str, str]) -> dict[int, CardFile]:
    return {
        files.TOKEN_INFORMATION_FILE: DataFile(token_information_file(label)),
        files.CERTIFICATE_PRESENCE_FILE: DataFile(_NO_CERTIFICATE),
        files.AUTH_PIN_FILE: PinFile(pins["auth"].encode(), GRANTED_ATTEMPTS["auth"], "auth"),
        files.SIGN_PIN_FILE: PinFile(pins["sign"].encode(), GRANTED_ATTEMPTS["sign"], "sign"),
    }


def _certificates_and_keys(specimen: MyNumberSpecimen, keys: IssuedKeys) -> dict[int, CardFile]:
    issuer = keys.issuers[specimen.issuer]
    sign_key, auth_key = keys.cards["sign"], keys.cards["auth"]
    person, expires_on = specimen.issued_person, specimen.expires_on
    sign = sign_certificate(issuer.jpki_sign, sign_key, specimen.id, expires_on, person)
    auth = auth_certificate(issuer.jpki_auth, auth_key, specimen.id, expires_on)
    return {
        files.CERTIFICATE_PRESENCE_FILE: DataFile(_BOTH_CERTIFICATES),
        files.SIGN_CERTIFICATE_FILE: DataFile(sign + _CERTIFICATE_FILLER, frozenset({files.SIGN_PIN_FILE})),
        files.SIGN_CA_CERTIFICATE_FILE: DataFile(issuer.jpki_sign.certificate + _CERTIFICATE_FILLER),
        files.AUTH_CERTIFICATE_FILE: DataFile(auth + _CERTIFICATE_FILLER),
        files.AUTH_CA_CERTIFICATE_FILE: DataFile(issuer.jpki_auth.certificate + _CERTIFICATE_FILLER),
        files.AUTH_KEY_FILE: KeyFile(auth_key, files.AUTH_PIN_FILE),
        files.SIGN_KEY_FILE: KeyFile(sign_key, files.SIGN_PIN_FILE),
    }


def token_information_file(label: str) -> bytes:
    """EF 0006, 160 bytes: a PKCS#11 CK_TOKEN_INFO with 32-bit big-endian numbers (observed as above)."""
    texts = ((label, 32), ("JPKI-TEST", 32), ("E16R01NJ", 16), ("00000000", 16))
    numbers = (0x0000040D, 1, 0, 1, 0, 16, 6, *[0xFFFFFFFF] * 4)
    return (
        b"".join(text.encode("ascii").ljust(size) for text, size in texts)
        + b"".join(number.to_bytes(4) for number in numbers)
        + b"03"
        + b"01"
        + b"9" * 16
    )
