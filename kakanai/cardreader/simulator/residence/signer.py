"""Who signs virtual 在留カード: self-made keys and certificates, the same for every specimen.

The private keys are published with this program and marked 見本: they protect nothing.
"""

import base64
import dataclasses
import functools
import json
from typing import Final

from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_private_key

from kakanai.cardreader.errors import SpecimenError
from kakanai.cardreader.simulator.specimen import specimen_folder

_P384_BYTES: Final = 48


@dataclasses.dataclass(frozen=True, repr=False)
class Signer:
    """A signing key and its certificate in DER."""

    key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
    certificate: bytes

    def sign(self, data: bytes) -> bytes:
        """RSA PKCS #1 v1.5, or ECDSA as r and s of 48 bytes each and without chance, over SHA-256."""
        if isinstance(self.key, rsa.RSAPrivateKey):
            return self.key.sign(data, padding.PKCS1v15(), SHA256())
        signature = self.key.sign(data, ec.ECDSA(SHA256(), deterministic_signing=True))
        return b"".join(number.to_bytes(_P384_BYTES) for number in decode_dss_signature(signature))


@functools.cache
def signer_of(generation: int) -> Signer:
    """The signer of cards of that generation 世代.

    Raises:
        SpecimenError: keys.json is missing or broken.
    """
    try:
        told = json.loads((specimen_folder() / "residence" / "keys.json").read_bytes())
        entry = told[f"card-{generation}"]
        key = load_der_private_key(_bytes(entry["private_key"]), password=None)
        certificate = _bytes(entry["certificate"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SpecimenError("residence", key=type(error).__name__, reason="keys") from error
    if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise SpecimenError("residence", key=f"card-{generation}", reason="keys")
    return Signer(key, certificate)


def _bytes(lines: list[str]) -> bytes:
    return base64.b64decode("".join(lines), validate=True)
