"""Where things lie on 在留カード and 特別永住者証明書: types, application ids, files and tags.

Source: 出入国在留管理庁 在留カード等仕様書(一般公開用) Ver.1.5 (1st generation) and 第2世代在留カード等仕様書
(一般公開用) Ver.1.1, seen only through the digests of eringoio/zairyu-card-reader, so grade: observed.
A file's number here is its short file id (low five bits of P1 in READ BINARY), not that in its name.
"""

import dataclasses
from typing import Final

DF1_AID: Final = bytes.fromhex("D392F0004F0200000000000000000000")
DF2_AID: Final = bytes.fromhex("D392F0004F0300000000000000000000")
DF3_AID: Final = bytes.fromhex("D392F0004F0400000000000000000000")  # one repository says ...05: not believed

VERSION_FILE: Final = 0x0B  # MF/EF01
TYPE_FILE: Final = 0x0A  # MF/EF02
NUMBER_KEY_FILE: Final = 0x06  # the IEF of VERIFY, under MF

VERSION_TAG: Final = 0xC0
TYPE_TAG: Final = 0xC1


@dataclasses.dataclass(frozen=True)
class ElementaryFile:
    """One file: `name` for messages and raw values, its short id, and how many objects end its reading."""

    name: str
    short_id: int
    objects: int = 1


# 1st generation
CARD_FACE_FILE: Final = ElementaryFile("DF1/EF01", 0x05)
PHOTO_FILE: Final = ElementaryFile("DF1/EF02", 0x06)
ADDRESS_FILE: Final = ElementaryFile("DF2/EF01", 0x01, 3)
COMPREHENSIVE_PERMIT_FILE: Final = ElementaryFile("DF2/EF02", 0x02)
INDIVIDUAL_PERMIT_FILE: Final = ElementaryFile("DF2/EF03", 0x03)
RENEWAL_FILE: Final = ElementaryFile("DF2/EF04", 0x04)

# 2nd generation
NUMBER_FILE: Final = ElementaryFile("DF1/EF01", 0x01)
ENTRIES_FILE: Final = ElementaryFile("DF1/EF02", 0x03, 10)
SPECIAL_ENTRIES_FILE: Final = ElementaryFile("DF1/EF02", 0x03, 6)
NAME_AND_PHOTO_FILE: Final = ElementaryFile("DF1/EF03", 0x04, 2)
ADDRESS_IMAGE_FILE: Final = ElementaryFile("DF1/EF04", 0x06)
PERMITS_FILE: Final = ElementaryFile("DF2/EF01", 0x01, 3)
RENEWAL_2_FILE: Final = ElementaryFile("DF2/EF02", 0x02)
OTHER_FILE: Final = ElementaryFile("DF2/EF03", 0x03, 2)
SPECIAL_OTHER_FILE: Final = ElementaryFile("DF2/EF01", 0x03, 2)  # observed: the short id is not its number

SIGNATURE_FILE: Final = ElementaryFile("DF3/EF01", 0x02, 2)

# Tags. D0, D1 and D5 to D7 mean different things in the two generations.
CARD_FACE_TAG: Final = 0xD0  # 1st: 券面 (表) 画像, MMR TIFF
NAME_IMAGE_TAG: Final = 0xD0  # 2nd: 氏名画像, MMR TIFF
PHOTO_TAG: Final = 0xD1
ADDRESS_IMAGE_TAG: Final = 0xDFD1
ADDRESS_CHANGED_ON_TAG: Final = 0xD2
MUNICIPALITY_CODE_TAG: Final = 0xD3
ADDRESS_TAG: Final = 0xD4
COMPREHENSIVE_PERMIT_TAG: Final = 0xD5
INDIVIDUAL_PERMIT_TAG: Final = 0xD6  # 1st
RENEWAL_TAG: Final = 0xD7  # 1st
COMPREHENSIVE_PERMIT_UNTIL_TAG: Final = 0xD6  # 2nd
INDIVIDUAL_PERMIT_2_TAG: Final = 0xD7  # 2nd
RENEWAL_2_TAG: Final = 0xD8  # 2nd
NOTE_FLAG_TAG: Final = 0xD9
NOTE_TAG: Final = 0xDE
NUMBER_TAG: Final = 0xC2
EXPIRES_ON_TAG: Final = 0xC5
BIRTH_DATE_TAG: Final = 0xC6
SEX_TAG: Final = 0xC7
NATIONALITY_TAG: Final = 0xC8
STATUS_TAG: Final = 0xC9
PERIOD_TAG: Final = 0xCE
PERMISSION_TAG: Final = 0xCA
PERMITTED_ON_TAG: Final = 0xCB
WORK_RESTRICTION_TAG: Final = 0xCC
STAY_UNTIL_TAG: Final = 0xCD
SIGNATURE_1_TAG: Final = 0xDA
CERTIFICATE_1_TAG: Final = 0xDB
SIGNATURE_2_TAG: Final = 0xDC
CERTIFICATE_2_TAG: Final = 0xDD

# What the signature covers is filled with NUL to these lengths.
SIGNED_CARD_FACE_BYTES: Final = 7000
SIGNED_PHOTO_BYTES: Final = 3000
SIGNED_NAME_IMAGE_BYTES: Final = 2500
SIGNED_ENTRIES_BYTES: Final = 53
SIGNED_ENTRIES: Final = {
    EXPIRES_ON_TAG: 8,
    BIRTH_DATE_TAG: 8,
    SEX_TAG: 1,
    NATIONALITY_TAG: 3,
    STATUS_TAG: 10,
    PERIOD_TAG: 4,
    PERMISSION_TAG: 2,
    PERMITTED_ON_TAG: 8,
    WORK_RESTRICTION_TAG: 1,
    STAY_UNTIL_TAG: 8,
}
"""Entries in the order in which they are signed, and their lengths; a 特別永住者証明書 has the first six."""


@dataclasses.dataclass(frozen=True)
class CardType:
    """A type 種別: its generation 世代, and whether it is a 特別永住者証明書."""

    generation: int
    is_special_permanent: bool


CARD_TYPES: Final = {
    b"1": CardType(1, is_special_permanent=False),
    b"2": CardType(1, is_special_permanent=True),
    b"05": CardType(2, is_special_permanent=False),
    b"06": CardType(2, is_special_permanent=True),
}
SPECIFIED_CARD_TYPES: Final = frozenset({b"07", b"08"})  # 特定在留カード, 特定特別永住者証明書
