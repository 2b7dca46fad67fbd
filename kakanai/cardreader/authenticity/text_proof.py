"""券面事項入力補助AP: are 基本4情報 and 個人番号 what the issuer signed, and is the chip there.

Rules observed: soltia48/myna-card src/ap/text.rs (checked there against an official test card);
hebingchang/pymyna verifies the same way.
"""

from kakanai.cardreader.authenticity.challenge import check_chip
from kakanai.cardreader.authenticity.cv_certificate import SignerFound, find_signer
from kakanai.cardreader.authenticity.issuer_key import IssuerKey, KeyUse
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
    ADDRESS_TAG,
    BASIC_FOUR_DIGEST_TAG,
    BASIC_FOUR_TAG,
    BIRTH_DATE_TAG,
    CARD_KEY_SIGNATURE_TAG,
    CARD_KEY_TAG,
    DIGESTS_FILE,
    DIGESTS_SIGNATURE_TAG,
    DIGESTS_TAG,
    MY_NUMBER_DIGEST_TAG,
    NAME_TAG,
    OFFSETS_TAG,
    SEX_TAG,
    TEXT_CARD_KEY_FILE,
    TEXT_CARD_KEY_TAG,
)
from kakanai.cardreader.mynumber.proof import TextProof

_SIGNED_FACTS = (NAME_TAG, ADDRESS_TAG, BIRTH_DATE_TAG, SEX_TAG)


def check_text(proof: TextProof, issuers: IssuerTable) -> tuple[tuple[Check, ...], IssuerKey | None]:
    """Six checks, and the issuer's key that was used (None: not known)."""
    signer = find_signer("text_certificate", proof.certificate, KeyUse.TEXT_AP, issuers)
    digests, digests_check = _check_digests(proof, signer)
    card_key, key_check = _check_card_key(proof, signer)
    checks = (
        signer.check,
        digests_check,
        _check_basic_four(proof.basic_four, digests),
        _check_my_number(proof.my_number, digests),
        key_check,
        check_chip("text_chip", card_key, proof.challenge),
    )
    return checks, signer.issuer


def _missing(name: str, file_id: int, proof: TextProof) -> Check:
    """A genuine card has the file; what it keeps back from 照合番号B leaves mere data, never 検証済."""
    if file_id in proof.withheld:
        return Check(name, CheckResult.NO_ISSUER_KEY, "withheld")
    return Check(name, CheckResult.MISMATCH, "missing")


def _check_digests(proof: TextProof, signer: SignerFound) -> tuple[tuple[SignedObject, ...] | None, Check]:
    name, data = "text_digests", proof.digests
    if data is None:
        return None, _missing(name, DIGESTS_FILE, proof)
    try:
        objects = exactly(
            objects_in(data, DIGESTS_TAG),
            (MY_NUMBER_DIGEST_TAG, BASIC_FOUR_DIGEST_TAG, DIGESTS_SIGNATURE_TAG),
        )
    except TlvFormatError:
        return None, Check(name, CheckResult.MISMATCH, "format")
    *signed, signature = objects
    covered = b"".join(one.raw for one in signed)
    return objects, _check_signature(name, covered, signature.value, signer.key)


def _check_signature(name: str, covered: bytes, signature: bytes, key: RsaPublicKey | None) -> Check:
    if key is None:
        return Check(name, CheckResult.NOT_DONE, "no-certificate")
    if not is_signature_of(sha256(covered), signature, key):
        return Check(name, CheckResult.MISMATCH, "signature")
    return Check(name, CheckResult.OK)


def _check_basic_four(data: bytes, digests: tuple[SignedObject, ...] | None) -> Check:
    """DF32 covers the four facts as written, without the table of offsets before them."""
    name = "basic_four"
    if digests is None:
        return Check(name, CheckResult.NOT_DONE, "no-digests")
    try:
        facts = exactly(objects_in(data, BASIC_FOUR_TAG), (OFFSETS_TAG, *_SIGNED_FACTS))[1:]
    except TlvFormatError:
        return Check(name, CheckResult.MISMATCH, "format")
    if sha256(b"".join(fact.raw for fact in facts)) != digests[1].value:
        return Check(name, CheckResult.MISMATCH, "digest")
    return Check(name, CheckResult.OK)


def _check_my_number(data: bytes | None, digests: tuple[SignedObject, ...] | None) -> Check:
    """DF31 covers the whole file EF 0001, its two bytes of filler included."""
    name = "my_number"
    if data is None:
        return Check(name, CheckResult.NOT_DONE, "not-read")
    if digests is None:
        return Check(name, CheckResult.NOT_DONE, "no-digests")
    if sha256(data) != digests[0].value:
        return Check(name, CheckResult.MISMATCH, "digest")
    return Check(name, CheckResult.OK)


def _check_card_key(proof: TextProof, signer: SignerFound) -> tuple[RsaPublicKey | None, Check]:
    name, data = "text_card_key", proof.card_key
    if data is None:
        return None, _missing(name, TEXT_CARD_KEY_FILE, proof)
    try:
        key, signature = exactly(objects_in(data, TEXT_CARD_KEY_TAG), (CARD_KEY_TAG, CARD_KEY_SIGNATURE_TAG))
        card_key = parse_card_key(key.value)
    except TlvFormatError:
        return None, Check(name, CheckResult.MISMATCH, "format")
    return card_key, _check_signature(name, key.raw, signature.value, signer.key)
