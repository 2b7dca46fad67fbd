"""Makes a specimen's content into a virtual 運転免許証."""

from pathlib import Path
from typing import Final

from kakanai.cardreader.driver_licence import files
from kakanai.cardreader.simulator.card import SimulatedCard
from kakanai.cardreader.simulator.licence import file_builder
from kakanai.cardreader.simulator.licence.content import LicenceContent
from kakanai.cardreader.simulator.licence.directories import (
    Directory,
    LicenceDirectories,
    LicenceFile,
    LicencePinFile,
)
from kakanai.cardreader.simulator.licence.virtual_licence import VirtualLicence
from kakanai.cardreader.simulator.retry_counters import RetryCounters

_PIN: Final = r"[0-9]{4}"
_RESERVED_BYTES: Final = 512


def build_licence_card(
    specimen_id: str, content: dict[str, object], state_folder: Path | None = None
) -> SimulatedCard:
    """A powered-off card of this content; with a folder its retry counters are kept there.

    Keys: name, kana, common_name, unified_name, birth_date, address, issued_on, expires_on, inquiry_number,
    colour, conditions (4 at most), committee, licence_number, acquired and categories (days by name),
    registered_domicile, gaiji (rows of dots by number), changes (kind, text, date, seal; oldest first), photo
    (JPEG 2000 in base64, 2000 bytes at most), pin1 and pin2 (both or, where none is set, neither), attempts1,
    attempts2. Days are YYYYMMDD; name and licence_number are indispensable.

    Raises:
        SpecimenError: a key is missing, unknown, or has a value that cannot be.
        SimulatorStateError: the counters' file cannot be used.
    """
    told = LicenceContent(specimen_id, "driver_licence", content)
    attempts = {
        f"pin{at}": told.number(f"attempts{at}", files.GRANTED_ATTEMPTS, files.GRANTED_ATTEMPTS)
        for at in (1, 2)
    }
    counters = RetryCounters(specimen_id, state_folder, attempts)
    directories = LicenceDirectories(_master(told), [_matters(told), _photo(told), _reserved()], counters)
    told.refuse_the_rest()
    return VirtualLicence(directories, counters)


def _master(told: LicenceContent) -> Directory:
    pins = [told.text(key, "", rf"({_PIN})?") for key in ("pin1", "pin2")]
    if any(pins) and not all(pins):
        raise told.error("pin2", "both-or-none")
    is_set = files.PIN_IS_SET if all(pins) else files.PIN_IS_NOT_SET
    values = [pin.encode("ascii") or files.NO_PIN_VALUE for pin in pins]
    return Directory(
        files.MASTER_FILE,
        {
            files.COMMON_DATA_FILE: LicenceFile(file_builder.common_data_file(told)),
            files.PIN_SETTING_FILE: LicenceFile(b"\x05\x01" + is_set),
            files.PIN1_FILE: LicencePinFile(values[0], files.GRANTED_ATTEMPTS, "pin1"),
            files.PIN2_FILE: LicencePinFile(values[1], files.GRANTED_ATTEMPTS, "pin2"),
        },
    )


def _matters(told: LicenceContent) -> Directory:
    pin1 = frozenset({files.PIN1_FILE})
    both = frozenset({files.PIN1_FILE, files.PIN2_FILE})
    gaiji, more_gaiji = file_builder.gaiji_files(told)
    changes, domicile_changes = file_builder.changes_files(told)
    return Directory(
        files.MATTERS_AID,
        {
            files.FACE_FILE: LicenceFile(file_builder.face_file(told), pin1),
            files.DOMICILE_FILE: LicenceFile(file_builder.domicile_file(told), both),
            files.GAIJI_FILE: LicenceFile(gaiji, pin1),
            files.CHANGES_FILE: LicenceFile(changes, pin1),
            files.MORE_GAIJI_FILE: LicenceFile(more_gaiji, pin1),
            files.DOMICILE_CHANGES_FILE: LicenceFile(domicile_changes, both),
            files.SIGNATURE_FILE: LicenceFile(file_builder.signature_file(), pin1),
        },
    )


def _photo(told: LicenceContent) -> Directory:
    both = frozenset({files.PIN1_FILE, files.PIN2_FILE})
    return Directory(files.PHOTO_AID, {files.PHOTO_FILE: LicenceFile(file_builder.photo_file(told), both)})


def _reserved() -> Directory:
    content = LicenceFile(b"\xff" * _RESERVED_BYTES, frozenset({files.PIN1_FILE}))
    return Directory(files.RESERVED_AID, {0x0001: content})
