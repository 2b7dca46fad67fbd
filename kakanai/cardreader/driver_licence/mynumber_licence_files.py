"""Where things lie in マイナ免許証, the application of the police on 個人番号カード.

Source: given by 警察庁 マイナ免許証 specification, seen only through an English digest; observed on a real
card by hmpow/JpDrvLicNfcCommand: the AID, WEF01 and the PIN's reference 86 (an annex prints 82, which that
card refused). The two-byte form of the tags 100 to 10D is assumed: only with it do the sizes add up.
"""

from typing import Final

MYNUMBER_LICENCE_AID: Final = bytes.fromhex("A0000002310600000000000000000000")

PIN_FILE: Final = 0x0006
PIN_SETTING_FILE: Final = 0x001A  # WEF01, free: C1 01 xx
LICENCE_FILE: Final = 0x001B  # WEF02, 5845 bytes
SIGNATURE_FILE: Final = 0x001C  # WEF03, 584 bytes
GRANTED_ATTEMPTS: Final = 10
LICENCE_BYTES: Final = 5845
SIGNATURE_BYTES: Final = 584

PIN_SETTING_TAG: Final = 0xC1

LONG_TAG_START: Final = frozenset({0x01})
"""Tags starting so have two bytes, all others one."""

RECORD_DATE_TAG: Final = 0xC2  # 運転経歴 記録日
RECORD_KIND_TAG: Final = 0xC3
COLOUR_TAG: Final = 0xC4
EXPIRES_TAG: Final = 0xC5
CONDITION_TAGS: Final = (*range(0xC6, 0xCA), *range(0xCC, 0xD4))  # 免許の条件 1 to 12
MISSING_GLYPH_TAGS: Final = (0xCA, 0xCB, 0xD4, 0xD5, 0xD6)  # 欠字, pictures of characters JIS X 0208 lacks
REMARK_TAGS: Final = tuple(range(0xD7, 0xDF))
RESERVED_TEXT_TAGS: Final = tuple(range(0xDF, 0xE7))
NUMBER_TAG: Final = 0xE7  # 免許情報記録番号
RECORD_NUMBER_TAG: Final = 0xE8  # 運転経歴情報記録番号
ACQUISITION_TAGS: Final = {0xE9: "二・小・原", 0xEA: "他", 0xEB: "二種"}
CATEGORY_TAGS: Final = {
    0xEC: "大型",
    0xED: "普通",
    0xEE: "大特",
    0xEF: "大自二",
    0xF0: "普自二",
    0xF1: "小特",
    0xF2: "原付",
    0xF3: "け引",
    0xF4: "大二",
    0xF5: "普二",
    0xF6: "大特二",
    0xF7: "け引二",
    0xF8: "中型",
    0xF9: "中二",
    0xFA: "準中型",
}
RESERVED_TAGS: Final = (*range(0xFB, 0x100), *range(0x100, 0x107))
PHOTO_TAG: Final = 0x107

SIGNATURE_TAG: Final = 0x108
SERIAL_TAG: Final = 0x109
SIGNATURE_RESERVED_TAG: Final = 0x10A
ISSUER_TAG: Final = 0x10B
SUBJECT_TAG: Final = 0x10C
KEY_ID_TAG: Final = 0x10D
