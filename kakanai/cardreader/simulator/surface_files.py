"""券面事項確認AP of a specimen: the card's face (observed: soltia48/myna-card, dumps of a test card)."""

import functools
import hashlib
from pathlib import Path

from kakanai.cardreader.errors import SpecimenError
from kakanai.cardreader.mynumber import files
from kakanai.cardreader.simulator.file_system import Application, CardFile, DataFile, KeyFile, PinFile
from kakanai.cardreader.simulator.issuers import IssuedKeys, key_id
from kakanai.cardreader.simulator.rsa_key import RsaKey
from kakanai.cardreader.simulator.specimen import specimen_folder
from kakanai.cardreader.simulator.specimen_types import GRANTED_ATTEMPTS, MyNumberSpecimen, Pictures
from kakanai.cardreader.simulator.text_files import file_with_offsets
from kakanai.cardreader.tlv import build

_UNKNOWN_FILE = 0x0006
_UNKNOWN_FILE_BYTES = 16

_AGE_TAG, _AGE_BIRTH_DATE_TAG, _AGE_KEY_TAG, _AGE_SIGNATURE_TAG = 0xFF10, 0xDF11, 0xDF12, 0xDF13
_NUMBER_TAG, _NUMBER_IMAGE_TAG, _NUMBER_KEY_TAG, _NUMBER_SIGNATURE_TAG = 0xFF40, 0xDF41, 0xDF42, 0xDF43

_BY_BIRTH_DATE = frozenset({files.BIRTH_DATE_KEY_FILE})
_BY_A = frozenset({files.SURFACE_COLLATION_A_FILE})
_BY_A_OR_B = _BY_A | {files.SURFACE_COLLATION_B_FILE}


def surface_application(specimen: MyNumberSpecimen, keys: IssuedKeys) -> Application:
    """券面事項確認AP of the specimen.

    Raises:
        SpecimenError: a picture is missing.
    """
    issuer = keys.issuers[specimen.issuer].surface_ap
    card_key = keys.cards["surface"]
    held: dict[int, CardFile] = {
        files.AGE_FILE: DataFile(_age_file(specimen, card_key, issuer.signer), _BY_BIRTH_DATE),
        files.SURFACE_FILE: DataFile(surface_file(specimen, card_key, issuer.signer), _BY_A_OR_B),
        files.SURFACE_INFORMATION_FILE: DataFile(_information_file(specimen, issuer.issuer_id)),
        files.SURFACE_CERTIFICATE_FILE: DataFile(issuer.cv_certificate()),
        files.MY_NUMBER_IMAGE_FILE: DataFile(_number_file(specimen, card_key, issuer.signer), _BY_A),
        _UNKNOWN_FILE: DataFile(b"\xff" * _UNKNOWN_FILE_BYTES, _BY_A_OR_B),
        files.BIRTH_DATE_KEY_FILE: _key_file(specimen.birth_digits, "surface_birth_date"),
        files.SURFACE_COLLATION_B_FILE: _key_file(specimen.collation_b, "surface_collation_b"),
        files.SURFACE_COLLATION_A_FILE: _key_file(specimen.my_number, "surface_collation_a"),
        files.SURFACE_CARD_SIGNING_KEY_FILE: KeyFile(
            keys.other_card["surface"] if specimen.has_wrong_card_key else card_key
        ),
    }
    return Application(files.SURFACE_CHECK_AID, held, files.SURFACE_CARD_SIGNING_KEY_FILE)


def _key_file(value: str, counter: str) -> PinFile:
    return PinFile(value.encode("ascii"), GRANTED_ATTEMPTS[counter], counter)


def surface_file(specimen: MyNumberSpecimen, card_key: RsaKey, signer: RsaKey) -> bytes:
    """EF 0002: facts, pictures and their signature; expiry and security code stand outside of it.

    The signature holds three digests at once: of 生年月日, 性別 and key, of the two text pictures, of 顔写真.
    """
    signed = _signed_objects(specimen, specimen.pictures, card_key)
    digests = [hashlib.sha256(b"".join(part)).digest() for part in (signed[:3], signed[3:5], signed[5:])]
    return file_with_offsets(
        files.SURFACE_TAG,
        files.SURFACE_OFFSETS_TAG,
        [
            *_signed_objects(specimen, specimen.shown_pictures, card_key),
            _object(files.SURFACE_SIGNATURE_TAG, signer.sign_digest(b"".join(digests))),
            _object(files.EXPIRY_TAG, specimen.expires_on.encode("ascii")),
            _object(files.SECURITY_CODE_IMAGE_TAG, _glyphs(specimen, "code")),
        ],
    )


def _signed_objects(specimen: MyNumberSpecimen, pictures: Pictures, card_key: RsaKey) -> list[bytes]:
    person = specimen.issued_person
    return [
        _object(files.SURFACE_BIRTH_DATE_TAG, person.birth_date.encode("ascii")),
        _object(files.SURFACE_SEX_TAG, person.sex.encode("ascii")),
        _object(files.SURFACE_CARD_KEY_TAG, card_key.public_object()),
        _object(files.NAME_IMAGE_TAG, _glyphs(specimen, "name")),
        _object(files.ADDRESS_IMAGE_TAG, _glyphs(specimen, "address")),
        _object(files.PHOTO_TAG, _picture(specimen.id, Path(pictures.photo))),
    ]


def _age_file(specimen: MyNumberSpecimen, card_key: RsaKey, signer: RsaKey) -> bytes:
    """EF 0001: 生年月日 and the card's key, signed; 547 bytes."""
    birth_date = specimen.issued_person.birth_date.encode("ascii")
    signed = _object(_AGE_BIRTH_DATE_TAG, birth_date) + _object(_AGE_KEY_TAG, card_key.public_object())
    return _object(_AGE_TAG, signed + _object(_AGE_SIGNATURE_TAG, signer.sign(signed)))


def _number_file(specimen: MyNumberSpecimen, card_key: RsaKey, signer: RsaKey) -> bytes:
    """EF 0005: the 個人番号 as a picture and the card's key, signed."""
    signed = _object(_NUMBER_IMAGE_TAG, _glyphs(specimen, "number")) + _object(
        _NUMBER_KEY_TAG, card_key.public_object()
    )
    return _object(_NUMBER_TAG, signed + _object(_NUMBER_SIGNATURE_TAG, signer.sign(signed)))


def _information_file(specimen: MyNumberSpecimen, issuer_id: str) -> bytes:
    """EF 0003, 320 bytes; what DF35 is nobody knows, here it is filler."""
    return _object(
        0xFF30,
        _object(0xDF31, bytes.fromhex("06030E01"))
        + _object(0xDF32, key_id(issuer_id))
        + _object(0xDF33, b"\x01")
        + _object(0xDF34, specimen.municipality_code.encode("ascii"))
        + _object(0xDF35, b"\xff" * 0x110),
    )


def _object(tag: int, value: bytes) -> bytes:
    return build(tag, value, like_the_card=True)


def _glyphs(specimen: MyNumberSpecimen, name: str) -> bytes:
    return _picture(specimen.id, Path(specimen.pictures.glyphs) / f"{name}.png")


@functools.lru_cache(maxsize=256)
def _picture(specimen_id: str, name: Path) -> bytes:
    try:
        return (specimen_folder() / "pictures" / name).read_bytes()
    except OSError as error:
        raise SpecimenError(specimen_id, key=str(name), reason="picture") from error
