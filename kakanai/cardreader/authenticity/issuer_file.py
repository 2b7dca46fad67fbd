"""Issuers' keys as a file writes them 発行者鍵ファイル (YAML); every mistake is told with its line."""

import base64
import binascii
import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import rsa

from kakanai.cardreader.authenticity.issuer_key import (
    KEY_ID_BYTES,
    Grade,
    IssuerKey,
    KeyUse,
    Provenance,
    Standing,
    parse_key_id,
)
from kakanai.cardreader.authenticity.rsa_block import RsaPublicKey, is_plausible
from kakanai.datafile import Node, load_data_file

_CV_USES: Final = frozenset({KeyUse.TEXT_AP, KeyUse.SURFACE_AP})
_JPKI_USES: Final = frozenset({KeyUse.JPKI_SIGN, KeyUse.JPKI_AUTH})
_RSA_BITS: Final = (2048, 3072, 4096)
_PEM_MARK: Final = "-----BEGIN CERTIFICATE-----"
_BROKEN: Final = (
    ValueError,
    TypeError,
    UnsupportedAlgorithm,
    InvalidSignature,
    x509.InvalidVersion,
    x509.DuplicateExtension,
)


def load_issuer_file(path: Path) -> tuple[IssuerKey, ...]:
    """The keys in the file, in its order.

    Raises:
        DataFileError: with the line of the first mistake; also for one use and id twice.
    """
    root = load_data_file(path).mapping(required={"keys"}, optional={"note"})
    found: dict[tuple[KeyUse, bytes], IssuerKey] = {}
    for node in root["keys"].items():
        key = _issuer_key(node)
        if (key.use, key.key_id) in found:
            node.fail("同じ用途と id の鍵が2つあります")
        found[key.use, key.key_id] = key
    return tuple(found.values())


def _issuer_key(node: Node) -> IssuerKey:
    entries = node.mapping(
        required={"id", "use", "standing", "label", "provenance"},
        optional={"modulus", "exponent", "certificate"},
    )
    use = KeyUse(entries["use"].one_of([use.value for use in KeyUse]))
    key_id = _key_id(entries["id"], use)
    certificate = None
    if "certificate" in entries:
        if "modulus" in entries or "exponent" in entries:
            node.fail("certificate と modulus・exponent は、どちらか一方だけを書いてください")
        certificate = _certificate(entries["certificate"], use, key_id)
        key = _rsa_of(certificate)
    else:
        key = _rsa(node, entries, use)
    return IssuerKey(
        use=use,
        key_id=key_id,
        standing=Standing(entries["standing"].one_of([one.value for one in Standing])),
        label=_filled(entries["label"]),
        provenance=_provenance(entries["provenance"]),
        rsa=key,
        certificate=certificate,
    )


def _key_id(node: Node, use: KeyUse) -> bytes:
    key_id = parse_key_id(node.text())
    if key_id is None:
        node.fail("id は「5000033/001」の形か、16進数の並びで書いてください")
    if use in _CV_USES and len(key_id) != KEY_ID_BYTES:
        node.fail(f"この用途の id は {KEY_ID_BYTES} バイトです: {len(key_id)} バイト")
    return key_id


def _rsa(node: Node, entries: Mapping[str, Node], use: KeyUse) -> RsaPublicKey:
    if use in _JPKI_USES:
        node.fail("この用途の鍵は certificate(CA の証明書)で書いてください")
    if "modulus" not in entries or "exponent" not in entries:
        node.fail("certificate か、modulus と exponent の両方が必要です")
    modulus, exponent = (_hexadecimal(entries[name]) for name in ("modulus", "exponent"))
    key = RsaPublicKey(modulus, exponent)
    lengths = _RSA_BITS[:1] if use in _CV_USES else _RSA_BITS
    if not any(is_plausible(key, bits) for bits in lengths):
        told = "・".join(str(bits) for bits in lengths)
        entries["modulus"].fail(f"RSA の公開鍵({told} ビット)になりません")
    return key


def _hexadecimal(node: Node) -> int:
    try:
        return int.from_bytes(bytes.fromhex(node.text()))
    except ValueError:
        node.fail("16進数で書いてください")


def _certificate(node: Node, use: KeyUse, key_id: bytes) -> x509.Certificate:
    try:
        certificate = _decode(node.text())
        identifier = subject_key_id(certificate)
        if use in _JPKI_USES:
            # Each CA of 公的個人認証サービス is a root that signed itself (observed: all six published ones).
            certificate.verify_directly_issued_by(certificate)
    except _BROKEN:
        node.fail("証明書(DER の Base64 か PEM)として読めないか、自己署名が合いません")
    if identifier != key_id:
        node.fail(f"id が証明書の鍵と違います。証明書の鍵: {identifier.hex()}")
    return certificate


def _decode(text: str) -> x509.Certificate:
    if _PEM_MARK in text:
        return x509.load_pem_x509_certificate(text.encode("ascii"))
    try:
        return x509.load_der_x509_certificate(base64.b64decode("".join(text.split()), validate=True))
    except binascii.Error as error:
        raise ValueError("base64") from error


def subject_key_id(certificate: x509.Certificate) -> bytes:
    """The subject key identifier the certificate states, or else that of its key (RFC 5280 § 4.2.1.2).

    Raises:
        ValueError: broken extensions, or a key of an unknown kind.
    """
    try:
        return certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value.digest
    except x509.ExtensionNotFound:
        return x509.SubjectKeyIdentifier.from_public_key(certificate.public_key()).digest


def _rsa_of(certificate: x509.Certificate) -> RsaPublicKey | None:
    key = certificate.public_key()
    if not isinstance(key, rsa.RSAPublicKey):
        return None
    numbers = key.public_numbers()
    return RsaPublicKey(numbers.n, numbers.e)


def _provenance(node: Node) -> Provenance:
    entries = node.mapping(required={"source", "grade", "retrieved"}, optional=set())
    retrieved = entries["retrieved"]
    try:
        day = dt.date.fromisoformat(retrieved.text())
    except ValueError:
        retrieved.fail("日付を 2026-11-21 の形で書いてください")
    grade = Grade(entries["grade"].one_of([one.value for one in Grade]))
    return Provenance(_filled(entries["source"]), grade, day)


def _filled(node: Node) -> str:
    text = node.text().strip()
    if not text:
        node.fail("空にはできません")
    return text
