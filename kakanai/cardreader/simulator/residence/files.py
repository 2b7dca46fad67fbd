"""The files of a virtual 在留カード, byte for byte, with the sizes and access rules of the specifications."""

import dataclasses
from collections.abc import Mapping
from pathlib import Path

from kakanai.cardreader.errors import SpecimenError
from kakanai.cardreader.residence_card import files
from kakanai.cardreader.residence_card.files import ElementaryFile
from kakanai.cardreader.simulator.residence.content import ResidenceContent
from kakanai.cardreader.simulator.residence.signer import signer_of
from kakanai.cardreader.simulator.specimen import specimen_folder
from kakanai.cardreader.tlv import build

_ENTRY_TAGS = {
    "expires_on": files.EXPIRES_ON_TAG,
    "birth_date": files.BIRTH_DATE_TAG,
    "sex": files.SEX_TAG,
    "nationality_code": files.NATIONALITY_TAG,
    "status_code": files.STATUS_TAG,
    "period": files.PERIOD_TAG,
    "permission_code": files.PERMISSION_TAG,
    "permitted_on": files.PERMITTED_ON_TAG,
    "work_restriction_code": files.WORK_RESTRICTION_TAG,
    "stay_until": files.STAY_UNTIL_TAG,
}
_VERSION = "0001"
_ADDRESS_BYTES = 320
_PERMIT_BYTES = 120
_NOTE_BYTES = 200
_CERTIFICATE_1_BYTES = 1200
_ADDRESS_IMAGE_BYTES = 2500


@dataclasses.dataclass(frozen=True, repr=False)
class StoredFile:
    """A file and who may read it: everyone (`is_free`), else only after the number, perhaps enciphered."""

    content: bytes
    is_free: bool = False
    is_enciphered: bool = False


Folder = Mapping[int, StoredFile]
"""Files by short id."""


def stored_files(content: ResidenceContent) -> dict[bytes, Folder]:
    """All files by the id of their DF; the empty id is the master file.

    Raises:
        SpecimenError: a picture is missing or too large, or the shared keys are broken.
    """
    folders = _first_generation(content) if content.generation == 1 else _second_generation(content)
    folders[b""] = {
        files.VERSION_FILE: StoredFile(_text(files.VERSION_TAG, _VERSION), is_free=True),
        files.TYPE_FILE: StoredFile(build(files.TYPE_TAG, _type(content)), is_free=True),
    }
    return folders


def _type(content: ResidenceContent) -> bytes:
    wanted = (content.generation, content.is_special_permanent)
    return next(
        code
        for code, kind in files.CARD_TYPES.items()
        if (kind.generation, kind.is_special_permanent) == wanted
    )


def _first_generation(content: ResidenceContent) -> dict[bytes, Folder]:
    face = _picture(content, content.card_face, files.SIGNED_CARD_FACE_BYTES)
    photo = _picture(content, content.photo, files.SIGNED_PHOTO_BYTES)
    signed = _picture(content, content.signed_photo, files.SIGNED_PHOTO_BYTES)
    target = _filled(face, files.SIGNED_CARD_FACE_BYTES) + _filled(signed, files.SIGNED_PHOTO_BYTES)
    signer = signer_of(content.generation)
    back = {files.ADDRESS_FILE: _stored(_back(content.address), 342)}
    if not content.is_special_permanent:
        back |= {
            files.COMPREHENSIVE_PERMIT_FILE: _stored(
                _text(files.COMPREHENSIVE_PERMIT_TAG, content.comprehensive_permit, _PERMIT_BYTES), 122
            ),
            files.INDIVIDUAL_PERMIT_FILE: _stored(
                _text(files.INDIVIDUAL_PERMIT_TAG, content.individual_permit, _PERMIT_BYTES), 122
            ),
            files.RENEWAL_FILE: _stored(_text(files.RENEWAL_TAG, content.renewal or "0"), 3),
        }
    signature = build(files.SIGNATURE_1_TAG, signer.sign(target), like_the_card=True) + build(
        files.CERTIFICATE_1_TAG, _filled(signer.certificate, _CERTIFICATE_1_BYTES), like_the_card=True
    )
    # Pictures take their own length here and filler follows the object; in the 2nd generation it is inside.
    return {
        files.DF1_AID: _folder(
            {
                files.CARD_FACE_FILE: _enciphered(build(files.CARD_FACE_TAG, face), 7004),
                files.PHOTO_FILE: _enciphered(build(files.PHOTO_TAG, photo), 3004),
            }
        ),
        files.DF2_AID: _folder(back),
        files.DF3_AID: _folder({files.SIGNATURE_FILE: _stored(signature, 1464)}),
    }


