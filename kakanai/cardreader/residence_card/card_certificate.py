"""The certificate on a 在留カード (X.509 version 3), taken apart only as far as its check needs.

Not read as strict DER: certificates with NUL in the parameters of ECDSA and with filler behind them are said
to be on real cards (observed: eringoio/zairyu-card-reader), and a strict parser would call those forged.
"""

import dataclasses
import datetime as dt
from typing import Final

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes
from cryptography.hazmat.primitives.serialization import load_der_public_key

from kakanai.cardreader.errors import CardDataError, TlvFormatError
from kakanai.cardreader.residence_card.files import SIGNATURE_FILE
from kakanai.cardreader.tlv import Tlv, build, parse_all, parse_first, parse_header

_SEQUENCE: Final = 0x30
_BIT_STRING: Final = 0x03
_OCTET_STRING: Final = 0x04
_OBJECT_IDENTIFIER: Final = 0x06
_UTC_TIME: Final = 0x17
_GENERALIZED_TIME: Final = 0x18
_VERSION: Final = 0xA0
_EXTENSIONS: Final = 0xA3
_KEY_IDENTIFIER: Final = 0x80
_AUTHORITY_KEY_IDENTIFIER: Final = bytes.fromhex("551D23")  # 2.5.29.35
_NO_UNUSED_BITS: Final = b"\x00"
_JAPAN: Final = dt.timezone(dt.timedelta(hours=9))
_TIME_FORMS: Final = {_UTC_TIME: "%y%m%d%H%M%SZ", _GENERALIZED_TIME: "%Y%m%d%H%M%SZ"}


@dataclasses.dataclass(frozen=True, repr=False)
class CardCertificate:
    """What its issuer signed and how, the key, and the first and last day in Japan. `repr` is masked."""

    signed: bytes
    signature: bytes
    key: PublicKeyTypes
    first_day: dt.date
    last_day: dt.date
    authority_key_id: bytes | None

    def __repr__(self) -> str:
        return "CardCertificate(****)"


def load_card_certificate(data: bytes) -> CardCertificate:
    """The certificate in these bytes, NUL filler behind it ignored.

    Raises:
        CardDataError: they are no certificate with a key of a known kind.
    """
    try:
        return _load(data)
    except (TlvFormatError, ValueError, OverflowError, UnsupportedAlgorithm):
        # Not chained: these may quote the certificate.
        raise CardDataError(file=SIGNATURE_FILE.name, reason="certificate") from None


def _load(data: bytes) -> CardCertificate:
    outer, end = parse_first(data)
    if data[end:].strip(b"\x00"):
        raise ValueError("trailing bytes")
    parts = parse_all(_sequence(outer))
    if [one.tag for one in parts] != [_SEQUENCE, _SEQUENCE, _BIT_STRING]:
        raise ValueError("not a certificate")
    signed = _first_raw(outer.value)
    fields = parse_all(parts[0].value)
    if fields[:1] and fields[0].tag == _VERSION:
        fields = fields[1:]
    # serial, algorithm, issuer, validity, subject, key, and optional fields
    if len(fields) < 6 or any(one.tag != _SEQUENCE for one in fields[1:6]):
        raise ValueError("fields")
    days = [_day(one) for one in parse_all(fields[3].value)]
    if len(days) != 2:
        raise ValueError("validity")
    return CardCertificate(
        signed=signed,
        signature=_bits(parts[2]),
        key=load_der_public_key(build(fields[5].tag, fields[5].value)),
        first_day=days[0],
        last_day=days[1],
        authority_key_id=_authority_key_id(fields[6:]),
    )


def _sequence(one: Tlv) -> bytes:
    if one.tag != _SEQUENCE:
        raise ValueError("sequence wanted")
    return one.value


def _first_raw(data: bytes) -> bytes:
    """The first object with its header, as it stands: the issuer signed these very bytes."""
    _, length, start = parse_header(data)
    return data[: start + length]


def _bits(one: Tlv) -> bytes:
    if one.value[:1] != _NO_UNUSED_BITS:
        raise ValueError("unused bits")
    return one.value[1:]


def _day(one: Tlv) -> dt.date:
    form = _TIME_FORMS.get(one.tag)
    if form is None:
        raise ValueError("time")
    moment = dt.datetime.strptime(one.value.decode("ascii"), form).replace(tzinfo=dt.UTC)
    return moment.astimezone(_JAPAN).date()


def _authority_key_id(optional: list[Tlv]) -> bytes | None:
    for field in optional:
        if field.tag != _EXTENSIONS:
            continue
        for extension in parse_all(_sequence(parse_first(field.value)[0])):
            parts = parse_all(_sequence(extension))
            if parts[:1] and (parts[0].tag, parts[0].value) == (
                _OBJECT_IDENTIFIER,
                _AUTHORITY_KEY_IDENTIFIER,
            ):
                return _key_identifier(parts[-1])
    return None


def _key_identifier(octets: Tlv) -> bytes | None:
    if octets.tag != _OCTET_STRING:
        raise ValueError("extension")
    found = parse_all(_sequence(parse_first(octets.value)[0]))
    return next((one.value for one in found if one.tag == _KEY_IDENTIFIER), None)
