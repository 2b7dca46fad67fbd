"""`--photo`, `--glyphs` and `--out`: whole pictures or none, never over a file."""

import json
import subprocess

import pytest
from PIL import Image

from kakanai.cardreader.simulator.specimen import list_specimens
from kakanai.cardreader.simulator.specimen_types import SpecimenKind
from kakanai.cli.errors import OutputFileError
from tests.cli.conftest import code_of, collation_b

B = ["--collation-b-stdin"]
B_DIGITS = "55021720352285\n"


def kind_of(file):
    return subprocess.run(
        ["file", "--brief", file], capture_output=True, encoding="utf-8", check=True
    ).stdout.strip()


def size_of(file):
    with Image.open(file) as picture:
        picture.load()
        return picture.size


@pytest.mark.parametrize(
    "specimen", [one.id for one in list_specimens() if one.kind is SpecimenKind.MY_NUMBER]
)
def test_photo_and_glyphs_of_every_my_number_card(read, tmp_path, specimen):
    photo, glyphs = tmp_path / "photo.png", tmp_path / "new" / "glyphs"
    wanted = ["--photo", photo, "--glyphs", glyphs]
    status, told, _ = read(specimen, *B, *wanted, stdin=collation_b(specimen))
    assert (status, told["photo"]) == (0, str(photo))
    assert told["glyphs"] == [str(glyphs / "name.png"), str(glyphs / "address.png")]
    for file in (photo, *glyphs.iterdir()):
        assert kind_of(file).startswith("PNG image data")
        assert min(size_of(file)) > 20
        assert file.stat().st_mode & 0o777 == 0o600


def test_locked_pin_gives_the_four_facts_and_a_photo_by_collation_b(read, tmp_path):
    assert read("locked-pin", "--pin-stdin", stdin="1234\n")[0] == 5
    status, told, _ = read("locked-pin", *B, "--photo", tmp_path / "p.jp2", stdin=collation_b("locked-pin"))
    facts = ("見本　太郎", "北海道北見市架空町１丁目２番３号", "1980-01-15", 1)
    assert (status, *(told[key] for key in ("name", "address", "birth_date", "sex"))) == (0, *facts)
    assert "JPEG 2000" in kind_of(tmp_path / "p.jp2")
    assert size_of(tmp_path / "p.jp2") == (192, 240)


@pytest.mark.parametrize(
    ("specimen", "key", "stdin", "pictures"),
    [
        ("residence-front-address", "--card-number-stdin", "CD23456789EF\n", {"face.png"}),
        ("residence-second-generation", "--card-number-stdin", "EF34567890GH\n", {"name.png", "address.png"}),
    ],
)
def test_pictures_of_residence_cards(read, tmp_path, specimen, key, stdin, pictures):
    wanted = ["--photo", tmp_path / "p.png", "--glyphs", tmp_path / "g"]
    assert read(specimen, key, *wanted, stdin=stdin)[0] == 0
    assert {file.name for file in (tmp_path / "g").iterdir()} == pictures
    assert all(min(size_of(file)) > 20 for file in (tmp_path / "p.png", *(tmp_path / "g").iterdir()))


def test_the_photo_of_a_licence_wants_its_second_pin(read, tmp_path):
    photo = ["--photo", tmp_path / "p.png"]
    status, told, _ = read("licence-plain", "--pin-stdin", *photo, stdin="1234\n")
    assert (status, told["error"]["code"]) == (6, "U-015")
    assert told["name"] == "見本　免子"  # read all the same
    assert read("licence-plain", "--pin-stdin", *photo, stdin="1234\n5678\n")[0] == 0
    assert size_of(tmp_path / "p.png") == (96, 120)


def test_the_photo_of_a_licence_on_a_my_number_card(read, tmp_path):
    wanted = ["--mynumber-licence", "--pin-stdin", "--photo", tmp_path / "p.png"]
    assert read("licence-mynumber", *wanted, stdin="4321\n")[0] == 0
    assert size_of(tmp_path / "p.png") == (96, 120)


def test_a_photo_is_not_to_be_had_by_pin_and_no_pin_is_asked_for(read, tries, tmp_path):
    status, told, err = read("official-test", "--pin-stdin", "--photo", tmp_path / "p.png", stdin="9999\n")
    assert (status, told["error"]["code"]) == (2, "U-001")
    assert "--collation-b-stdin" in told["error"]["message"]
    assert "残り" not in err
    assert tries("official-test")["text_pin"] == 3