def _back(address: dict[str, str]) -> bytes:
    return (
        _text(files.ADDRESS_CHANGED_ON_TAG, address.get("changed_on", ""), 8)
        + _text(files.MUNICIPALITY_CODE_TAG, address.get("municipality_code", ""), 6)
        + _text(files.ADDRESS_TAG, address.get("text", ""), _ADDRESS_BYTES)
    )


def _second_generation(content: ResidenceContent) -> dict[bytes, Folder]:
    name = _filled_picture(content, content.name_image, files.SIGNED_NAME_IMAGE_BYTES)
    photo = _filled_picture(content, content.photo, files.SIGNED_PHOTO_BYTES)
    address = _filled_picture(content, content.address_image, _ADDRESS_IMAGE_BYTES)
    signed_photo = _filled_picture(content, content.signed_photo, files.SIGNED_PHOTO_BYTES)
    entries = b"".join(_text(_ENTRY_TAGS[key], value) for key, value in content.entries.items())
    values = "".join(content.entries.values()).encode("ascii")
    signer = signer_of(content.generation)
    target = _filled(values, files.SIGNED_ENTRIES_BYTES) + signed_photo + name
    signature = build(files.SIGNATURE_2_TAG, signer.sign(target)) + build(
        files.CERTIFICATE_2_TAG, signer.certificate
    )
    name_and_photo = build(files.NAME_IMAGE_TAG, name) + build(files.PHOTO_TAG, photo)
    address_object = build(files.ADDRESS_IMAGE_TAG, address)
    entries_bytes = 46 if content.is_special_permanent else 73
    return {
        files.DF1_AID: _folder(
            {
                files.NUMBER_FILE: _enciphered(_text(files.NUMBER_TAG, content.number), 14),
                files.ENTRIES_FILE: _enciphered(entries, entries_bytes),
                files.NAME_AND_PHOTO_FILE: _enciphered(name_and_photo, 5508),
                files.ADDRESS_IMAGE_FILE: _enciphered(address_object, 2505),
            }
        ),
        files.DF2_AID: _folder(_others(content)),
        files.DF3_AID: _folder({files.SIGNATURE_FILE: _stored(signature, 704)}),
    }


def _others(content: ResidenceContent) -> dict[ElementaryFile, StoredFile]:
    note = _text(files.NOTE_FLAG_TAG, "1" if content.note else "0") + _text(
        files.NOTE_TAG, content.note, _NOTE_BYTES
    )
    if content.is_special_permanent:
        return {files.SPECIAL_OTHER_FILE: _stored(note, 207)}
    permits = (
        _text(files.COMPREHENSIVE_PERMIT_TAG, content.permits.get("comprehensive", "0"))
        + _text(files.COMPREHENSIVE_PERMIT_UNTIL_TAG, content.permits.get("comprehensive_until", ""), 8)
        + _text(files.INDIVIDUAL_PERMIT_2_TAG, content.permits.get("individual", "0"))
    )
    return {
        files.PERMITS_FILE: _stored(permits, 22),
        files.RENEWAL_2_FILE: _stored(_text(files.RENEWAL_2_TAG, content.renewal or "0"), 3),
        files.OTHER_FILE: _stored(note, 207),
    }


def _folder(held: dict[ElementaryFile, StoredFile]) -> Folder:
    return {file.short_id: stored for file, stored in held.items()}


def _stored(data: bytes, size: int) -> StoredFile:
    return StoredFile(_filled(data, size))


def _enciphered(data: bytes, size: int) -> StoredFile:
    return StoredFile(_filled(data, size), is_enciphered=True)


def _text(tag: int, text: str, size: int = 0) -> bytes:
    return build(tag, _filled(text.encode("utf-8"), size), like_the_card=True)


def _filled(data: bytes, size: int) -> bytes:
    return data.ljust(size, b"\x00")


def _filled_picture(content: ResidenceContent, name: str, size: int) -> bytes:
    return _filled(_picture(content, name, size), size)


def _picture(content: ResidenceContent, name: str, at_most: int) -> bytes:
    """The picture file, empty for no name."""
    if not name:
        return b""
    path: Path = specimen_folder() / "residence" / name
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SpecimenError(content.specimen_id, key=name, reason="picture") from error
    if len(data) > at_most:
        raise SpecimenError(content.specimen_id, key=name, reason="picture-too-large")
    return data
