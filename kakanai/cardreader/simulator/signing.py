"""EMSA-PKCS1-v1_5 blocks (RFC 8017 § 9.2, given) for the virtual card's COMPUTE DIGITAL SIGNATURE."""

# DigestInfo of SHA-256 before the hash (RFC 8017 § 9.2, note 1, given).
SHA256_DIGEST_INFO = bytes.fromhex("3031300d060960864801650304020105000420")

_PADDING_BYTES_MIN = 11
_SHA256_BYTES = 32


def signature_block(data: bytes, size: int, *, is_hash: bool) -> int | None:
    """The padded block as a number, or None when the data has a length the card refuses.

    With `is_hash` (P1 02) the data is a SHA-256 hash and the card adds DigestInfo; else (P1 00) 1 to
    size - 11 bytes are padded as they are.
    """
    if is_hash:
        if len(data) != _SHA256_BYTES:
            return None
        data = SHA256_DIGEST_INFO + data
    if not 1 <= len(data) <= size - _PADDING_BYTES_MIN:
        return None
    return int.from_bytes(b"\x00\x01" + b"\xff" * (size - len(data) - 3) + b"\x00" + data)
