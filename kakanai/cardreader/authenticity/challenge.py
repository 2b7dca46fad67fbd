"""Whether the chip itself answers: a copied set of files has the card's public key but not the private one.

`80 2A 00 00` signs SHA-256 of a fresh challenge with the card key of the selected AP (observed:
soltia48/myna-card, src/ap/text.rs and surface.rs).
"""

from typing import Final

from kakanai.cardreader.authenticity.rsa_block import RsaPublicKey, is_signature_of, sha256
from kakanai.cardreader.authenticity.verdict import Check, CheckResult
from kakanai.cardreader.mynumber.proof import Challenge

_CHALLENGE_BYTES_MIN: Final = 16
"""Shorter ones could have been asked and recorded beforehand."""


def check_chip(name: str, card_key: RsaPublicKey | None, challenge: Challenge) -> Check:
    """Whether the answer is the signature of this challenge by the card's key; no answer is a mismatch."""
    if challenge.signature is None:
        return Check(name, CheckResult.MISMATCH, "no-answer")
    if card_key is None:
        return Check(name, CheckResult.MISMATCH, "no-card-key")
    if len(challenge.challenge) < _CHALLENGE_BYTES_MIN:
        return Check(name, CheckResult.MISMATCH, "short-challenge")
    if not is_signature_of(sha256(challenge.challenge), challenge.signature, card_key):
        return Check(name, CheckResult.MISMATCH, "signature")
    return Check(name, CheckResult.OK)
