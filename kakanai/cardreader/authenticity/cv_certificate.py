"""The card-verifiable certificate CV証明書 of a 券面AP: who certifies the key that signed its data.

Layout observed: soltia48/myna-card src/data.rs, hebingchang/pymyna myna/core/certificate.py, which agree.
"""

import dataclasses
from typing import Final

from kakanai.cardreader.authenticity.issuer_key import KEY_ID_BYTES, IssuerKey, KeyUse, Standing
from kakanai.cardreader.authenticity.issuer_table import IssuerTable
from kakanai.cardreader.authenticity.rsa_block import RsaPublicKey, is_signature_of, sha256
from kakanai.cardreader.authenticity.signed_objects import exactly, objects_in, parse_card_key
from kakanai.cardreader.authenticity.verdict import Check, CheckResult
from kakanai.cardreader.errors import TlvFormatError
from kakanai.cardreader.mynumber.files import CV_CERTIFICATE_TAG

_BODY_TAG: Final = 0x5F4E
_SIGNATURE_TAG: Final = 0x5F37
_BODY_BYTES: Final = 297


@dataclasses.dataclass(frozen=True)
class CvCertificate:
    """A CV certificate; `body` is what `signature` covers. It names a town, not a person."""

    issuer_key_id: bytes
    subject_key_id: bytes
    key: RsaPublicKey
    body: bytes
    signature: bytes


@dataclasses.dataclass(frozen=True)
class SignerFound:
    """The key a 券面AP's data must be signed with; None when there is no readable certificate."""

    check: Check
    key: RsaPublicKey | None = None
    issuer: IssuerKey | None = None


def parse_cv_certificate(data: bytes) -> CvCertificate:
    """The certificate from the bytes of EF 0004.

    Raises:
        TlvFormatError: it is not laid out as every certificate seen.
    """
    body, signature = exactly(objects_in(data, CV_CERTIFICATE_TAG), (_BODY_TAG, _SIGNATURE_TAG))
    if len(body.value) != _BODY_BYTES:
        raise TlvFormatError(reason="body-length")
    key_start = 2 * KEY_ID_BYTES
    return CvCertificate(
        issuer_key_id=body.value[:KEY_ID_BYTES],
        subject_key_id=body.value[KEY_ID_BYTES:key_start],
        key=parse_card_key(body.value[key_start:]),
        body=body.value,
        signature=signature.value,
    )


def find_signer(name: str, data: bytes | None, use: KeyUse, issuers: IssuerTable) -> SignerFound:
    """The key the certificate certifies, and the check `name` of who certified it.

    The key is given back after a mismatch or without issuer key too, so that the data can be checked in
    itself; only the check says what that is worth.
    """
    if data is None:
        return SignerFound(Check(name, CheckResult.MISMATCH, "missing"))
    try:
        certificate = parse_cv_certificate(data)
    except TlvFormatError:
        return SignerFound(Check(name, CheckResult.MISMATCH, "format"))
    issuer = issuers.find(use, certificate.issuer_key_id)
    return SignerFound(_judge_issuer(name, certificate, issuer), certificate.key, issuer)


def _judge_issuer(name: str, certificate: CvCertificate, issuer: IssuerKey | None) -> Check:
    if issuer is None or issuer.rsa is None:
        return Check(name, CheckResult.NO_ISSUER_KEY)
    if not is_signature_of(sha256(certificate.body), certificate.signature, issuer.rsa):
        return Check(name, CheckResult.MISMATCH, "signature")
    if issuer.standing is Standing.REVOKED:
        return Check(name, issuer.standing.result, "revoked-issuer")
    return Check(name, issuer.standing.result)
