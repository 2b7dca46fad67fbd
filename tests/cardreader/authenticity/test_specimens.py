"""The specimens 見本カード, read over the simulated reader without a PIN: each gets the word it deserves."""

import pytest

from kakanai.cardreader.authenticity.issuer_table import IssuerTable
from kakanai.cardreader.authenticity.judge import judge
from kakanai.cardreader.authenticity.verdict import CheckResult
from kakanai.cardreader.mynumber.collation import CollationNumberB
from kakanai.cardreader.mynumber.session import MyNumberCardSession
from kakanai.cardreader.pictures import PictureFormat, look_at
from kakanai.cardreader.simulator.specimen import load_specimen
from kakanai.cardreader.simulator.virtual_reader import SimulatedReaderSource
from kakanai.resources import resource_root
from tests.cardreader.authenticity.made_card import TODAY

SHIPPED = resource_root() / "issuer_keys"
SIMULATED = resource_root() / "simulator" / "issuers" / "trusted.yaml"


def read(specimen):
    source = SimulatedReaderSource()
    source.insert(specimen)
    number = CollationNumberB(load_specimen(specimen).collation_b)
    with MyNumberCardSession.open(source.connect()) as session:
        return session.read_by_collation_b(number, verify=True, today=TODAY)


@pytest.mark.parametrize(
    ("specimen", "simulated", "real", "wrong"),
    [
        ("official-test", "検証済", "試験用CA", set()),
        ("test-ca", "試験用CA", "試験用CA", set()),
        ("unknown-issuer", "発行者鍵なし(データのみ)", "発行者鍵なし(データのみ)", set()),
        ("forged", "不一致", "不一致", {"basic_four"}),
        ("forged-photo", "不一致", "不一致", {"surface_face"}),
        ("cloned", "不一致", "不一致", {"text_chip", "surface_chip"}),
    ],
)
def test_the_word_for_each_specimen(specimen, simulated, real, wrong):
    proof = read(specimen).proof
    told = judge(proof, IssuerTable.load(SHIPPED, SIMULATED), TODAY)
    assert told.verdict.label == simulated
    assert {check.name for check in told.checks if check.result is CheckResult.MISMATCH} == wrong
    # At a real counter the specimens' issuers are no issuers.
    assert judge(proof, IssuerTable.load(SHIPPED), TODAY).verdict.label == real


def test_the_pictures_of_a_specimen_can_be_shown():
    surface = read("official-test").surface
    assert look_at(surface.photo, allowed={PictureFormat.JPEG2000}).height == 240
    for image in (surface.name_image, surface.address_image, surface.security_code_image):
        assert look_at(image, allowed={PictureFormat.PNG}).height in (12, 24)
