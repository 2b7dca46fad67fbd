"""`fill` from each kind of card: what is used, what is refused, and that a refused card leaves no paper."""

import json
import re
import subprocess

import pytest

from kakanai.forms.clusters import clusters
from kakanai.forms.fonts import FontShelf
from tests.cli.conftest import code_of, collation_b

TSUJI = "辻\U000e0102"


@pytest.fixture
def fill(kakanai, tmp_path):
    """Fill forms from a specimen; gives exit code, JSON, standard error and the texts of the forms."""

    def call(specimen, *arguments, stdin, forms="F05"):
        out = tmp_path / "out"
        where = ["--reader", f"specimen:{specimen}", "--out", out, "--json"]
        status, told, err = kakanai("fill", "--forms", forms, *where, *arguments, stdin=stdin)
        texts = {}
        for path in out.glob("*.pdf") if out.exists() else ():
            text = subprocess.run(["pdftotext", path, "-"], capture_output=True, encoding="utf-8", check=True)
            texts[re.search(r"F\d\d", path.name)[0]] = re.sub(r"\s", "", text.stdout)
        return status, told, err, texts

    return call


def entries(kakanai):
    return json.loads(kakanai("log", "day", "--json")[1])["entries"]


@pytest.mark.parametrize("specimen", ["forged", "cloned"])
@pytest.mark.parametrize("key", ["--pin-stdin", "--collation-b-stdin"])
def test_a_card_that_does_not_fit_makes_no_paper(fill, kakanai, specimen, key):
    stdin = "1234\n" if key == "--pin-stdin" else collation_b(specimen)
    status, told, err, texts = fill(specimen, key, stdin=stdin, forms="F05,F09")
    assert (status, code_of(told), texts) == (6, "I-050", {})
    assert "[I-050]" in err
    assert not re.search(r"（[a-z_]+）", json.loads(told)["error"]["message"])
    (entry,) = entries(kakanai)
    assert (entry["outcome"], entry["codes"]) == ("cancelled", ["I-050"])


def test_a_town_that_does_not_verify_is_told_nothing_of_it(fill, home):
    home.mkdir(exist_ok=True)
    (home / "town.toml").write_text("[counter]\nverify_cards = false\n", encoding="utf-8")
    status, _, err, texts = fill("cloned", "--pin-stdin", stdin="1234\n")
    assert (status, list(texts), "真正性" in err) == (0, ["F05"], False)


@pytest.mark.parametrize(
    ("specimen", "label", "code"),
    [
        ("official-test", "検証済", "V-001"),
        ("test-ca", "試験用CA", "V-002"),
        ("unknown-issuer", "発行者鍵なし(データのみ)", "V-003"),
    ],
)
def test_the_verdict_is_told_and_logged(fill, kakanai, specimen, label, code):
    status, _, err, texts = fill(specimen, "--pin-stdin", stdin="1234\n")
    assert (status, list(texts)) == (0, ["F05"])
    assert f"真正性: {label}（失効は確認していません）" in err
    assert code in entries(kakanai)[0]["codes"]


def test_by_collation_number_the_box_of_my_number_stays_empty(fill, kakanai):
    status, _, err, texts = fill(
        "locked-pin", "--collation-b-stdin", stdin=collation_b("locked-pin"), forms="F05,F09"
    )
    assert (status, set(texts)) == (0, {"F05", "F09"})
    assert "個人番号の欄は空けます" in err
    assert all("見本太郎" in text and "100000000110" not in text for text in texts.values())
    (entry,) = entries(kakanai)
    assert (entry["read_by"], entry["card_kind"]) == ("code_b", "mynumber")


def test_a_licence_fills_forms_with_its_newest_address(fill, kakanai):
    status, _, err, texts = fill("licence-moved", "--pin-stdin", stdin="1234\n", forms="F05,F09")
    assert status == 0
    assert "兵庫県芦屋市架空町７番地２０３" in texts["F05"]
    assert "倉敷市" not in texts["F05"]
    assert "個人番号の欄は空けます" in err
    assert entries(kakanai)[0]["card_kind"] == "driver_licence"


def test_a_character_that_a_licence_has_as_a_picture_only_waits_for_the_clerk(fill):
    status, told, _, texts = fill("licence-gaiji", "--pin-stdin", stdin="1234\n")
    assert (status, code_of(told), texts) == (11, "F-040", {})
    assert {f["kind"] for f in json.loads(told)["findings"] if f["kind"] != "empty"} >= {"no_glyph"}


