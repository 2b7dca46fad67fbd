"""Every kind of card through a real pcscd: the five answers, pictures without a PIN, faults, a diagnosis."""

import json

import pytest
from PIL import Image

from kakanai.resources import resource_root
from tests.cli.conftest import collation_b
from tests.cli.on_pcscd import inserted, run
from tests.pcscd import READER_NAME

pytestmark = pytest.mark.pcsc

READ = ["card", "read", "--json"]
OURS = {
    "official-test": ("verified", "test_ca"),
    "forged": ("mismatch", "mismatch"),
    "cloned": ("mismatch", "mismatch"),
    "test-ca": ("test_ca", "test_ca"),
    "unknown-issuer": ("no_issuer_key", "no_issuer_key"),
}
"""The verdict where the town trusts the specimens' issuer, and where nobody said so."""


@pytest.mark.parametrize("specimen", list(OURS))
def test_the_five_answers(pcscd, tmp_path, specimen):
    trusting, plain = tmp_path / "trusting", tmp_path / "plain"
    for part in ("issuers", "residence"):
        keys = trusting / "issuer_keys" / f"{part}.yaml"
        keys.parent.mkdir(parents=True, exist_ok=True)
        keys.write_bytes((resource_root() / "simulator" / part / "trusted.yaml").read_bytes())
    with inserted(pcscd, tmp_path / "card", specimen):
        for home, verdict in zip((trusting, plain), OURS[specimen], strict=True):
            status, told, _ = run(pcscd, home, *READ, "--verify", "--pin-stdin")
            assert (status, json.loads(told)["authenticity"]["verdict"]) == (0, verdict)
            key, digits = "--collation-b-stdin", collation_b(specimen).strip()
            status, told, _ = run(pcscd, home, *READ, "--verify", key, pin=digits)
            assert (status, json.loads(told)["authenticity"]["verdict"]) == (0, verdict)
            out = tmp_path / f"{home.name}-out"
            fill = ["fill", "--forms", "F05", "--pin-stdin", "--out", str(out), "--json"]
            status, told, _ = run(pcscd, home, *fill)
            if verdict == "mismatch":
                assert (status, json.loads(told)["error"]["code"], out.exists()) == (6, "I-050", False)
            else:
                assert (status, len(list(out.glob("*.pdf")))) == (0, 1)


def test_with_the_pin_locked_facts_and_pictures_by_collation_number(pcscd, tmp_path):
    photo, glyphs = tmp_path / "photo.png", tmp_path / "glyphs"
    with inserted(pcscd, tmp_path, "locked-pin"):
        status, told, _ = run(pcscd, tmp_path, *READ, "--pin-stdin")
        assert (status, json.loads(told)["error"]["code"]) == (5, "C-012")
        wanted = ["--collation-b-stdin", "--photo", str(photo), "--glyphs", str(glyphs)]
        status, told, err = run(pcscd, tmp_path, *READ, *wanted, pin=collation_b("locked-pin").strip())
        status_after, keys, _ = run(pcscd, tmp_path, "card", "pin-status", "--json")
    assert (status, status_after) == (0, 0), err
    assert json.loads(told)["name"] == "見本　太郎"
    assert {key["key"]: key["tries_left"] for key in json.loads(keys)["keys"]}["text_pin"] == 0
    for file in (photo, glyphs / "name.png", glyphs / "address.png"):
        with Image.open(file) as picture:
            picture.load()
            assert picture.format == "PNG"


@pytest.mark.parametrize(
    ("specimen", "arguments", "typed", "fact"),
    [
        ("licence-moved", ["--pin-stdin"], "1234\n5678", ("address", "兵庫県芦屋市架空町７番地２０３")),
        ("licence-no-pin", ["--pin-stdin"], "", ("name", "見本　無番")),
        ("licence-mynumber", ["--mynumber-licence", "--pin-stdin"], "4321", ("expires_on", "2029-02-15")),
        ("residence-back-address", ["--card-number-stdin"], "AB12345678CD", ("generation", 1)),
        ("residence-second-generation", ["--card-number-stdin"], "EF34567890GH", ("generation", 2)),
    ],
)
def test_other_cards(pcscd, tmp_path, specimen, arguments, typed, fact):
    photo = tmp_path / "p.png"
    with inserted(pcscd, tmp_path, specimen):
        status, told, err = run(pcscd, tmp_path, *READ, *arguments, "--photo", str(photo), pin=typed)
    told = json.loads(told)
    assert status == (0 if "error" not in told else 6), err
    key, value = fact
    assert told[key] == value
    assert photo.exists() == ("error" not in told)


@pytest.mark.parametrize(("specimen", "code"), [("juki-card", "C-021"), ("blank-card", "C-020")])
def test_cards_of_no_use(pcscd, tmp_path, specimen, code):
    with inserted(pcscd, tmp_path, specimen):
        for verb in (["card", "read", "--pin-stdin"], ["card", "pin-status"]):
            status, told, _ = run(pcscd, tmp_path, *verb, "--json")
            assert (status, json.loads(told)["error"]["code"]) == (4, code)


@pytest.mark.parametrize("faults", [["--no-sfi"], ["--short-apdu-only"], ["--first-command-6f00"]])
def test_a_card_that_refuses_the_short_ways_is_read_all_the_same(pcscd, tmp_path, faults):
    with inserted(pcscd, tmp_path, "official-test", *faults):
        arguments = ["--verify", "--collation-b-stdin", "--photo", str(tmp_path / "p.png")]
        status, told, err = run(pcscd, tmp_path, *READ, *arguments, pin="55021720352285")
    assert (status, json.loads(told).get("name")) == (0, "黒桐　幹也"), err


def test_a_diagnosis_of_a_real_reader(pcscd, tmp_path):
    with inserted(pcscd, tmp_path, "official-test"):
        bundle = tmp_path / "bundle.json"
        status, told, _ = run(pcscd, tmp_path, "card", "diagnose", "--out", str(bundle), "--json")
    assert (status, json.loads(told)["file"]) == (0, str(bundle))
    written = json.loads(bundle.read_text(encoding="utf-8"))
    (reader,) = [one for one in written["readers"] if one["name"] == READER_NAME]
    assert reader["has_card"]
    assert reader["atr"].startswith("3B")
    assert {step["sw"] for step in written["card"]["exchanges"]} >= {"9000", "63C3"}
