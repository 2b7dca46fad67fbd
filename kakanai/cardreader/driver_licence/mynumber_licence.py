"""マイナ免許証: what is held and until when, as recorded in the police's application on 個人番号カード."""

import dataclasses
import datetime as dt
from typing import Final

from kakanai.cardreader.authenticity.verdict import Authenticity
from kakanai.cardreader.driver_licence import mynumber_licence_files as files
from kakanai.cardreader.driver_licence.fields import Fields
from kakanai.cardreader.driver_licence.licence import date_in, dates_in, number_in, texts_in
from kakanai.cardreader.driver_licence.photo import jpeg2000_in
from kakanai.cardreader.driver_licence.readings import CANNOT_BE_VERIFIED

_FILE: Final = "WEF02"
_NOT_HELD: Final = (b"", b"\x00", b"0")


@dataclasses.dataclass(frozen=True, repr=False)
class MyNumberLicenceReading:
    """One reading of a マイナ免許証; "" or None where not recorded. `repr` is masked.

    It holds **no 氏名, 住所 or 生年月日**: they are the card holder's, from 券面事項入力補助AP or
    券面事項確認AP of the same 個人番号カード, read in the same visit. `categories` are the kinds held;
    `category_codes` the card's own byte of each kind. That a byte other than 00 or "0" means "held" is
    assumed. `missing_glyphs` are the fields 欠字 untouched, by tag. `photo` is JPEG 2000.
    """

    licence_number: str
    record_number: str
    record_date: dt.date | None
    colour: str
    expires_on: dt.date | None
    conditions: tuple[str, ...]
    remarks: tuple[str, ...]
    acquired: dict[str, dt.date]
    categories: tuple[str, ...]
    category_codes: dict[str, bytes]
    missing_glyphs: dict[int, bytes]
    photo: bytes | None
    attempts_before: int
    exchanges: int

    @property
    def authenticity(self) -> Authenticity:
        """What can be said of 真正性: data only, the police's certificate is not public."""
        return CANNOT_BE_VERIFIED

    def __repr__(self) -> str:
        return f"MyNumberLicenceReading(**** exchanges={self.exchanges})"


def parse_mynumber_licence(data: bytes, *, attempts_before: int, exchanges: int) -> MyNumberLicenceReading:
    """The reading from the bytes of WEF02.

    Raises:
        CardDataError: it is no such file.
    """
    fields = Fields(_FILE, data, long_tag_start=files.LONG_TAG_START)
    codes = {name: fields.value(tag, 1) for tag, name in files.CATEGORY_TAGS.items()}
    glyphs = {tag: fields.value(tag, 256) for tag in files.MISSING_GLYPH_TAGS}
    return MyNumberLicenceReading(
        licence_number=number_in(fields, files.NUMBER_TAG),
        record_number=number_in(fields, files.RECORD_NUMBER_TAG),
        record_date=date_in(fields, files.RECORD_DATE_TAG),
        colour=fields.text(files.COLOUR_TAG, 6),
        expires_on=date_in(fields, files.EXPIRES_TAG),
        conditions=texts_in(fields, files.CONDITION_TAGS),
        remarks=texts_in(fields, files.REMARK_TAGS),
        acquired=dates_in(fields, files.ACQUISITION_TAGS),
        categories=tuple(name for name, code in codes.items() if code not in _NOT_HELD),
        category_codes={name: code for name, code in codes.items() if code},
        missing_glyphs={tag: glyph for tag, glyph in glyphs.items() if glyph},
        photo=jpeg2000_in(fields.value(files.PHOTO_TAG, 2000), file=_FILE),
        attempts_before=attempts_before,
        exchanges=exchanges,
    )
