"""`card read`: what each kind of card tells, as JSON and in lines, and what each wrong key costs."""

import json
import re

import pytest

from kakanai.cardreader.authenticity.verdict import CheckResult
from kakanai.cardreader.mynumber.errors import CertificatesMissingError
from kakanai.cardreader.mynumber.jpki_visit import JpkiVisit
from kakanai.cardreader.simulator.specimen import list_specimens, load_specimen
from kakanai.cardreader.simulator.specimen_types import SpecimenKind
from kakanai.cli.check_words import check_line
from kakanai.messages import CHECKS
from tests.cli.conftest import collation_b

FIVE_ANSWERS = {
    "official-test": ("verified", []),
    "forged": ("mismatch", ["basic_four"]),
    "cloned": ("mismatch", ["text_chip"]),
    "test-ca": ("test_ca", []),
    "unknown-issuer": ("no_issuer_key", []),
}


def specimens(kind):
    return [one.id for one in list_specimens() if one.kind is kind]


def mismatches(told):
    return [c["name"] for c in told["authenticity"]["checks"] if c["result"] == "mismatch"]


@pytest.mark.parametrize("specimen", list(FIVE_ANSWERS))
def test_the_five_answers(read, specimen):
    status, told, _ = read(specimen, "--verify", "--pin-stdin", stdin="1234\n")
    verdict, failed = FIVE_ANSWERS[specimen]
    assert (status, told["authenticity"]["verdict"], mismatches(told)) == (0, verdict, failed)
    assert told["authenticity"]["revocation"] == "not_checked"
    status, told, _ = read(specimen, "--verify", "--collation-b-stdin", stdin=collation_b(specimen))
    assert (status, told["authenticity"]["verdict"]) == (0, verdict)
    assert set(mismatches(told)) >= set(failed)


def test_a_photo_put_in_later_shows_only_where_the_face_is_read(read):
    told = read("forged-photo", "--verify", "--pin-stdin", stdin="1234\n")[1]
    assert told["authenticity"]["verdict"] == "verified"
    told = read("forged-photo", "--verify", "--collation-b-stdin", stdin=collation_b("forged-photo"))[1]
    assert (told["authenticity"]["verdict"], mismatches(told)) == ("mismatch", ["surface_face"])


def test_certificates_are_checked_too(read):
    def certificate(specimen):
        told = read(specimen, "--verify", "--pin-stdin", stdin="1234\n")[1]["authenticity"]
        return told["verdict"], {c["name"]: c["result"] for c in told["checks"] if c["name"][:4] == "auth"}

    well = {"auth_certificate": "ok", "auth_dates": "ok", "auth_policy": "ok", "auth_usage": "ok"}
    assert certificate("official-test") == ("verified", well)
    assert certificate("expired") == ("verified", {**well, "auth_dates": "expired"})
    assert certificate("child-without-jpki") == ("verified", {"auth_certificate": "not_done"})
    assert certificate("unknown-issuer")[1]["auth_certificate"] == "no_issuer_key"


def test_a_card_without_the_application_of_certificates_is_verified_without_them(read, monkeypatch):
    def missing(_visit):
        raise CertificatesMissingError

    monkeypatch.setattr(JpkiVisit, "read_certificates", missing)
    status, told, _ = read("official-test", "--verify", "--pin-stdin", stdin="1234\n")
    assert (status, told["authenticity"]["verdict"]) == (0, "verified")
    results = {c["name"]: c["result"] for c in told["authenticity"]["checks"]}
    assert results["auth_certificate"] == "not_done"


def test_without_verify_no_exchange_is_spent_on_it(read):
    told = read("official-test", "--pin-stdin", stdin="1234\n")[1]
    assert told == {
        "card_kind": "mynumber",
        "name": "黒桐　幹也",
        "address": "東京都清瀬市観布子南１２－７－２０２",
        "birth_date": "1980-02-17",
        "sex": 1,
        "opened_by": "text_pin",
        "tries_left": 3,
        "apdus": 4,
    }


@pytest.mark.parametrize("specimen", specimens(SpecimenKind.MY_NUMBER))
def test_every_my_number_card_by_pin(read, specimen):
    status, told, err = read(specimen, "--pin-stdin", "--my-number", "--verify", stdin="1234\n")
    card = load_specimen(specimen)
    if card.attempts["text"] == 0:
        assert (status, told["error"]["code"]) == (5, "C-012")
        assert "照合番号B" in told["error"]["next_step"]
        return
    assert (status, err) == (0, "券面事項入力補助用の暗証番号: 残り 3 回\n")
    assert (told["name"], told["address"]) == (card.person.name, card.person.address)
    assert told["my_number"] == card.my_number


