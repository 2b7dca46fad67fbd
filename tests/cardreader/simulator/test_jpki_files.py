import hashlib

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding

from kakanai.cardreader.errors import SpecimenError
from kakanai.cardreader.simulator.jpki_files import load_jpki_set
from kakanai.cardreader.simulator.signing import SHA256_DIGEST_INFO
from kakanai.cardreader.simulator.specimen import specimen_folder
from tests.cardreader.simulator.test_virtual_card import JPKI, bench

VERIFY = {"auth": "002000980431323334", "sign": "0020009B06414243313233"}
KEY = {"auth": "97", "sign": "9A"}


@pytest.fixture(scope="module")
def certificates():
    jpki = load_jpki_set(specimen_folder() / "jpki")
    return {name: x509.load_der_x509_certificate(der) for name, der in jpki.certificates.items()}


@pytest.mark.parametrize("kind", ["auth", "sign"])
@pytest.mark.parametrize("p1", ["00", "02"])
def test_the_card_signs_what_its_certificate_verifies(kind, p1, certificates):
    digest = hashlib.sha256("見本".encode()).digest()
    data = digest if p1 == "02" else SHA256_DIGEST_INFO + digest
    card = bench()
    card.sw(JPKI, VERIFY[kind])
    answer = bytes.fromhex(card(f"802A{p1}{KEY[kind]}{len(data):02X}{data.hex()}00"))
    assert answer[-2:] == b"\x90\x00"
    certificates[kind].public_key().verify(answer[:-2], "見本".encode(), padding.PKCS1v15(), hashes.SHA256())


@pytest.mark.parametrize("kind", ["auth", "sign"])
def test_certificates_follow_the_profile(kind, certificates):
    holder, ca = certificates[kind], certificates[f"{kind}_ca"]
    holder.verify_directly_issued_by(ca)
    ca.verify_directly_issued_by(ca)
    assert "O=JPKI-TEST" in holder.issuer.rfc4514_string()
    usage = holder.extensions.get_extension_for_class(x509.KeyUsage)
    assert usage.critical
    assert usage.value.digital_signature
    assert usage.value.content_commitment is (kind == "sign")


def test_a_broken_set_is_our_error(tmp_path):
    with pytest.raises(SpecimenError):
        load_jpki_set(tmp_path)
    (tmp_path / "certificates.json").write_text('{"auth": ["??"]}')
    (tmp_path / "keys.json").write_text("{}")
    with pytest.raises(SpecimenError):
        load_jpki_set(tmp_path)
