"""What a certificate of 公的個人認証サービス states 電子証明書の内容, before anyone believes it.

Profile observed: certificates of test cards (soltia48/myna-card) and the CA certificates in
resources/issuer_keys; the 基本4情報 in the 署名用証明書: Go, JavaScript and Java readers agree on the OIDs.
"""

import dataclasses
import datetime as dt
import re
from typing import Final

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm

from kakanai.cardreader.errors import CardDataError, TlvFormatError
from kakanai.cardreader.tlv import parse_first, parse_one
from kakanai.cardreader.utf8 import decode_utf8

JAPAN: Final = dt.timezone(dt.timedelta(hours=9))
"""Certificates run to 23:59:59 of Japan, written as 14:59:59Z."""

BROKEN_CERTIFICATE: Final = (
    ValueError,
    TypeError,
    UnsupportedAlgorithm,
    x509.InvalidVersion,
    x509.DuplicateExtension,
    x509.UnsupportedGeneralNameType,
)

_SEQUENCE_TAG: Final = 0x30
_UTF8_STRING_TAG: Final = 0x0C
_HOLDER_OIDS: Final = "1.2.392.200149.8.5.5."
_NAME, _NAME_FLAGS, _SEX, _BIRTH_DATE, _ADDRESS, _ADDRESS_FLAGS = (
    f"{_HOLDER_OIDS}{number}" for number in range(1, 7)
)
_FLAGS: Final = re.compile(r"[01]*", re.ASCII)
_ERA_DATE: Final = re.compile(r"[0-5][0-9]{8}", re.ASCII)
_SEX_DIGIT: Final = re.compile(r"[1-3]", re.ASCII)


@dataclasses.dataclass(frozen=True, repr=False)
class CertificateHolder:
    """基本4情報 of the 署名用証明書, code point for code point; `repr` is masked.

    `name_replaced` and `address_replaced` are the positions (from 0) of 代替文字: characters that stand for
    one the certificate cannot hold. `birth_date` is EYYYYMMDD (E: 1 明治 2 大正 3 昭和 4 平成 5 令和 0 不明,
    the year Gregorian); `sex` is 1 男 2 女 3 不明.
    """

    name: str
    name_replaced: tuple[int, ...]
    address: str
    address_replaced: tuple[int, ...]
    birth_date: str
    sex: str

    def __repr__(self) -> str:
        return "CertificateHolder(****)"


@dataclasses.dataclass(frozen=True, repr=False)
class CertificateFacts:
    """One certificate: first and last day it is valid (in Japan), its policies, and whom it names.

    The serial number 発行番号 is left out: it may be kept only under 公的個人認証法.
    """

    valid_from: dt.date
    valid_until: dt.date
    policies: tuple[str, ...]
    holder: CertificateHolder | None

    def __repr__(self) -> str:
        return f"CertificateFacts(**** until={self.valid_until})"


def load_certificate(data: bytes, file: str) -> x509.Certificate:
    """The certificate from the bytes of EF `file`; filler after it is ignored.

    Raises:
        CardDataError: the bytes are no certificate.
    """
    try:
        outer = parse_one(data, filler=True)
        _, end = parse_first(data)
        if outer.tag != _SEQUENCE_TAG:
            raise CardDataError(file=file, reason="outer-tag")
        return x509.load_der_x509_certificate(bytes(data[:end]))
    except TlvFormatError as error:
        raise CardDataError(file=file, reason="tlv") from error
    except BROKEN_CERTIFICATE:
        # Not chained: the error might quote what it could not read.
        raise CardDataError(file=file, reason="certificate") from None


def read_certificate(data: bytes, file: str) -> CertificateFacts:
    """What the certificate in EF `file` (as "0001", for the log) states; nothing of it is verified.

    Raises:
        CardDataError: no certificate, or 基本4情報 that are not laid out as they should be.
    """
    certificate = load_certificate(data, file)
    try:
        valid_from, valid_until = validity(certificate)
        return CertificateFacts(valid_from, valid_until, policies(certificate), _holder(certificate, file))
    except BROKEN_CERTIFICATE:
        raise CardDataError(file=file, reason="extensions") from None


def validity(certificate: x509.Certificate) -> tuple[dt.date, dt.date]:
    """First and last day of validity in Japan."""
    try:
        return (
            certificate.not_valid_before_utc.astimezone(JAPAN).date(),
            certificate.not_valid_after_utc.astimezone(JAPAN).date(),
        )
    except OverflowError as error:
        raise ValueError("a validity beyond the calendar") from error


def policies(certificate: x509.Certificate) -> tuple[str, ...]:
    """The dotted OIDs of its policies ポリシ, none without that extension."""
    try:
        found = certificate.extensions.get_extension_for_class(x509.CertificatePolicies).value
    except x509.ExtensionNotFound:
        return ()
    return tuple(policy.policy_identifier.dotted_string for policy in found)


def _holder(certificate: x509.Certificate, file: str) -> CertificateHolder | None:
    """基本4情報 by OID, in whatever order; OIDs we do not know are left alone (フリガナ may come)."""
    try:
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return None
    texts: dict[str, str] = {}
    for entry in names:
        if isinstance(entry, x509.OtherName) and entry.type_id.dotted_string.startswith(_HOLDER_OIDS):
            oid = entry.type_id.dotted_string
            if oid in texts:
                raise CardDataError(file=file, reason="oid-twice")
            texts[oid] = _utf8(entry.value, file)
    if not texts:
        return None
    name, address = (_text(texts, oid, file) for oid in (_NAME, _ADDRESS))
    return CertificateHolder(
        name=name,
        name_replaced=_replaced(texts, _NAME_FLAGS, name, file),
        address=address,
        address_replaced=_replaced(texts, _ADDRESS_FLAGS, address, file),
        birth_date=_text(texts, _BIRTH_DATE, file, _ERA_DATE),
        sex=_text(texts, _SEX, file, _SEX_DIGIT),
    )


def _utf8(value: bytes, file: str) -> str:
    try:
        string = parse_one(value)
    except TlvFormatError as error:
        raise CardDataError(file=file, reason="holder-text") from error
    text = decode_utf8(string.value)
    if text is None or string.tag != _UTF8_STRING_TAG:
        raise CardDataError(file=file, reason="holder-text")
    return text


def _text(texts: dict[str, str], oid: str, file: str, form: re.Pattern[str] | None = None) -> str:
    text = texts.get(oid)
    if text is None or (form is not None and not form.fullmatch(text)):
        raise CardDataError(file=file, reason=f"holder-{oid.rpartition('.')[2]}")
    return text


def _replaced(texts: dict[str, str], oid: str, about: str, file: str) -> tuple[int, ...]:
    """Positions flagged 1; no flags, no positions (assumed: without 代替文字 they might be left out)."""
    flags = texts.get(oid)
    if flags is None:
        return ()
    if not _FLAGS.fullmatch(flags) or len(flags) != len(about):
        raise CardDataError(file=file, reason=f"holder-{oid.rpartition('.')[2]}")
    return tuple(position for position, flag in enumerate(flags) if flag == "1")
