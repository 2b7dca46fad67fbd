"""Bytes of a 運転免許証's files into what they say; 記載事項変更 is in changes.py."""

import datetime as dt
from typing import Final

from kakanai.cardreader.driver_licence import era_dates, files
from kakanai.cardreader.driver_licence.fields import Fields
from kakanai.cardreader.driver_licence.readings import Gaiji, LicenceCategory, LicenceFace, LicenceSignature

_NUMBER_DIGITS: Final = 12
_TEXT_BYTES: Final = 80
_GAIJI_BYTES: Final = 256


def parse_pin_setting(data: bytes, tag: int = files.PIN_SETTING_TAG, file: str = "MF/EF02") -> bool:
    """Whether the holder set PINs, from EF02 (or WEF01 of マイナ免許証 with its tag).

    Raises:
        CardDataError: it says neither. Never guess here: a wrong guess would spend tries.
    """
    fields = Fields(file, data)
    value = fields.value(tag, 1)
    if value not in (files.PIN_IS_SET, files.PIN_IS_NOT_SET):
        raise fields.error("pin-setting")
    return value == files.PIN_IS_SET


def parse_face(data: bytes) -> LicenceFace:
    """記載事項 of DF1/EF01; only a name is indispensable, the rest may be not recorded.

    Raises:
        CardDataError: it is no such file.
    """
    fields = Fields("DF1/EF01", data)
    name = fields.text(files.NAME_TAG, 72)
    if not name:
        raise fields.error("empty-name")
    birth_date_digits = fields.date_digits(files.BIRTH_DATE_TAG)
    year = fields.value(files.JIS_YEAR_TAG, 1)
    return LicenceFace(
        name=name,
        kana=fields.text(files.KANA_TAG, 32),
        common_name=fields.text(files.COMMON_NAME_TAG, 32),
        unified_name=fields.text(files.UNIFIED_NAME_TAG, 16),
        birth_date=date_in(fields, files.BIRTH_DATE_TAG),
        birth_date_digits=birth_date_digits,
        address=fields.text(files.ADDRESS_TAG, _TEXT_BYTES),
        issued_on=date_in(fields, files.ISSUED_TAG),
        expires_on=date_in(fields, files.EXPIRES_TAG),
        colour=fields.text(files.COLOUR_TAG, 6),
        conditions=texts_in(fields, files.CONDITION_TAGS),
        committee=fields.text(files.COMMITTEE_TAG, 24),
        licence_number=number_in(fields, files.NUMBER_TAG),
        acquired=dates_in(fields, files.ACQUISITION_TAGS),
        categories=tuple(
            LicenceCategory(name, day) for name, day in dates_in(fields, files.CATEGORY_TAGS).items()
        ),
        jis_year=year[0] if year else -1,
    )


def date_in(fields: Fields, tag: int) -> dt.date | None:
    """The day in this field, None for none or a partly known one."""
    return era_dates.parse(fields.date_digits(tag), file=fields.file, tag=tag)


def dates_in(fields: Fields, names: dict[int, str]) -> dict[str, dt.date]:
    """The days in these fields by name; those without one are left out."""
    found = {name: date_in(fields, tag) for tag, name in names.items()}
    return {name: day for name, day in found.items() if day is not None}


def texts_in(fields: Fields, tags: tuple[int, ...]) -> tuple[str, ...]:
    """The texts in these fields of 80 bytes at most; empty ones are left out."""
    return tuple(filter(None, (fields.text(tag, _TEXT_BYTES) for tag in tags)))


def number_in(fields: Fields, tag: int) -> str:
    """A number of 12 digits, "" where it is not recorded."""
    digits = fields.digits(tag, _NUMBER_DIGITS)
    if digits and len(digits) != _NUMBER_DIGITS:
        raise fields.error(f"digits-{tag:X}")
    return digits


def parse_domicile(data: bytes) -> str:
    """本籍 of DF1/EF02; "" where none is recorded.

    Raises:
        CardDataError: it is no such file.
    """
    return Fields("DF1/EF02", data).text(files.DOMICILE_TAG, _TEXT_BYTES)


def parse_gaiji(data: bytes) -> tuple[Gaiji, ...]:
    """外字 1 and 2 of DF1/EF03, as far as they are recorded.

    Raises:
        CardDataError: it is no such file.
    """
    return _gaiji(Fields("DF1/EF03", data), files.GAIJI_TAGS)


def parse_more_gaiji(data: bytes) -> tuple[Gaiji, ...]:
    """外字 3 to 7 of DF1/EF05, as far as they are recorded.

    Raises:
        CardDataError: it is no such file.
    """
    return _gaiji(Fields("DF1/EF05", data), files.MORE_GAIJI_TAGS)


def _gaiji(fields: Fields, numbers: dict[int, int]) -> tuple[Gaiji, ...]:
    found = ((number, fields.value(tag, _GAIJI_BYTES)) for tag, number in numbers.items())
    return tuple(Gaiji(number, bitmap) for number, bitmap in found if bitmap)


def parse_signature(data: bytes) -> LicenceSignature:
    """電子署名 of DF1/EF07.

    Raises:
        CardDataError: it is no such file.
    """
    fields = Fields("DF1/EF07", data)
    found = LicenceSignature(
        signature=fields.value(files.SIGNATURE_TAG, 256),
        serial=fields.value(files.SERIAL_TAG, 16),
        issuer=fields.value(files.ISSUER_TAG, 80),
        subject=fields.value(files.SUBJECT_TAG, 130),
        key_id=fields.value(files.KEY_ID_TAG, 32),
    )
    if not found.signature:
        raise fields.error("no-signature")
    return found
