import base64
import datetime as dt
import json
import subprocess

import pytest
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from kakanai.cardreader.authenticity.issuer_key import KeyUse
from kakanai.cardreader.authenticity.issuer_table import IssuerTable
from kakanai.cardreader.authenticity.verdict import CheckResult
from kakanai.cardreader.residence_card.judge import judge_residence_card
from kakanai.cardreader.residence_card.session import ResidenceCardSession
from kakanai.cardreader.simulator.specimen import specimen_folder
from tests.cardreader.residence_card.authorities import der, signed_bytes
from tests.cardreader.residence_card.simulated import SPECIMENS, connected, number_of

ON = dt.date(2026, 11, 21)
FOLDER = specimen_folder() / "residence"
TRUSTED = IssuerTable.load(FOLDER / "trusted.yaml")


def card_signature(reading):
    checks = judge_residence_card(reading, TRUSTED, ON).checks
    return next(check.result for check in checks if check.name == "card_signature")


@pytest.mark.parametrize("name", [*SPECIMENS, "second-special"])
def test_openssl_comes_to_the_same_end(name, tmp_path):
    with ResidenceCardSession.open(connected(name)) as session:
        reading = session.read(number_of(name))
    (tmp_path / "card.der").write_bytes(reading.certificate.rstrip(b"\0"))
    signature = reading.signature
    if reading.generation == 2:
        signature = encode_dss_signature(int.from_bytes(signature[:48]), int.from_bytes(signature[48:]))
    (tmp_path / "signature").write_bytes(signature)
    (tmp_path / "signed").write_bytes(signed_bytes(reading))
    subprocess.run(
        ["openssl", "x509", "-inform", "DER", "-in", "card.der", "-noout", "-pubkey", "-out", "key.pem"],
        cwd=tmp_path,
        check=True,
    )
    verified = subprocess.run(
        ["openssl", "dgst", "-sha256", "-verify", "key.pem", "-signature", "signature", "signed"],
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )
    is_ours = card_signature(reading) is CheckResult.OK
    assert (verified.returncode == 0) is is_ours is (name != "forged")


@pytest.mark.parametrize("generation", [1, 2])
def test_openssl_verifies_the_shipped_chain(generation, tmp_path):
    told = json.loads((FOLDER / "keys.json").read_bytes())[f"card-{generation}"]
    (tmp_path / "card.der").write_bytes(base64.b64decode("".join(told["certificate"])))
    cas = [der(key.certificate) for key in TRUSTED.of_use(KeyUse.RESIDENCE_CARD)]
    (tmp_path / "ca.der").write_bytes(cas[generation - 1])
    run = dict(cwd=tmp_path, check=True, capture_output=True)
    for name in ("card", "ca"):
        subprocess.run(
            ["openssl", "x509", "-inform", "DER", "-in", f"{name}.der", "-out", f"{name}.pem"], **run
        )
    subprocess.run(["openssl", "verify", "-CAfile", "ca.pem", "card.pem"], **run)