@pytest.mark.usefixtures("untouched")
@pytest.mark.parametrize("name", ["p.png", "link.png", "no folder/p.png", "file/p.png"])
def test_a_photo_that_cannot_be_written_is_told_before_the_card(read, tmp_path, name):
    (tmp_path / "p.png").write_text("the town's own", encoding="utf-8")
    (tmp_path / "file").write_text("", encoding="utf-8")
    (tmp_path / "link.png").symlink_to(tmp_path / "nowhere")
    status, told, _ = read("official-test", *B, "--photo", tmp_path / name, stdin=B_DIGITS)
    assert (status, told["error"]["code"]) == (2, "U-014")
    assert (tmp_path / "p.png").read_text(encoding="utf-8") == "the town's own"


@pytest.mark.usefixtures("untouched")
@pytest.mark.parametrize("name", ["name.png", "address.png", "face.png"])
def test_glyphs_that_cannot_be_written_are_told_before_the_card(read, tmp_path, name):
    (tmp_path / name).write_text("", encoding="utf-8")
    for folder in (tmp_path, tmp_path / name, tmp_path / name / "below"):
        status, told, _ = read("official-test", *B, "--glyphs", folder, stdin=B_DIGITS)
        assert (status, told["error"]["code"]) == (2, "U-014")
    assert [file.name for file in tmp_path.iterdir() if file.suffix] == [name]


def test_a_file_made_meanwhile_stays_and_the_reading_is_told(read, monkeypatch, tmp_path):
    monkeypatch.setattr("kakanai.cli.card.require_places", lambda _asked: None)
    (tmp_path / "p.png").write_text("somebody else's", encoding="utf-8")
    wanted = ["--photo", tmp_path / "p.png", "--glyphs", tmp_path / "g"]
    status, told, err = read("official-test", *B, *wanted, stdin=B_DIGITS)
    assert (status, told["error"]["code"], told["name"]) == (2, "U-014", "黒桐　幹也")
    assert not {"photo", "glyphs"} & set(told)
    assert (tmp_path / "p.png").read_text(encoding="utf-8") == "somebody else's"
    assert "黒桐" not in err


def test_a_disk_that_fills_up_costs_the_picture_and_not_the_reading(kakanai, monkeypatch, tmp_path):
    def full(file, _content):
        raise OutputFileError(file=file.name)

    monkeypatch.setattr("kakanai.cli.card_pictures.write_file", full)
    arguments = ["card", "read", "--reader", "specimen:official-test", *B, "--photo", tmp_path / "p.png"]
    status, out, err = kakanai(*arguments, stdin=B_DIGITS)
    assert status == 2
    assert "氏名      黒桐　幹也" in out
    assert "[U-014]" in err
    assert "黒桐" not in err


@pytest.mark.usefixtures("untouched")
@pytest.mark.parametrize(
    "arguments",
    [
        [*B, "--my-number"],
        ["--card-number-stdin", "--my-number"],
        ["--mynumber-licence", "--my-number"],
        [*B, "--mynumber-licence"],
        ["--card-number-stdin", "--mynumber-licence"],
        ["--mynumber-licence", "--glyphs", "g"],
        ["--pin-stdin", "--glyphs", "g"],
        [*B, "--photo", "photo.jpg"],
        [*B, "--photo", "photo"],
        [*B, "--photo", "g/name.png", "--glyphs", "g"],
        [*B, "--pin-stdin"],
    ],
)
def test_what_no_card_can_give_is_told_before_the_card(read, monkeypatch, tmp_path, arguments):
    monkeypatch.chdir(tmp_path)
    status, told, _ = read("official-test", *arguments, stdin=B_DIGITS)
    assert (status, told["error"]["code"]) == (2, "U-001")
    assert [path.name for path in tmp_path.iterdir()] in ([], ["home"])


def test_a_diagnosis_is_written_once(kakanai, tmp_path):
    file = tmp_path / "bundle.json"
    arguments = ["card", "diagnose", "--reader", "specimen:official-test", "--out", file]
    status, out, _ = kakanai(*arguments, "--json")
    assert (status, json.loads(out)["file"]) == (0, str(file))
    bundle = json.loads(file.read_text(encoding="utf-8"))
    assert {step["sw"] for step in bundle["card"]["exchanges"]} >= {"9000", "6A82", "63C3"}
    status, out, _ = kakanai(*arguments, "--json")
    assert (status, code_of(out)) == (2, "U-014")
    assert json.loads(file.read_text(encoding="utf-8")) == bundle
