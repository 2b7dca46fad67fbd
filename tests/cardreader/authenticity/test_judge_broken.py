"""Flipped bits and nonsense: never 検証済, and never an exception."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kakanai.cardreader.authenticity.judge import judge
from kakanai.cardreader.authenticity.verdict import Verdict
from kakanai.cardreader.mynumber.proof import CardProof, CertificateProof, Challenge, SurfaceProof, TextProof
from tests.cardreader.authenticity import made_card as made

# Where one bit may change nothing: the offset tables, and what follows the face's signature.
UNSIGNED = {"basic_four": range(6, 14), "surface": range(8, 26)}


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_one_flipped_bit_anywhere_in_the_signed_files_is_a_mismatch(data):
    name = data.draw(
        st.sampled_from(["basic_four", "my_number", "digests", "certificate", "card_key", "surface"])
    )
    text, surface = made.text_proof(), made.surface_proof()
    whole = bytearray(surface.surface if name == "surface" else getattr(text, name))
    end = whole.index(bytes.fromhex("df29")) if name == "surface" else len(whole)
    place = data.draw(st.integers(0, end - 1).filter(lambda at: at not in UNSIGNED.get(name, ())))
    whole[place] ^= 1 << data.draw(st.integers(0, 7))
    if name == "surface":
        surface = made.surface_proof(surface=bytes(whole))
    else:
        text = made.text_proof(**{name: bytes(whole)})
    told = judge(CardProof(text, surface), made.issuers(), made.TODAY)
    # A flipped issuer id is another issuer, whom nobody knows; the length byte of a file may hide its end.
    assert told.verdict is not Verdict.VERIFIED
    if not (name == "certificate" and 8 <= place < 26):
        assert told.verdict is Verdict.MISMATCH


RAW = st.binary(max_size=700)
PIECES = st.one_of(
    RAW,
    st.sampled_from(["ff20", "ff30", "ff50", "7f21"]).flatmap(
        lambda tag: st.binary(max_size=400).map(lambda value: made.tlv(tag, value))
    ),
)
MAYBE = st.none() | PIECES
CHALLENGES = st.builds(Challenge, st.binary(max_size=40), st.none() | st.binary(max_size=300))


@pytest.mark.filterwarnings("ignore::cryptography.utils.CryptographyDeprecationWarning")
@settings(max_examples=200, deadline=None)
@given(
    st.builds(
        CardProof,
        st.builds(TextProof, PIECES, MAYBE, MAYBE, MAYBE, MAYBE, CHALLENGES),
        st.none() | st.builds(SurfaceProof, PIECES, MAYBE, CHALLENGES),
        st.none() | st.builds(CertificateProof, MAYBE, MAYBE, MAYBE, MAYBE),
    )
)
def test_nonsense_is_a_mismatch_and_never_an_exception(proof):
    assert judge(proof, made.issuers(), made.TODAY).verdict is Verdict.MISMATCH
