"""券面事項確認AP: are the printed pictures and dates what the issuer signed, and is the chip there.

DF29 有効期限 and DF2A セキュリティコード come after the signature and are not covered by it (observed:
soltia48/myna-card src/ap/surface.rs, checked there against an official test card).
"""

from kakanai.cardreader.authenticity.challenge import check_chip
from kakanai.cardreader.authenticity.cv_certificate import find_signer
from kakanai.cardreader.authenticity.issuer_key import KeyUse
from kakanai.cardreader.authenticity.issuer_table import IssuerTable
from kakanai.cardreader.authenticity.rsa_block import RsaPublicKey, is_signature_of, sha256
from kakanai.cardreader.authenticity.signed_objects import (
    SignedObject,
    exactly,
    objects_in,
    parse_card_key,
)
from kakanai.cardreader.authenticity.verdict import Check, CheckResult
from kakanai.cardreader.errors import TlvFormatError
from kakanai.cardreader.mynumber.files import (
    ADDRESS_IMAGE_TAG,
    BASIC_FOUR_TAG,
    BIRTH_DATE_TAG,
    NAME_IMAGE_TAG,
    PHOTO_TAG,
    SEX_TAG,
    SURFACE_BIRTH_DATE_TAG,
    SURFACE_CARD_KEY_TAG,
    SURFACE_OFFSETS_TAG,
    SURFACE_SEX_TAG,
    SURFACE_SIGNATURE_TAG,
    SURFACE_TAG,
)
from kakanai.cardreader.mynumber.proof import SurfaceProof

_NO_FACE = (None, None)
_SIGNED_TAGS = (
    SURFACE_OFFSETS_TAG,
    SURFACE_BIRTH_DATE_TAG,
    SURFACE_SEX_TAG,
    SURFACE_CARD_KEY_TAG,
    NAME_IMAGE_TAG,
    ADDRESS_IMAGE_TAG,
    PHOTO_TAG,
    SURFACE_SIGNATURE_TAG,
)


def check_surface(proof: SurfaceProof, basic_four: bytes, issuers: IssuerTable) -> tuple[Check, ...]:
    """Four checks; `basic_four` is EF 0002 of 券面事項入力補助AP, which must name the same person."""
    signer = find_signer("surface_certificate", proof.certificate, KeyUse.SURFACE_AP, issuers)
    objects, card_key = _parse_face(proof.surface)
    if objects is None or card_key is None:
        face = Check("surface_face", CheckResult.MISMATCH, "format")
    elif signer.key is None:
        face = Check("surface_face", CheckResult.NOT_DONE, "no-certificate")
    elif not is_signature_of(_three_digests(objects), objects[7].value, signer.key):
        face = Check("surface_face", CheckResult.MISMATCH, "signature")
    else:
        face = Check("surface_face", CheckResult.OK)
    return (
        signer.check,
        face,
        check_chip("surface_chip", card_key, proof.challenge),
        _check_agreement(objects, basic_four),
    )


def _parse_face(data: bytes) -> tuple[tuple[SignedObject, ...], RsaPublicKey] | tuple[None, None]:
    """DF21 to DF28 in this order; what follows them is not signed and not looked at."""
    try:
        objects = objects_in(data, SURFACE_TAG)[: len(_SIGNED_TAGS)]
        exactly(objects, _SIGNED_TAGS)
        return objects, parse_card_key(objects[3].value)
    except TlvFormatError:
        return _NO_FACE


def _three_digests(objects: tuple[SignedObject, ...]) -> bytes:
    """The 96 bytes the signature holds: 生年月日・性別・card key, then the two text pictures, then 顔写真."""
    _, birth_date, sex, card_key, name, address, photo, _ = (one.raw for one in objects)
    return sha256(birth_date + sex + card_key) + sha256(name + address) + sha256(photo)


def _check_agreement(objects: tuple[SignedObject, ...] | None, basic_four: bytes) -> Check:
    """生年月日 and 性別 stand in both APs; two cards' files mixed would differ (the chip check aside)."""
    name = "surface_agrees"
    if objects is None:
        return Check(name, CheckResult.NOT_DONE, "no-face")
    try:
        facts = {one.tag: one.value for one in objects_in(basic_four, BASIC_FOUR_TAG)}
    except TlvFormatError:
        return Check(name, CheckResult.NOT_DONE, "no-basic-four")
    if facts.get(BIRTH_DATE_TAG) != objects[1].value:
        return Check(name, CheckResult.MISMATCH, "birth-date")
    if facts.get(SEX_TAG) != objects[2].value:
        return Check(name, CheckResult.MISMATCH, "sex")
    return Check(name, CheckResult.OK)
