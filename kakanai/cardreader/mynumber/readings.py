"""What 個人番号カード said 読取結果, code point for code point, before anyone believes it."""

import dataclasses

from kakanai.cardreader.errors import CardDataError, CardError, TlvFormatError
from kakanai.cardreader.kinds import CardKey, CardKind
from kakanai.cardreader.mynumber.common_card import CommonReading
from kakanai.cardreader.mynumber.files import (
    ADDRESS_TAG,
    BASIC_FOUR_FILE,
    BASIC_FOUR_TAG,
    BIRTH_DATE_TAG,
    MY_NUMBER_FILE,
    MY_NUMBER_TAG,
    NAME_TAG,
    SEX_TAG,
)
from kakanai.cardreader.mynumber.proof import CardProof, CertificateProof
from kakanai.cardreader.mynumber.surface_reading import SurfaceReading
from kakanai.cardreader.tlv import parse_all, parse_first
from kakanai.cardreader.utf8 import decode_utf8

_BASIC_FOUR = f"{BASIC_FOUR_FILE:04X}"
_MY_NUMBER = f"{MY_NUMBER_FILE:04X}"


@dataclasses.dataclass(frozen=True, repr=False)
class BasicFourReading:
    """基本4情報 as on the card; `repr` is masked.

    `birth_date` is YYYYMMDD, Gregorian (assumed: a card with a 和暦 date would tell), 00 where unknown.
    `sex` is one digit of ISO 5218.
    """

    name: str
    address: str
    birth_date: str
    sex: str

    def __repr__(self) -> str:
        return "BasicFourReading(****)"


@dataclasses.dataclass(frozen=True, repr=False)
class MyNumberReading:
    """個人番号 as on the card: 12 ASCII digits, their check digit not judged; `repr` is masked.

    `file` is the whole of EF 0001, over which the card's digest goes; empty when the digits came otherwise.
    """

    digits: str
    file: bytes = dataclasses.field(default=b"", compare=False)

    def __repr__(self) -> str:
        return "MyNumberReading(****)"


@dataclasses.dataclass(frozen=True, repr=False)
class MyNumberCardReading:
    """One reading of a card; `my_number` is None when it was not asked for. `repr` is masked.

    `attempts_before` are the tries left before the key `opened_by` was presented; `exchanges` the commands
    sent since power-on. `surface` is the card's face, `common` what the card tells without a key, `proof`
    what its authenticity is judged by: each None when it was not asked for. `surface_error` says why a face
    that was asked for is not there: SurfaceMissingError, or PinLockedError.
    """

    basic_four: BasicFourReading
    my_number: MyNumberReading | None
    attempts_before: int
    exchanges: int
    opened_by: CardKey = CardKey.TEXT_PIN
    surface: SurfaceReading | None = None
    common: CommonReading | None = None
    proof: CardProof | None = None
    surface_error: CardError | None = None

    @property
    def kind(self) -> CardKind:
        """The kind of card that was read."""
        return CardKind.MY_NUMBER

    def with_surface(self, surface: SurfaceReading) -> "MyNumberCardReading":
        """The same with the face that was read later in the same session, and with its proof."""
        proof = self.proof
        if proof is not None:
            proof = dataclasses.replace(proof, surface=surface.proof)
        return dataclasses.replace(self, surface=surface, proof=proof, surface_error=None)

    def with_my_number(self, my_number: MyNumberReading) -> "MyNumberCardReading":
        """The same with the 個人番号 that was read later in the same session, in the proof too."""
        proof = self.proof
        if proof is not None:
            text = dataclasses.replace(proof.text, my_number=my_number.file or None)
            proof = dataclasses.replace(proof, text=text)
        return dataclasses.replace(self, my_number=my_number, proof=proof)

    def with_certificates(self, certificates: CertificateProof) -> "MyNumberCardReading":
        """The same with certificates that were read later in the same session; needs a reading with proof.

        Raises:
            ValueError: the reading was made without `verify`.
        """
        if self.proof is None:
            raise ValueError("the reading has no proof to add to")
        return dataclasses.replace(self, proof=dataclasses.replace(self.proof, certificates=certificates))

    def __repr__(self) -> str:
        return f"MyNumberCardReading(**** exchanges={self.exchanges})"


def parse_basic_four(data: bytes) -> BasicFourReading:
    """基本4情報 from the bytes of EF 0002: found by their tags, filler after the object ignored.

    Raises:
        CardDataError: not such a file, a fact missing or twice, no UTF-8, or digits that are none.
    """
    values = _children(data)
    name = _text(values, NAME_TAG)
    if not name:
        raise CardDataError(file=_BASIC_FOUR, reason="empty-name")
    return BasicFourReading(
        name=name,
        address=_text(values, ADDRESS_TAG),
        birth_date=_digits(values, BIRTH_DATE_TAG, 8),
        sex=_digits(values, SEX_TAG, 1),
    )


def _children(data: bytes) -> dict[int, bytes]:
    try:
        outer, _ = parse_first(data)
        inner = parse_all(outer.value)
    except TlvFormatError as error:
        raise CardDataError(file=_BASIC_FOUR, reason="tlv") from error
    if outer.tag != BASIC_FOUR_TAG:
        raise CardDataError(file=_BASIC_FOUR, reason="outer-tag")
    values = {one.tag: one.value for one in inner}
    if len(values) != len(inner):
        raise CardDataError(file=_BASIC_FOUR, reason="tag-twice")
    return values


def _value(values: dict[int, bytes], tag: int) -> bytes:
    if tag not in values:
        raise CardDataError(file=_BASIC_FOUR, reason=f"no-{tag:X}")
    return values[tag]


def _text(values: dict[int, bytes], tag: int) -> str:
    text = decode_utf8(_value(values, tag))
    if text is None:
        raise CardDataError(file=_BASIC_FOUR, reason=f"utf8-{tag:X}")
    return text


def _digits(values: dict[int, bytes], tag: int, count: int) -> str:
    value = _value(values, tag)
    if len(value) != count or not value.isdigit():
        raise CardDataError(file=_BASIC_FOUR, reason=f"digits-{tag:X}")
    return value.decode("ascii")


def parse_my_number(data: bytes) -> MyNumberReading:
    """個人番号 from the bytes of EF 0001, filler included.

    Raises:
        CardDataError: not such a file, or not 12 digits.
    """
    try:
        found, _ = parse_first(data)
    except TlvFormatError as error:
        raise CardDataError(file=_MY_NUMBER, reason="tlv") from error
    if found.tag != MY_NUMBER_TAG:
        raise CardDataError(file=_MY_NUMBER, reason="outer-tag")
    if len(found.value) != 12 or not found.value.isdigit():
        raise CardDataError(file=_MY_NUMBER, reason="digits")
    return MyNumberReading(found.value.decode("ascii"), bytes(data))
