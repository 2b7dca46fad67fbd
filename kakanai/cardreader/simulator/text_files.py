"""券面事項入力補助AP of a specimen, byte for byte (observed: soltia48/myna-card, dumps of a test card)."""

import hashlib

from kakanai.cardreader.mynumber import files
from kakanai.cardreader.simulator.file_system import Application, CardFile, DataFile, KeyFile, PinFile
from kakanai.cardreader.simulator.issuers import IssuedKeys, key_id
from kakanai.cardreader.simulator.rsa_key import RsaKey
from kakanai.cardreader.simulator.specimen_types import GRANTED_ATTEMPTS, MyNumberSpecimen, SpecimenPerson
from kakanai.cardreader.tlv import build

_AP_INFORMATION_BYTES = 256
_SESSION_KEY_TAG = 0xA1
_UNKNOWN_FILE = 0x0008
_UNKNOWN_FILE_BYTES = 16

_PIN, _A, _B = files.INPUT_SUPPORT_PIN_FILE, files.COLLATION_A_FILE, files.COLLATION_B_FILE
_BY_ANY_KEY = frozenset({_PIN, _A, _B})


def text_application(specimen: MyNumberSpecimen, keys: IssuedKeys) -> Application:
    """券面事項入力補助AP; what is signed is the person as issued, EF 0002 is the person the chip tells of."""
    issuer = keys.issuers[specimen.issuer].text_ap
    card_key = keys.cards["text"]
    number = my_number_file(specimen.my_number)
    held: dict[int, CardFile] = {
        files.MY_NUMBER_FILE: DataFile(number, frozenset({_PIN, _A})),
        files.BASIC_FOUR_FILE: DataFile(basic_four_file(specimen.person), frozenset({_PIN, _B})),
        files.DIGESTS_FILE: DataFile(
            digests_file(number, specimen.issued_person, issuer.signer), _BY_ANY_KEY
        ),
        files.TEXT_CERTIFICATE_FILE: DataFile(issuer.cv_certificate()),
        files.AP_INFORMATION_FILE: DataFile(ap_information_file(issuer.issuer_id)),
        files.TEXT_SESSION_KEY_FILE: DataFile(session_key_file(keys.cards["session"]), _BY_ANY_KEY),
        files.TEXT_CARD_KEY_FILE: DataFile(card_key_file(card_key, issuer.signer), _BY_ANY_KEY),
        _UNKNOWN_FILE: DataFile(b"\xff" * _UNKNOWN_FILE_BYTES),
        _PIN: PinFile(specimen.pins["text"].encode(), GRANTED_ATTEMPTS["text"], "text"),
        files.BLOCKED_KEY_FILE: PinFile(b"", 0, "blocked"),
        files.TEXT_CARD_SIGNING_KEY_FILE: KeyFile(
            keys.other_card["text"] if specimen.has_wrong_card_key else card_key
        ),
        _A: PinFile(specimen.my_number.encode(), GRANTED_ATTEMPTS["collation_a"], "collation_a"),
        _B: PinFile(specimen.collation_b.encode(), GRANTED_ATTEMPTS["collation_b"], "collation_b"),
    }
    return Application(files.INPUT_SUPPORT_AID, held, files.TEXT_CARD_SIGNING_KEY_FILE)


def my_number_file(digits: str) -> bytes:
    """EF 0001, 17 bytes with its two bytes of filler."""
    return build(files.MY_NUMBER_TAG, digits.encode("ascii"), like_the_card=True) + b"\xff\xff"


def basic_four_file(person: SpecimenPerson) -> bytes:
    """EF 0002: a table of the four tags' offsets from byte 0 of the file, then the four facts."""
    return file_with_offsets(files.BASIC_FOUR_TAG, files.OFFSETS_TAG, _facts(person))


def _facts(person: SpecimenPerson) -> list[bytes]:
    return [
        build(files.NAME_TAG, person.name.encode("utf-8"), like_the_card=True),
        build(files.ADDRESS_TAG, person.address.encode("utf-8"), like_the_card=True),
        build(files.BIRTH_DATE_TAG, person.birth_date.encode("ascii"), like_the_card=True),
        build(files.SEX_TAG, person.sex.encode("ascii"), like_the_card=True),
    ]


def file_with_offsets(tag: int, table_tag: int, objects: list[bytes]) -> bytes:
    """One object of the objects, led by a table of where each begins in the file, two bytes each."""

    def table(offsets: list[int]) -> bytes:
        return build(table_tag, b"".join(offset.to_bytes(2) for offset in offsets), like_the_card=True)

    table_bytes = len(table([0] * len(objects)))
    body_bytes = table_bytes + sum(map(len, objects))
    header_bytes = len(build(tag, bytes(body_bytes), like_the_card=True)) - body_bytes
    first = header_bytes + table_bytes
    offsets = [first + sum(map(len, objects[:index])) for index in range(len(objects))]
    return build(tag, table(offsets) + b"".join(objects), like_the_card=True)


def digests_file(number: bytes, person: SpecimenPerson, signer: RsaKey) -> bytes:
    """EF 0003: SHA-256 of EF 0001 and of the four facts, and the signer's signature; 336 bytes."""
    digests = build(files.MY_NUMBER_DIGEST_TAG, hashlib.sha256(number).digest()) + build(
        files.BASIC_FOUR_DIGEST_TAG, hashlib.sha256(b"".join(_facts(person))).digest()
    )
    signature = build(files.DIGESTS_SIGNATURE_TAG, signer.sign(digests), like_the_card=True)
    return build(files.DIGESTS_TAG, digests + signature, like_the_card=True)


def card_key_file(card_key: RsaKey, signer: RsaKey) -> bytes:
    """EF 0007: the card's own public key and the signer's signature over it; 536 bytes."""
    key = build(files.CARD_KEY_TAG, card_key.public_object(), like_the_card=True)
    signature = build(files.CARD_KEY_SIGNATURE_TAG, signer.sign(key), like_the_card=True)
    return build(files.TEXT_CARD_KEY_TAG, key + signature, like_the_card=True)


def session_key_file(key: RsaKey) -> bytes:
    """EF 0006: a public key for secure messaging, which this card does not do; 269 bytes."""
    return build(_SESSION_KEY_TAG, key.public_object(), like_the_card=True)


def ap_information_file(issuer_id: str) -> bytes:
    """EF 0005 with filler to 256 bytes."""
    inner = (
        build(0xDF41, bytes.fromhex("01030E01"))
        + build(0xDF42, key_id(issuer_id))
        + build(0xDF43, bytes(32) + b"\xff" * 96, like_the_card=True)
    )
    return build(0xFF40, inner, like_the_card=True).ljust(_AP_INFORMATION_BYTES, b"\xff")