def test_a_residence_card_has_no_name_to_fill(fill, kakanai):
    status, told, _, texts = fill("residence-forged", "--card-number-stdin", stdin="JK56789012LM\n")
    assert (status, code_of(told), texts) == (2, "I-052", {})
    assert "--person" in json.loads(told)["error"]["next_step"]
    assert entries(kakanai)[0]["codes"] == ["I-052"]


@pytest.mark.parametrize(
    ("specimen", "key", "stdin", "status", "code"),
    [
        ("official-test", "--collation-b-stdin", "55021720352286\n", 5, "C-011"),
        ("official-test", "--card-number-stdin", "", 4, "C-022"),
        ("licence-plain", "--pin-stdin", "9999\n", 5, "C-011"),
        ("licence-locked", "--pin-stdin", "1234\n", 5, "C-012"),
        ("residence-forged", "--card-number-stdin", "AA00000000AA\n", 5, "C-070"),
        ("juki-card", "--pin-stdin", "1234\n", 4, "C-021"),
        ("blank-card", "--pin-stdin", "1234\n", 4, "C-020"),
    ],
)
def test_a_card_that_does_not_open_makes_no_paper(fill, kakanai, specimen, key, stdin, status, code):
    got, told, _, texts = fill(specimen, key, stdin=stdin)
    assert (got, code_of(told), texts) == (status, code, {})
    (entry,) = entries(kakanai)
    assert (entry["outcome"], entry["codes"]) == ("cancelled", [code])


@pytest.fixture
def without_glyph(monkeypatch):
    """As if no font had the glyph of this 辻, which the specimen ivs-tsuji has in its name."""
    has = FontShelf.missing

    def missing(self, role, text):
        return has(self, role, text) or [cluster for cluster in clusters(text) if cluster == TSUJI]

    monkeypatch.setattr(FontShelf, "missing", missing)


def test_a_name_without_a_glyph_is_printed_as_the_cards_picture(fill, kakanai, without_glyph):
    stdin = collation_b("ivs-tsuji")
    status, told, err, texts = fill("ivs-tsuji", "--collation-b-stdin", stdin=stdin)
    assert (status, code_of(told), texts) == (11, "F-040", {})
    assert "U+8FBB U+E0102" in err
    assert "--picture" in json.loads(told)["error"]["next_step"]
    status, told, _, texts = fill("ivs-tsuji", "--collation-b-stdin", "--picture", "all", stdin=stdin)
    assert (status, set(texts)) == (0, {"F05"})
    result = json.loads(told)
    assert {f["kind"] for f in result["findings"] if f["field"] == "visitor.name"} == {"picture"}
    assert "辻" not in texts["F05"]
    assert result["verified"] is True
    assert [form["verified"] for form in result["forms"]] == [True]
    assert "F-052" in entries(kakanai)[-1]["codes"]


def test_a_picture_for_one_box_leaves_the_others_to_be_decided(fill, without_glyph):
    picture = ["--picture", "F05:visitor.name"]
    stdin = collation_b("ivs-tsuji")
    status, told, _, texts = fill("ivs-tsuji", "--collation-b-stdin", *picture, stdin=stdin, forms="F05,F01")
    assert (status, texts) == (11, {})
    kinds = {(f["form"], f["kind"]) for f in json.loads(told)["findings"] if f["field"] == "visitor.name"}
    assert kinds == {("F05", "picture"), ("F01", "no_glyph")}
    blank = ["--leave-blank", "all"]
    status, _, _, texts = fill(
        "ivs-tsuji", "--collation-b-stdin", *picture, *blank, stdin=stdin, forms="F05,F01"
    )
    assert (status, set(texts)) == (0, {"F01", "F05"})


def test_the_cards_picture_needs_the_cards_face(fill):
    status, told, _, texts = fill("ivs-tsuji", "--pin-stdin", "--picture", "all", stdin="1234\n")
    assert (status, code_of(told), texts) == (2, "U-001", {})
    assert "照合番号B" in json.loads(told)["error"]["message"]


def test_a_typed_person_has_no_picture(kakanai, person, tmp_path):
    arguments = ["--person", person, "--picture", "all", "--out", tmp_path / "out", "--json"]
    status, told, _ = kakanai("fill", "--forms", "F05", *arguments)
    assert (status, "--picture" in json.loads(told)["error"]["message"]) == (2, True)
