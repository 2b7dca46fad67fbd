"""Certificates of 公的個人認証サービス: issued by a known CA, valid on the day, for what they claim to be.

Each CA is a root of its own and several generations bear one name, so that the key identifier only says where
to look first and the signature decides (observed: soltia48/myna-card certs/README.md). Revocation 失効 is
never asked: only registered verifiers may (given: 公的個人認証法17条).
"""

import dataclasses
import datetime as dt
from collections.abc import Iterable
from typing import Final

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.serialization import Encoding

from kakanai.cardreader.authenticity.certificate_facts import (
    BROKEN_CERTIFICATE,
    load_certificate,
    policies,
    validity,
)
from kakanai.cardreader.authenticity.issuer_key import IssuerKey, KeyUse, Standing
from kakanai.cardreader.authenticity.issuer_table import IssuerTable
from kakanai.cardreader.authenticity.verdict import Check, CheckResult
from kakanai.cardreader.errors import CardDataError, TlvFormatError
from kakanai.cardreader.mynumber.files import (
    AUTH_CA_CERTIFICATE_FILE,
    AUTH_CERTIFICATE_FILE,
    SIGN_CA_CERTIFICATE_FILE,
    SIGN_CERTIFICATE_FILE,
)
from kakanai.cardreader.mynumber.proof import CertificateProof
from kakanai.cardreader.tlv import parse_all, parse_first

_SEQUENCE: Final = 0x30


@dataclasses.dataclass(frozen=True)
class _Kind:
    """署名用 or 利用者証明用: the name of its checks, its files, and what its certificate must state."""

    name: str
    use: KeyUse
    file: str
    ca_file: str
    policy: str
    test_policy: str
    can_sign: bool  # nonRepudiation


# Policies: observed in certificates of real and of test cards; the test one of 利用者証明用 is not known.
_SIGN: Final = _Kind(
    "sign",
    KeyUse.JPKI_SIGN,
    f"{SIGN_CERTIFICATE_FILE:04X}",
    f"{SIGN_CA_CERTIFICATE_FILE:04X}",
    "1.2.392.200149.8.5.1.1.20",
    "1.2.392.200149.8.5.1.0.20",
    True,
)
_AUTH: Final = _Kind(
    "auth",
    KeyUse.JPKI_AUTH,
    f"{AUTH_CERTIFICATE_FILE:04X}",
    f"{AUTH_CA_CERTIFICATE_FILE:04X}",
    "1.2.392.200149.8.5.1.3.30",
    "",
    False,
)


def check_certificates(proof: CertificateProof, issuers: IssuerTable, on: dt.date) -> tuple[Check, ...]:
    """Four checks for each certificate that was read, one NOT_DONE for each that was not."""
    return (
        *_check_one(_AUTH, proof.auth, proof.auth_ca, issuers, on),
        *_check_one(_SIGN, proof.sign, proof.sign_ca, issuers, on),
    )


def _check_one(
    kind: _Kind, data: bytes | None, ca_data: bytes | None, issuers: IssuerTable, on: dt.date
) -> tuple[Check, ...]:
    name = f"{kind.name}_certificate"
    if data is None:
        return (Check(name, CheckResult.NOT_DONE, "not-read"),)
    try:
        certificate = load_certificate(data, kind.file)
        card_ca = None if ca_data is None else load_certificate(ca_data, kind.ca_file)
        issuer = _issuer_of(certificate, issuers.of_use(kind.use))
        known = issuer.certificate if issuer else None
        return (
            _check_issuer(name, certificate, card_ca, issuer, issuers.of_use(kind.use)),
            _check_dates(f"{kind.name}_dates", (certificate, known or card_ca), on),
            _check_policy(f"{kind.name}_policy", kind, policies(certificate)),
            _check_usage(f"{kind.name}_usage", kind, certificate),
        )
    except (CardDataError, *BROKEN_CERTIFICATE):
        return (Check(name, CheckResult.MISMATCH, "format"),)


def _issuer_of(certificate: x509.Certificate, keys: Iterable[IssuerKey]) -> IssuerKey | None:
    """The key whose signature it bears; the one that is named is tried first."""
    named = _authority_key_id(certificate)
    for key in sorted(keys, key=lambda key: key.key_id != named):
        if key.certificate is not None and _is_issued_by(certificate, key.certificate):
            return key
    return None


def _authority_key_id(certificate: x509.Certificate) -> bytes | None:
    try:
        return certificate.extensions.get_extension_for_class(
            x509.AuthorityKeyIdentifier
        ).value.key_identifier
    except x509.ExtensionNotFound:
        return None


def _is_issued_by(certificate: x509.Certificate, ca: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(ca)
    except (InvalidSignature, *BROKEN_CERTIFICATE):
        return False
    return _names_one_algorithm(certificate)


def _names_one_algorithm(certificate: x509.Certificate) -> bool:
    """Whether the unsigned name of the algorithm is the signed one (RFC 5280 § 4.1.1.2, given)."""
    try:
        whole, _ = parse_first(certificate.public_bytes(Encoding.DER))
        signed, named, _ = parse_all(whole.value)
        inner = next(part for part in parse_all(signed.value) if part.tag == _SEQUENCE)
    except (TlvFormatError, ValueError, StopIteration):
        return False
    return (named.tag, named.value) == (_SEQUENCE, inner.value)


def _check_issuer(
    name: str,
    certificate: x509.Certificate,
    card_ca: x509.Certificate | None,
    issuer: IssuerKey | None,
    keys: tuple[IssuerKey, ...],
) -> Check:
    # The CA certificate on the card proves nothing, but one that does not fit betrays a mixture.
    if card_ca is not None and not (_is_issued_by(certificate, card_ca) and _is_issued_by(card_ca, card_ca)):
        return Check(name, CheckResult.MISMATCH, "card-ca")
    if issuer is None:
        if _authority_key_id(certificate) in {key.key_id for key in keys}:
            return Check(name, CheckResult.MISMATCH, "signature")
        return Check(name, CheckResult.NO_ISSUER_KEY)
    if issuer.standing is Standing.REVOKED:
        return Check(name, issuer.standing.result, "revoked-issuer")
    return Check(name, issuer.standing.result)


def _check_dates(name: str, chain: tuple[x509.Certificate | None, ...], on: dt.date) -> Check:
    """Whether all of the chain are valid on that day in Japan, first and last day included."""
    for certificate, reason in zip(chain, ("", "ca"), strict=True):
        if certificate is None:
            continue
        first, last = validity(certificate)
        if on < first:
            return Check(name, CheckResult.NOT_YET_VALID, reason)
        if on > last:
            return Check(name, CheckResult.EXPIRED, reason)
    return Check(name, CheckResult.OK)


def _check_policy(name: str, kind: _Kind, stated: tuple[str, ...]) -> Check:
    if kind.policy in stated:
        return Check(name, CheckResult.OK)
    if kind.test_policy in stated:
        return Check(name, CheckResult.TEST_CA, "test-policy")
    return Check(name, CheckResult.MISMATCH, "policy")


def _check_usage(name: str, kind: _Kind, certificate: x509.Certificate) -> Check:
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return Check(name, CheckResult.MISMATCH, "missing")
    if not usage.digital_signature or usage.content_commitment != kind.can_sign or usage.key_cert_sign:
        return Check(name, CheckResult.MISMATCH, "key-usage")
    return Check(name, CheckResult.OK)
