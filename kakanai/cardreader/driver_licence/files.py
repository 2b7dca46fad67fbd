"""Where things lie on 運転免許証: application ids, file ids and tags.

Source: given by 警察庁 運転免許証及び運転免許証作成システム等仕様書 (version 010), seen only through
programs that implement it: hmpow/JpDrvLicNfcCommand, soft-studio/NFC_DriversLicenseReader and a Java reader
(package jp.co.matsusaka). What only one of them tells is marked.
"""

from typing import Final

MATTERS_AID: Final = bytes.fromhex("A0000002310100000000000000000000")  # DF1 記載事項
PHOTO_AID: Final = bytes.fromhex("A0000002310200000000000000000000")  # DF2 写真
RESERVED_AID: Final = bytes.fromhex("A0000002480300000000000000000000")  # DF3, RFU
MASTER_FILE: Final = bytes.fromhex("3F00")

# Under MF. The low five bits of a file id are its short id (SFI); 2F01 is reached by SELECT only.
COMMON_DATA_FILE: Final = 0x2F01  # 共通データ要素, free, 17 bytes
PIN_SETTING_FILE: Final = 0x000A  # PIN設定, free, 3 bytes: 05 01 xx
PIN1_FILE: Final = 0x0001
PIN2_FILE: Final = 0x0002
GRANTED_ATTEMPTS: Final = 3  # of each of the two

PIN_SETTING_TAG: Final = 0x05
PIN_IS_SET: Final = b"\x01"
PIN_IS_NOT_SET: Final = b"\x00"
NO_PIN_VALUE: Final = b"****"
"""What the card itself asks to be presented in place of both PINs when the holder set none."""

# Under DF1. Sizes are the physical ones; those marked PIN2 want both PINs.
FACE_FILE: Final = 0x0001  # 記載事項(本籍除く), 880 bytes
DOMICILE_FILE: Final = 0x0002  # 本籍, 82, PIN2
GAIJI_FILE: Final = 0x0003  # 外字, 264
CHANGES_FILE: Final = 0x0004  # 記載事項変更等(本籍除く), 640
MORE_GAIJI_FILE: Final = 0x0005  # 記載事項変更(外字), 663
DOMICILE_CHANGES_FILE: Final = 0x0006  # 記載事項変更(本籍), 256, PIN2
SIGNATURE_FILE: Final = 0x0007  # 電子署名, 578
# Under DF2.
PHOTO_FILE: Final = 0x0001  # 写真, 2005, PIN2

FACE_BYTES: Final = 880
DOMICILE_BYTES: Final = 82
GAIJI_BYTES: Final = 264
CHANGES_BYTES: Final = 640
MORE_GAIJI_BYTES: Final = 663
DOMICILE_CHANGES_BYTES: Final = 256
SIGNATURE_BYTES: Final = 578
PHOTO_BYTES: Final = 2005

# Tags of DF1/EF01.
JIS_YEAR_TAG: Final = 0x11
NAME_TAG: Final = 0x12
KANA_TAG: Final = 0x13
COMMON_NAME_TAG: Final = 0x14
UNIFIED_NAME_TAG: Final = 0x15
BIRTH_DATE_TAG: Final = 0x16
ADDRESS_TAG: Final = 0x17
ISSUED_TAG: Final = 0x18
INQUIRY_TAG: Final = 0x19
COLOUR_TAG: Final = 0x1A
EXPIRES_TAG: Final = 0x1B
CONDITION_TAGS: Final = (0x1C, 0x1D, 0x1E, 0x1F)
COMMITTEE_TAG: Final = 0x20
NUMBER_TAG: Final = 0x21
ACQUISITION_TAGS: Final = {0x22: "二・小・原", 0x23: "他", 0x24: "二種"}
CATEGORY_TAGS: Final = {
    0x25: "大型",
    0x26: "普通",
    0x27: "大特",
    0x28: "大自二",
    0x29: "普自二",
    0x2A: "小特",
    0x2B: "原付",
    0x2C: "け引",
    0x2D: "大二",
    0x2E: "普二",
    0x2F: "大特二",
    0x30: "け引二",
    0x31: "中型",
    0x32: "中二",
    0x33: "準中型",
}
RESERVED_DATE_TAGS: Final = tuple(range(0x34, 0x3B))

DOMICILE_TAG: Final = 0x41
# Number of the 外字 by tag. A0 and its successors: observed in the Java reader alone.
GAIJI_TAGS: Final = {0x48: 1, 0x49: 2}
MORE_GAIJI_FLAG_TAG: Final = 0xA0
MORE_GAIJI_TAGS: Final = {0xA1: 3, 0xA2: 4, 0xA3: 5, 0xA4: 6, 0xA5: 7}

CHANGES_FLAG_TAG: Final = 0x50
DOMICILE_CHANGES_FLAG_TAG: Final = 0xAA

PHOTO_TAG: Final = 0x5F40

SIGNATURE_TAG: Final = 0xB1
SERIAL_TAG: Final = 0xB2
SIGNATURE_RESERVED_TAG: Final = 0xB3
ISSUER_TAG: Final = 0xB4
SUBJECT_TAG: Final = 0xB5
KEY_ID_TAG: Final = 0xB6
