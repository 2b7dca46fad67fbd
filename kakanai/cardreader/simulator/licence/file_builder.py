"""The files of a virtual 運転免許証, byte for byte with their physical sizes (those of cards seen)."""

from typing import Final

from kakanai.cardreader.driver_licence import files
from kakanai.cardreader.simulator.licence.content import LicenceContent
from kakanai.cardreader.simulator.licence.field_writer import era_date, field

_CHANGE_START: Final = {
    "committee": 0x51,
    "name": 0x60,
    "kana": 0x68,
    "address": 0x70,
    "condition": 0x78,
    "condition_removed": 0x80,
    "remark": 0x88,
    "domicile": 0xAB,
}
_CHANGE_COUNT: Final = {"committee": 15, "domicile": 5}
_JIS_YEAR: Final = b"\x02"  # assumed: the number for the edition of 1990
_SIGNATURE_SIZES: Final = {0xB1: 256, 0xB2: 16, 0xB3: 48, 0xB4: 80, 0xB5: 130, 0xB6: 32}


def face_file(content: LicenceContent) -> bytes:
    """DF1/EF01."""

    def text(tag: int, key: str, default: str | None = "") -> bytes:
        return field(tag, content.jis(key, content.text(key, default)))

    conditions = [*content.texts("conditions", 4), "", "", "", ""][:4]
    acquired = content.days("acquired", list(files.ACQUISITION_TAGS.values()))
    categories = content.days("categories", list(files.CATEGORY_TAGS.values()))
    parts = [
        field(files.JIS_YEAR_TAG, _JIS_YEAR),
        text(files.NAME_TAG, "name", None),
        text(files.KANA_TAG, "kana"),
        text(files.COMMON_NAME_TAG, "common_name"),
        text(files.UNIFIED_NAME_TAG, "unified_name"),
        field(files.BIRTH_DATE_TAG, era_date(content.day("birth_date"))),
        text(files.ADDRESS_TAG, "address"),
        field(files.ISSUED_TAG, era_date(content.day("issued_on"))),
        field(files.INQUIRY_TAG, content.text("inquiry_number", "00000", r"[0-9]{5}").encode()),
        text(files.COLOUR_TAG, "colour"),
        field(files.EXPIRES_TAG, era_date(content.day("expires_on"))),
        *(
            field(tag, content.jis("conditions", condition))
            for tag, condition in zip(files.CONDITION_TAGS, conditions, strict=True)
        ),
        text(files.COMMITTEE_TAG, "committee"),
        field(files.NUMBER_TAG, content.text("licence_number", None, r"[0-9]{12}").encode()),
        *(field(tag, era_date(acquired.get(name))) for tag, name in files.ACQUISITION_TAGS.items()),
        *(field(tag, era_date(categories.get(name))) for tag, name in files.CATEGORY_TAGS.items()),
        *(field(tag, era_date(None)) for tag in files.RESERVED_DATE_TAGS),
    ]
    return content.fill("", b"".join(parts), files.FACE_BYTES)


def domicile_file(content: LicenceContent) -> bytes:
    """DF1/EF02."""
    text = content.jis("registered_domicile", content.text("registered_domicile", ""))
    return content.fill("registered_domicile", field(files.DOMICILE_TAG, text), files.DOMICILE_BYTES)


def gaiji_files(content: LicenceContent) -> tuple[bytes, bytes]:
    """DF1/EF03 and DF1/EF05: bitmaps packed as 32 by 32 dots of one bit (assumed; sources disagree)."""
    bitmaps = content.bitmaps("gaiji")

    def written(tags: dict[int, int]) -> bytes:
        return b"".join(field(tag, bitmaps.get(number, b"")) for tag, number in tags.items())

    flag = field(files.MORE_GAIJI_FLAG_TAG, b"\x01" if any(number > 2 for number in bitmaps) else b"\x00")
    return (
        content.fill("gaiji", written(files.GAIJI_TAGS), files.GAIJI_BYTES),
        content.fill("gaiji", flag + written(files.MORE_GAIJI_TAGS), files.MORE_GAIJI_BYTES),
    )


def changes_files(content: LicenceContent) -> tuple[bytes, bytes]:
    """DF1/EF04 and DF1/EF06: the flag 追記の有無, then the entries in the order told, oldest first."""
    counts: dict[str, int] = {}
    general, domicile = b"", b""
    for change in content.parts("changes"):
        kind = change.text("kind")
        at = counts.get(kind, 0)
        if kind not in _CHANGE_START or at >= _CHANGE_COUNT.get(kind, 8):
            raise change.error("kind", "unknown-value")
        counts[kind] = at + 1
        entry = field(_CHANGE_START[kind] + at, _entry(change))
        if kind == "domicile":
            domicile += entry
        else:
            general += entry
        change.refuse_the_rest()
    return (
        content.fill("changes", _with_flag(files.CHANGES_FLAG_TAG, general), files.CHANGES_BYTES),
        content.fill(
            "changes", _with_flag(files.DOMICILE_CHANGES_FLAG_TAG, domicile), files.DOMICILE_CHANGES_BYTES
        ),
    )


def _with_flag(tag: int, entries: bytes) -> bytes:
    return field(tag, b"\x01" if entries else b"\x00") + entries


def _entry(change: LicenceContent) -> bytes:
    """1 byte JIS year, 7 full-width digits, the text, 5 characters of seal (observed in one reader only)."""
    day = era_date(change.day("date")).decode("ascii")
    digits = "".join(chr(ord("０") + int(digit)) for digit in day)
    seal = change.text("seal", "見本県公委")
    if len(seal) != 5:
        raise change.error("seal", "5-characters-wanted")
    return _JIS_YEAR + change.jis("text", digits + change.text("text") + seal)


def photo_file(content: LicenceContent) -> bytes:
    """DF2/EF01."""
    return content.fill("photo", field(files.PHOTO_TAG, content.picture("photo")), files.PHOTO_BYTES)


def signature_file() -> bytes:
    """DF1/EF07 with a signature that is none: nobody has the police's key, or verifies it here."""
    return b"".join(field(tag, bytes(size)) for tag, size in _SIGNATURE_SIZES.items())


def common_data_file(content: LicenceContent) -> bytes:
    """MF/EF01: version 010, days of issue and expiry in BCD, a maker and nothing more."""
    days = b"".join(
        bytes.fromhex(f"{day:%Y%m%d}" if day else "00000000")
        for day in (content.day("issued_on"), content.day("expires_on"))
    )
    return field(0x45, b"010" + days) + field(0x46, b"\x00\x00")