@pytest.mark.parametrize("specimen", specimens(SpecimenKind.MY_NUMBER))
def test_every_my_number_card_by_collation_b(read, specimen):
    status, told, err = read(specimen, "--collation-b-stdin", "--verify", stdin=collation_b(specimen))
    card = load_specimen(specimen)
    assert (status, err) == (0, "照合番号B: 残り 10 回\n")
    assert (told["name"], told["opened_by"]) == (card.person.name, "collation_b")
    assert told["expires_on"].replace("-", "") == card.expires_on
    assert "my_number" not in told


def test_a_face_that_is_locked_is_told_and_the_rest_read(read, kakanai, home):
    read("official-test", "--collation-b-stdin", stdin="55021720352285\n")
    state = home / "simulator" / "official-test.json"
    counters = json.loads(state.read_text(encoding="utf-8")) if state.exists() else {}
    state.write_text(json.dumps({**counters, "surface_collation_b": 0}), encoding="utf-8")
    arguments = ["card", "read", "--reader", "specimen:official-test", "--collation-b-stdin", "--verify"]
    status, out, _ = kakanai(*arguments, stdin="55021720352285\n")
    assert status == 0
    assert "券面      読めません: 照合番号B（券面事項確認）がロックされています。" in out
    status, told, _ = read("official-test", *arguments[4:], stdin="55021720352285\n")
    assert (status, told["surface_error"]) == (0, "C-012")
    assert told["name"] == "黒桐　幹也"


LICENCE = ("driver_licence", "1985-02-10", "2028-03-10")


@pytest.mark.parametrize("pins", ["1234\n", "1234\n5678\n"])
@pytest.mark.parametrize("specimen", specimens(SpecimenKind.DRIVER_LICENCE))
def test_every_licence(read, specimen, pins):
    status, told, err = read(specimen, "--pin-stdin", "--verify", stdin=pins)
    if specimen == "licence-locked":
        assert (status, told["error"]["code"]) == (5, "C-012")
        assert "警察署" in told["error"]["next_step"]
        return
    assert (status, told["card_kind"]) == (0, "driver_licence")
    assert ("暗証番号1: 残り 3 回" in err) == (specimen != "licence-no-pin")
    assert told["signature"] == "cannot_be_verified_here"
    assert told["authenticity"]["verdict"] == "no_issuer_key"
    if specimen == "licence-moved":
        assert (told["name"], told["address"]) == ("見本　花", "兵庫県芦屋市架空町７番地２０３")
        assert told["address_changed"]
        assert [c["kind"] for c in told["changes"]] == ["committee", "name", "address", "address"]
    else:
        assert told["name"] == load_specimen(specimen).content["name"]
    assert told["gaiji"] == ([1] if specimen == "licence-gaiji" else [])
    assert "本籍" not in json.dumps(told, ensure_ascii=False)


@pytest.mark.parametrize(
    ("stdin", "key", "left"), [("9999\n5678\n", "licence_pin1", 2), ("1234\n9999\n", "licence_pin2", 2)]
)
def test_a_wrong_pin_of_a_licence_costs_one_try_of_it_alone(read, tries, stdin, key, left):
    status, told, _ = read("licence-plain", "--pin-stdin", stdin=stdin)
    assert (status, told["error"]["code"]) == (5, "C-011")
    assert f"あと {left} 回" in told["error"]["message"]
    assert tries("licence-plain") == {"licence_pin1": 3, "licence_pin2": 3, key: left}


@pytest.mark.parametrize("specimen", specimens(SpecimenKind.RESIDENCE_CARD))
def test_every_residence_card(read, specimen):
    number = load_specimen(specimen).content["number"]
    status, told, _ = read(specimen, "--card-number-stdin", "--verify", stdin=f"{number}\n")
    assert (status, told["name"], told["name_is_picture"]) == (0, "", True)
    assert told["authenticity"]["verdict"] == ("mismatch" if specimen == "residence-forged" else "verified")
    assert bool(told["address"]) == (specimen == "residence-back-address")
    second = specimen == "residence-second-generation"
    assert told["expires_on"] == ("2029-09-30" if second else None)
    assert number not in json.dumps(told)
    for wrong, code in ((f"AA{number[2:]}", "C-070"), (number.lower(), "C-071"), ("12345678901234", "C-071")):
        status, told, _ = read(specimen, "--card-number-stdin", stdin=f"{wrong}\n")
        assert (status, told["error"]["code"]) == (5, code)


def test_a_licence_on_a_my_number_card(read, tries):
    licence = ["--mynumber-licence", "--pin-stdin"]
    status, told, err = read("licence-mynumber", *licence, "--verify", stdin="4321\n")
    assert (status, err) == (0, "マイナ免許証の暗証番号: 残り 10 回\n")
    assert (told["licence_number"], told["expires_on"]) == ("010912345675", "2029-02-15")
    assert told["categories"] == ["普通", "原付", "準中型"]
    assert told["authenticity"]["verdict"] == "no_issuer_key"
    assert not {"name", "address", "birth_date"} & set(told)
    status, told, _ = read("licence-mynumber", *licence, stdin="1234\n")
    assert (status, told["error"]["code"]) == (5, "C-011")
    assert "マイナ免許証の暗証番号" in told["error"]["message"]
    left = tries("licence-mynumber")
    assert (left["mynumber_licence_pin"], left["text_pin"]) == (9, 3)
    for other in ("official-test", "licence-plain", "residence-forged", "blank-card"):
        status, told, _ = read(other, *licence, stdin="4321\n")
        assert (status, told["error"]["code"]) == (4, "C-061")


