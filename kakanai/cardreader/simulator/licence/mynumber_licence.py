"""マイナ免許証 as a further application of a virtual 個人番号カード."""

from typing import Final

from kakanai.cardreader.driver_licence import mynumber_licence_files as files
from kakanai.cardreader.simulator.file_system import Application, DataFile, PinFile
from kakanai.cardreader.simulator.licence.content import LicenceContent
from kakanai.cardreader.simulator.licence.field_writer import era_date, field

_TEXT_TAGS: Final = (*files.CONDITION_TAGS, *files.REMARK_TAGS, *files.RESERVED_TEXT_TAGS)
_SIGNATURE_SIZES: Final = {0x108: 256, 0x109: 16, 0x10A: 48, 0x10B: 80, 0x10C: 130, 0x10D: 32}


def mynumber_licence_application(specimen_id: str, content: dict[str, object]) -> Application:
    """The police's application of this content.

    Keys: pin ("" for none set), licence_number, record_number, record_date, colour, expires_on, conditions
    (12 at most), remarks (8), acquired (days by name), categories (names), photo (JPEG 2000 in base64). Its
    counter is called mynumber_licence and grants ten tries.

    Raises:
        SpecimenError: a key is missing, unknown, or has a value that cannot be.
    """
    told = LicenceContent(specimen_id, "mynumber_licence", content)
    pin = told.text("pin", "", r"([0-9]{4})?")
    opened_by = frozenset({files.PIN_FILE}) if pin else frozenset()
    licence = DataFile(_licence_file(told), opened_by)
    told.refuse_the_rest()
    return Application(
        files.MYNUMBER_LICENCE_AID,
        {
            files.PIN_FILE: PinFile(pin.encode("ascii"), files.GRANTED_ATTEMPTS, "mynumber_licence"),
            files.PIN_SETTING_FILE: DataFile(b"\xc1\x01" + (b"\x01" if pin else b"\x00")),
            files.LICENCE_FILE: licence,
            files.SIGNATURE_FILE: DataFile(_signature_file(), opened_by),
        },
    )


def _licence_file(told: LicenceContent) -> bytes:
    """WEF02: every field in the order of its tag, empty where not recorded, filler to the physical size."""
    conditions, remarks = told.texts("conditions", 12), told.texts("remarks", 8)
    texts = {
        **dict(zip(files.CONDITION_TAGS, conditions, strict=False)),
        **dict(zip(files.REMARK_TAGS, remarks, strict=False)),
    }
    acquired = told.days("acquired", list(files.ACQUISITION_TAGS.values()))
    held = told.texts("categories", len(files.CATEGORY_TAGS))
    for name in sorted(set(held) - set(files.CATEGORY_TAGS.values())):
        raise told.error(f"categories.{name}", "unknown-value")
    values: dict[int, bytes] = {
        files.RECORD_DATE_TAG: era_date(told.day("record_date")),
        files.RECORD_KIND_TAG: b"",
        files.COLOUR_TAG: told.jis("colour", told.text("colour", "")),
        files.EXPIRES_TAG: era_date(told.day("expires_on")),
        **dict.fromkeys(files.MISSING_GLYPH_TAGS, b""),
        **{tag: told.jis(f"{tag:X}", texts.get(tag, "")) for tag in _TEXT_TAGS},
        files.NUMBER_TAG: told.text("licence_number", "", r"([0-9]{12})?").encode("ascii"),
        files.RECORD_NUMBER_TAG: told.text("record_number", "", r"([0-9]{12})?").encode("ascii"),
        **{tag: era_date(acquired.get(name)) for tag, name in files.ACQUISITION_TAGS.items()},
        **{tag: b"\x01" if name in held else b"\x00" for tag, name in files.CATEGORY_TAGS.items()},
        **dict.fromkeys(files.RESERVED_TAGS, era_date(None)),
        files.PHOTO_TAG: told.picture("photo"),
    }
    written = b"".join(field(tag, values[tag]) for tag in sorted(values))
    return told.fill("", written, files.LICENCE_BYTES)


def _signature_file() -> bytes:
    """WEF03 with a signature that is none; nobody here verifies it."""
    return b"".join(field(tag, bytes(size)) for tag, size in _SIGNATURE_SIZES.items())
