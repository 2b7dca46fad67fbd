"""Makes a specimen into a virtual card: the files of 券面事項入力補助AP and 公的個人認証AP, byte for byte."""

from pathlib import Path

from kakanai.cardreader.mynumber import files
from kakanai.cardreader.simulator.file_system import Application, CardFile, DataFile, FileSystem, PinFile
from kakanai.cardreader.simulator.jpki_files import jpki_application
from kakanai.cardreader.simulator.retry_counters import RetryCounters
from kakanai.cardreader.simulator.specimen import GRANTED_ATTEMPTS, Specimen, SpecimenPerson
from kakanai.cardreader.simulator.virtual_card import CardQuirks, VirtualCard
from kakanai.cardreader.tlv import build

_COLLATION_ATTEMPTS = 10  # observed for 照合番号B in secondary sources, assumed for A
_AP_INFORMATION_BYTES = 256
_KEY_ID = b"6000033\x08\x05001" + bytes(4)  # form observed: soltia48/myna-card; digits invented


def build_card(specimen: Specimen, state_folder: Path | None = None) -> VirtualCard:
    """A powered-off card of this specimen; with a folder its retry counters are kept there.

    Raises:
        SimulatorStateError: the counters' file cannot be used.
        SpecimenError: the shared 公的個人認証AP data is broken.
    """
    counters = RetryCounters(specimen.id, state_folder, specimen.attempts)
    applications = [input_support_application(specimen), jpki_application(specimen)]
    return VirtualCard(
        FileSystem(applications, counters),
        counters,
        quirks=CardQuirks(specimen.locked_sw, specimen.first_command_6f00),
    )


def input_support_application(specimen: Specimen) -> Application:
    """券面事項入力補助AP of the specimen; 0003, 0004 and the secure messaging files are left out."""
    pin, collation_a, collation_b = (
        files.INPUT_SUPPORT_PIN_FILE,
        files.COLLATION_A_FILE,
        files.COLLATION_B_FILE,
    )
    held: dict[int, CardFile] = {
        files.MY_NUMBER_FILE: DataFile(my_number_file(specimen.my_number), frozenset({pin, collation_a})),
        files.BASIC_FOUR_FILE: DataFile(basic_four_file(specimen.person), frozenset({pin, collation_b})),
        files.AP_INFORMATION_FILE: DataFile(ap_information_file()),
        pin: PinFile(specimen.pins["text"].encode(), GRANTED_ATTEMPTS["text"], "text"),
        files.BLOCKED_KEY_FILE: PinFile(b"", 0, "blocked"),
        collation_a: PinFile(specimen.my_number.encode(), _COLLATION_ATTEMPTS, "collation_a"),
    }
    if specimen.collation_b:
        held[collation_b] = PinFile(specimen.collation_b.encode(), _COLLATION_ATTEMPTS, "collation_b")
    return Application(files.INPUT_SUPPORT_AID, held)


def my_number_file(digits: str) -> bytes:
    """EF 0001, 17 bytes with its two bytes of filler."""
    return build(files.MY_NUMBER_TAG, digits.encode("ascii"), like_the_card=True) + b"\xff\xff"


def basic_four_file(person: SpecimenPerson) -> bytes:
    """EF 0002: a table of the four tags' offsets from byte 0 of the file, then the four facts."""
    facts = [
        build(files.NAME_TAG, person.name.encode("utf-8"), like_the_card=True),
        build(files.ADDRESS_TAG, person.address.encode("utf-8"), like_the_card=True),
        build(files.BIRTH_DATE_TAG, person.birth_date.encode("ascii"), like_the_card=True),
        build(files.SEX_TAG, person.sex.encode("ascii"), like_the_card=True),
    ]
    table_bytes = len(_offset_table([0] * len(facts)))
    body_bytes = table_bytes + sum(map(len, facts))
    header_bytes = len(build(files.BASIC_FOUR_TAG, bytes(body_bytes), like_the_card=True)) - body_bytes
    offsets = [header_bytes + table_bytes + sum(map(len, facts[:index])) for index in range(len(facts))]
    return build(files.BASIC_FOUR_TAG, _offset_table(offsets) + b"".join(facts), like_the_card=True)


def _offset_table(offsets: list[int]) -> bytes:
    return build(files.OFFSETS_TAG, b"".join(offset.to_bytes(2) for offset in offsets))


def ap_information_file() -> bytes:
    """EF 0005 with filler to 256 bytes."""
    inner = (
        build(0xDF41, bytes.fromhex("01030E01"))
        + build(0xDF42, _KEY_ID)
        + build(0xDF43, bytes(32) + b"\xff" * 96, like_the_card=True)
    )
    return build(0xFF40, inner, like_the_card=True).ljust(_AP_INFORMATION_BYTES, b"\xff")
