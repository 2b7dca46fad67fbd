"""Whether a 在留カード is genuine 真正性: its signature, and who issued the key that made it.

The chip of these cards cannot be challenged: its signature proves who wrote the data, not that this is the
chip they were written to (given as far as files.py is).
"""

import datetime as dt
from typing import Final

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from kakanai.cardreader.authenticity.issuer_key import IssuerKey, KeyUse, Standing
from kakanai.cardreader.authenticity.issuer_table import IssuerTable
from kakanai.cardreader.authenticity.verdict import Authenticity, Check, CheckResult, verdict_of
from kakanai.cardreader.errors import CardDataError
from kakanai.cardreader.residence_card import files
from kakanai.cardreader.residence_card.card_certificate import CardCertificate, load_card_certificate
from kakanai.cardreader.residence_card.readings import ResidenceCardReading

# What no such card can prove (given as far as files.py is): told beside every verdict.
_NEVER_CHECKED: Final = (
    Check("card_chip", CheckResult.NOT_DONE, "no-challenge"),
    Check("card_address", CheckResult.NOT_DONE, "unsigned"),
)
_RSA_BITS: Final = 2048
_HALF_SIGNATURE_BYTES: Final = 48  # r and s of P-384


def _key(file: files.ElementaryFile, tag: int) -> str:
    return f"{file.name}/{tag:X}"


_SIGNED_SIZES: Final = {
    1: {
        _key(files.CARD_FACE_FILE, files.CARD_FACE_TAG): files.SIGNED_CARD_FACE_BYTES,
        _key(files.PHOTO_FILE, files.PHOTO_TAG): files.SIGNED_PHOTO_BYTES,
    },
    2: {
        _key(files.NAME_AND_PHOTO_FILE, files.PHOTO_TAG): files.SIGNED_PHOTO_BYTES,
        _key(files.NAME_AND_PHOTO_FILE, files.NAME_IMAGE_TAG): files.SIGNED_NAME_IMAGE_BYTES,
        **{_key(files.ENTRIES_FILE, tag): size for tag, size in files.SIGNED_ENTRIES.items()},
    },
}
"""The room of each signed value by generation: a longer one would reach into the next under one signature."""


def judge_residence_card(reading: ResidenceCardReading, issuers: IssuerTable, on: dt.date) -> Authenticity:
    """The verdict; `on` is the day in Japan on which certificate and card must be valid.

    A missing or wrong signature, or a certificate that cannot be parsed, is 不一致. Else the known key that
    issued the certificate decides; dates are told by their checks alone. 失効 is never looked at.

    Raises nothing.
    """
    issuer = None
    try:
        certificate = load_card_certificate(reading.certificate or b"")
    except CardDataError:
        checks: tuple[Check, ...] = (
            Check(
                "card_signature", CheckResult.MISMATCH, "certificate" if reading.certificate else "missing"
            ),
            Check("card_certificate", CheckResult.NOT_DONE, "not-read"),
            Check("certificate_dates", CheckResult.NOT_DONE, "not-read"),
        )
    else:
        keys = issuers.of_use(KeyUse.RESIDENCE_CARD)
        issuer = _issuer_of(certificate, keys)
        checks = (
            _check_signature(reading, certificate),
            _check_issuer(certificate, issuer, keys),
            _check_dates(certificate, on),
        )
    checks = (*checks, _check_expiry(reading, on), *_NEVER_CHECKED)
    return Authenticity(verdict_of(checks), checks, issuer.label if issuer else None)


# --- the card's signature ---------------------------------------------------------------


def _check_signature(reading: ResidenceCardReading, certificate: CardCertificate) -> Check:
    name = "card_signature"
    if not reading.signature:
        return Check(name, CheckResult.MISMATCH, "missing")
    if any(
        len(reading.values.get(key, b"")) > size for key, size in _SIGNED_SIZES[reading.generation].items()
    ):
        return Check(name, CheckResult.MISMATCH, "too-long")
    if reading.generation == 1:
        if not isinstance(certificate.key, rsa.RSAPublicKey) or certificate.key.key_size != _RSA_BITS:
            return Check(name, CheckResult.MISMATCH, "key")
        targets: tuple[bytes, ...] = (_target_of_first(reading),)
        signature = reading.signature
    else:
        is_p384 = isinstance(certificate.key, ec.EllipticCurvePublicKey) and isinstance(
            certificate.key.curve, ec.SECP384R1
        )
        if not is_p384 or len(reading.signature) != 2 * _HALF_SIGNATURE_BYTES:
            return Check(name, CheckResult.MISMATCH, "key" if not is_p384 else "signature-length")
        targets, signature = _targets_of_second(reading), _as_der(reading.signature)
    if any(_is_signed_by(certificate.key, signature, target) for target in targets):
        return Check(name, CheckResult.OK)
    return Check(name, CheckResult.MISMATCH, "signature")


