"""The issuers of specimens 見本の発行者 with their private keys, and the keys of the cards themselves.

From resources/simulator/issuers/keys.json, made by tests/tools/make_issuers.py. Published: protects nothing.
"""

import base64
import dataclasses
import functools
import json
from pathlib import Path
from typing import Any

from kakanai.cardreader.errors import SpecimenError
from kakanai.cardreader.mynumber.files import CV_CERTIFICATE_TAG
from kakanai.cardreader.simulator.rsa_key import RsaKey
from kakanai.cardreader.tlv import build
from kakanai.resources import resource_root

_CERTIFICATE_BODY_TAG = 0x5F4E
_CERTIFICATE_SIGNATURE_TAG = 0x5F37


@dataclasses.dataclass(frozen=True, repr=False)
class ApplicationIssuer:
    """Who issues the data of one 券面AP: a CA key `issuer`, and the `signer` it certifies."""

    issuer_id: str
    issuer: RsaKey
    signer_id: str
    signer: RsaKey

    def cv_certificate(self) -> bytes:
        """EF 0004: the CV certificate of the signer's key (observed: soltia48/myna-card), 568 bytes."""
        body = key_id(self.issuer_id) + key_id(self.signer_id) + self.signer.public_object()
        return build(
            CV_CERTIFICATE_TAG,
            build(_CERTIFICATE_BODY_TAG, body, like_the_card=True)
            + build(_CERTIFICATE_SIGNATURE_TAG, self.issuer.sign(body), like_the_card=True),
            like_the_card=True,
        )


@dataclasses.dataclass(frozen=True, repr=False)
class CertificateIssuer:
    """A CA of 公的個人認証AP: its key, and its certificate in DER."""

    issuer: RsaKey
    certificate: bytes


@dataclasses.dataclass(frozen=True, repr=False)
class Issuer:
    """All keys of one issuer."""

    text_ap: ApplicationIssuer
    surface_ap: ApplicationIssuer
    jpki_sign: CertificateIssuer
    jpki_auth: CertificateIssuer


@dataclasses.dataclass(frozen=True, repr=False)
class IssuedKeys:
    """Issuers by name, the keys every specimen bears by use, and those of quite another card."""

    issuers: dict[str, Issuer]
    cards: dict[str, RsaKey]
    other_card: dict[str, RsaKey]


def key_id(text: str) -> bytes:
    """The 16 bytes of `9000033/001`: seven digits, 08 05, three digits, four 00."""
    seven, three = text.split("/")
    return seven.encode("ascii") + b"\x08\x05" + three.encode("ascii") + bytes(4)


def load_issued_keys() -> IssuedKeys:
    """The shipped keys.

    Raises:
        SpecimenError: the file is missing or broken.
    """
    return read_issued_keys(resource_root() / "simulator" / "issuers" / "keys.json")


@functools.cache
def read_issued_keys(path: Path) -> IssuedKeys:
    """The keys in a file; read once.

    Raises:
        SpecimenError: the file is missing or broken.
    """
    try:
        told = json.loads(path.read_bytes())
        return IssuedKeys(
            issuers={name: _issuer(told[name]) for name in ("mihon", "test", "unknown")},
            cards=_keys(told["cards"]),
            other_card=_keys(told["other_card"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SpecimenError("issuers", key=type(error).__name__, reason="issuer-keys") from error


def _issuer(told: dict[str, Any]) -> Issuer:
    return Issuer(
        text_ap=_application_issuer(told["text_ap"]),
        surface_ap=_application_issuer(told["surface_ap"]),
        jpki_sign=_certificate_issuer(told["jpki_sign"]),
        jpki_auth=_certificate_issuer(told["jpki_auth"]),
    )


def _application_issuer(told: dict[str, Any]) -> ApplicationIssuer:
    return ApplicationIssuer(told["issuer_id"], _key(told["issuer"]), told["signer_id"], _key(told["signer"]))


def _certificate_issuer(told: dict[str, Any]) -> CertificateIssuer:
    der = base64.b64decode("".join(told["certificate"]), validate=True)
    return CertificateIssuer(_key(told["issuer"]), der)


def _keys(told: dict[str, Any]) -> dict[str, RsaKey]:
    return {name: _key(numbers) for name, numbers in told.items()}


def _key(told: dict[str, str]) -> RsaKey:
    return RsaKey(int(told["p"], 16), int(told["q"], 16))