@pytest.mark.parametrize(("specimen", "code"), [("juki-card", "C-021"), ("blank-card", "C-020")])
@pytest.mark.parametrize("key", [["--pin-stdin"], ["--collation-b-stdin"], ["--card-number-stdin"], []])
def test_a_card_of_no_use_is_told_before_a_key_is_asked_for(read, specimen, code, key):
    status, told, _ = read(specimen, *key)
    assert (status, told["error"]["code"]) == (4, code)


@pytest.mark.parametrize(
    ("specimen", "arguments"),
    [
        ("licence-plain", ["--collation-b-stdin"]),
        ("licence-plain", ["--card-number-stdin"]),
        ("licence-plain", ["--pin-stdin", "--my-number"]),
        ("licence-plain", ["--glyphs", "g"]),
        ("residence-forged", ["--pin-stdin"]),
        ("residence-forged", ["--collation-b-stdin"]),
        ("residence-forged", ["--my-number"]),
        ("official-test", ["--card-number-stdin"]),
    ],
)
def test_a_key_of_another_kind_of_card_is_not_asked_for(read, monkeypatch, tmp_path, specimen, arguments):
    monkeypatch.chdir(tmp_path)
    status, told, _ = read(specimen, *arguments)  # an empty standard input would be U-011
    assert (status, told["error"]["code"]) == (4, "C-022")


def test_a_wrong_collation_number_costs_one_try_of_one_application(read, tries):
    for left in (9, 8):
        status, told, _ = read("official-test", "--collation-b-stdin", "--verify", stdin="55021720352286\n")
        assert (status, told["error"]["code"]) == (5, "C-011")
        assert f"あと {left} 回" in told["error"]["message"]
    for impossible in ("55023020352285", "55021719992285", "5502172035228", "５５０２１７２０３５２２８５"):
        status, told, _ = read("official-test", "--collation-b-stdin", stdin=f"{impossible}\n")
        assert (status, told["error"]["code"]) == (5, "C-040")
    left = tries("official-test")
    assert (left["collation_b"], left["surface_collation_b"], left["text_pin"]) == (8, 10, 3)


def test_a_card_taken_away_at_any_moment(read, tries, faulty, tmp_path):
    photo = tmp_path / "photo.png"
    arguments = ["--collation-b-stdin", "--verify", "--photo", photo]
    well = read("official-test", *arguments, stdin="55021720352285\n")[1]
    whole = well.pop("apdus")
    photo.unlink()
    for fault in ("remove_after_exchanges", "remove_inside", "lose_response_of"):
        for number in range(1, whole):
            faulty(**{fault: number})
            status, told, _ = read("official-test", *arguments, stdin="55021720352285\n")
            if fault == "lose_response_of" and status == 0:  # a READ may be sent again
                assert (told.pop("apdus") > whole, told) == (True, well)
                photo.unlink()
                continue
            assert (status, told["error"]["code"]) in {(4, "C-010"), (4, "C-009"), (5, "C-013")}
            assert set(told) == {"error"}
            assert not photo.exists()
    faulty()
    assert set(tries("official-test").values()) == {3, 5, 10, None}


@pytest.mark.parametrize("specimen", ["official-test", "expired", "child-without-jpki"])
def test_a_clerk_reads_words(kakanai, specimen):
    arguments = ["card", "read", "--reader", f"specimen:{specimen}", "--collation-b-stdin", "--verify"]
    status, out, _ = kakanai(*arguments, stdin=collation_b(specimen))
    assert status == 0
    assert "真正性    検証済（失効は確認していません）" in out
    assert not re.search(r"[a-z]{3}", out), out
    assert ("利用者証明用電子証明書の有効期間: 期限が過ぎています" in out) == (specimen == "expired")


def test_every_check_has_words(read):
    names = set()
    for specimen, key, stdin in (
        ("official-test", "--collation-b-stdin", "55021720352285\n"),
        ("official-test", "--pin-stdin", "1234\n"),
        ("licence-plain", "--pin-stdin", "1234\n"),
        ("residence-second-generation", "--card-number-stdin", "EF34567890GH\n"),
    ):
        told = read(specimen, key, "--verify", stdin=stdin)[1]
        names |= {check["name"] for check in told["authenticity"]["checks"]}
    assert len(names) >= 17
    assert names <= set(CHECKS)
    for result in CheckResult:
        assert re.search(
            "[ぁ-ん一-龠]", check_line(type("C", (), {"name": "x", "result": result, "reason": ""}))
        )