def _target_of_first(reading: ResidenceCardReading) -> bytes:
    face = _value(reading, files.CARD_FACE_FILE, files.CARD_FACE_TAG)
    photo = _value(reading, files.PHOTO_FILE, files.PHOTO_TAG)
    return _filled(face, files.SIGNED_CARD_FACE_BYTES) + _filled(photo, files.SIGNED_PHOTO_BYTES)


def _targets_of_second(reading: ResidenceCardReading) -> tuple[bytes, ...]:
    """Entries, photo and name; pictures filled with NUL, or as they are (assumed: no example is published).

    Every picture seen in the specification's example fills its object, which makes both the same.
    """
    # By tag and never in the file's order: else values could change places under one signature. One that is
    # not there counts as NUL, or those after it would move up: an expiry could pass for the date of birth.
    entries = b"".join(
        _filled(_value(reading, files.ENTRIES_FILE, tag), size) for tag, size in files.SIGNED_ENTRIES.items()
    )
    photo = _value(reading, files.NAME_AND_PHOTO_FILE, files.PHOTO_TAG)
    name = _value(reading, files.NAME_AND_PHOTO_FILE, files.NAME_IMAGE_TAG)
    filled = _filled(photo, files.SIGNED_PHOTO_BYTES) + _filled(name, files.SIGNED_NAME_IMAGE_BYTES)
    return entries + filled, entries + photo + name


def _value(reading: ResidenceCardReading, file: files.ElementaryFile, tag: int) -> bytes:
    return reading.values.get(_key(file, tag), b"")


def _filled(value: bytes, size: int) -> bytes:
    return value.ljust(size, b"\x00")


def _as_der(signature: bytes) -> bytes:
    r, s = signature[:_HALF_SIGNATURE_BYTES], signature[_HALF_SIGNATURE_BYTES:]
    return encode_dss_signature(int.from_bytes(r), int.from_bytes(s))


def _is_signed_by(key: PublicKeyTypes, signature: bytes, data: bytes) -> bool:
    """RSA by PKCS #1 v1.5 or ECDSA, over SHA-256; no other kind of key signs here."""
    try:
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, data, padding.PKCS1v15(), SHA256())
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, data, ec.ECDSA(SHA256()))
        else:
            return False
    except (InvalidSignature, UnsupportedAlgorithm, ValueError):
        return False
    return True


# --- the certificate --------------------------------------------------------------------


def _issuer_of(certificate: CardCertificate, keys: tuple[IssuerKey, ...]) -> IssuerKey | None:
    """The key that issued it; the signature decides, for the published CAs all bear one name (observed)."""
    for key in keys:
        public = _public_key(key)
        if public is not None and _is_signed_by(public, certificate.signature, certificate.signed):
            return key
    return None


def _public_key(key: IssuerKey) -> PublicKeyTypes | None:
    if key.certificate is not None:
        return key.certificate.public_key()
    return rsa.RSAPublicNumbers(key.rsa.exponent, key.rsa.modulus).public_key() if key.rsa else None


def _check_issuer(
    certificate: CardCertificate, issuer: IssuerKey | None, keys: tuple[IssuerKey, ...]
) -> Check:
    name = "card_certificate"
    if issuer is None:
        if certificate.authority_key_id in {key.key_id for key in keys}:
            return Check(name, CheckResult.MISMATCH, "signature")
        return Check(name, CheckResult.NO_ISSUER_KEY)
    return Check(
        name, issuer.standing.result, "revoked-issuer" if issuer.standing is Standing.REVOKED else ""
    )


def _check_dates(certificate: CardCertificate, on: dt.date) -> Check:
    if on < certificate.first_day:
        return Check("certificate_dates", CheckResult.NOT_YET_VALID)
    if on > certificate.last_day:
        return Check("certificate_dates", CheckResult.EXPIRED)
    return Check("certificate_dates", CheckResult.OK)


def _check_expiry(reading: ResidenceCardReading, on: dt.date) -> Check:
    """The card's own 有効期間; in the 1st generation it is printed only."""
    if reading.expires_on is None:
        return Check("card_expiry", CheckResult.NOT_DONE, "not-on-chip")
    try:
        last = dt.date.fromisoformat(reading.expires_on)
    except ValueError:
        return Check("card_expiry", CheckResult.NOT_DONE, "no-date")
    return Check("card_expiry", CheckResult.EXPIRED if on > last else CheckResult.OK)
