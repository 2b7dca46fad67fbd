"""公的個人認証AP of a specimen: self-made certificates and keys, the same for every specimen.

The keys are published with this program and marked 見本: they protect nothing.
"""

import base64
import dataclasses
import functools
import json
from pathlib import Path

from kakanai.cardreader.errors import SpecimenError
from kakanai.cardreader.mynumber import files
from kakanai.cardreader.simulator.file_system import Application, CardFile, DataFile, KeyFile, PinFile
from kakanai.cardreader.simulator.specimen import GRANTED_ATTEMPTS, Specimen, specimen_folder

_CERTIFICATES = ("auth", "auth_ca", "sign", "sign_ca")
_CERTIFICATE_FILLER = b"\xff" * 32
_BOTH_CERTIFICATES = bytes.fromhex("8F8F00")  # observed: soltia48/myna-card
_NO_CERTIFICATE = bytes(3)  # assumed; a real card of a child under 15 would tell


@dataclasses.dataclass(frozen=True, repr=False)
class JpkiSet:
    """Certificates in DER by name, and (modulus, private exponent) of the keys "auth" and "sign"."""

    certificates: dict[str, bytes]
    keys: dict[str, tuple[int, int]]


@functools.cache
def load_jpki_set(folder: Path) -> JpkiSet:
    """The set in `certificates.json` (base64 DER) and `keys.json` (hexadecimal numbers).

    Raises:
        SpecimenError: a file is missing or broken.
    """
    try:
        told_certificates = json.loads((folder / "certificates.json").read_bytes())
        told_keys = json.loads((folder / "keys.json").read_bytes())
        certificates = {
            name: base64.b64decode("".join(told_certificates[name]), validate=True) for name in _CERTIFICATES
        }
        keys = {
            name: (int(told_keys[name]["modulus"], 16), int(told_keys[name]["private_exponent"], 16))
            for name in ("auth", "sign")
        }
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SpecimenError("jpki", key=type(error).__name__, reason="jpki-set") from error
    return JpkiSet(certificates, keys)


def jpki_application(specimen: Specimen) -> Application:
    """公的個人認証AP; without certificates its PINs remain and EF 0008 says that there are none.

    Raises:
        SpecimenError: the shared set is broken.
    """
    held: dict[int, CardFile] = {
        files.TOKEN_INFORMATION_FILE: DataFile(token_information_file()),
        files.CERTIFICATE_PRESENCE_FILE: DataFile(_NO_CERTIFICATE),
        files.AUTH_PIN_FILE: PinFile(specimen.pins["auth"].encode(), GRANTED_ATTEMPTS["auth"], "auth"),
        files.SIGN_PIN_FILE: PinFile(specimen.pins["sign"].encode(), GRANTED_ATTEMPTS["sign"], "sign"),
    }
    if specimen.has_jpki:
        held.update(_certificates_and_keys(load_jpki_set(specimen_folder() / "jpki")))
    return Application(files.JPKI_AID, held)


def _certificates_and_keys(jpki: JpkiSet) -> dict[int, CardFile]:
    ders = {name: der + _CERTIFICATE_FILLER for name, der in jpki.certificates.items()}
    after_sign_pin = frozenset({files.SIGN_PIN_FILE})
    return {
        files.CERTIFICATE_PRESENCE_FILE: DataFile(_BOTH_CERTIFICATES),
        files.SIGN_CERTIFICATE_FILE: DataFile(ders["sign"], after_sign_pin),
        files.SIGN_CA_CERTIFICATE_FILE: DataFile(ders["sign_ca"]),
        files.AUTH_CERTIFICATE_FILE: DataFile(ders["auth"]),
        files.AUTH_CA_CERTIFICATE_FILE: DataFile(ders["auth_ca"]),
        files.AUTH_KEY_FILE: KeyFile(*jpki.keys["auth"], files.AUTH_PIN_FILE),
        files.SIGN_KEY_FILE: KeyFile(*jpki.keys["sign"], files.SIGN_PIN_FILE),
    }


def token_information_file() -> bytes:
    """EF 0006, 160 bytes: a PKCS#11 CK_TOKEN_INFO with 32-bit big-endian numbers (observed as above)."""
    texts = (("JPKIAPICCTOKEN2", 32), ("JPKI-TEST", 32), ("E16R01NJ", 16), ("00000000", 16))
    numbers = (0x0000040D, 1, 0, 1, 0, 16, 6, *[0xFFFFFFFF] * 4)
    return (
        b"".join(text.encode("ascii").ljust(size) for text, size in texts)
        + b"".join(number.to_bytes(4) for number in numbers)
        + b"03"
        + b"01"
        + b"9" * 16
    )
