"""The command line on a real pcscd: a specimen is inserted, read by others and by us, and fills the forms."""

import json
import re
import subprocess

import pytest
import zxingcpp
from PIL import Image

from tests.cli.on_pcscd import inserted, run
from tests.pcscd import READER_NAME

pytestmark = pytest.mark.pcsc

NAME, ADDRESS, NUMBER = "黒桐　幹也", "東京都清瀬市観布子南１２－７－２０２", "123456789018"


def text_of(path):
    return subprocess.run(
        ["pdftotext", "-layout", path, "-"], capture_output=True, encoding="utf-8", check=True
    ).stdout


def test_five_forms_from_the_card_on_the_reader(pcscd, tmp_path):
    home, out = tmp_path / "home", tmp_path / "out"
    with inserted(pcscd, home, "official-test"):
        status, listed, _ = run(pcscd, home, "card", "list", "--json")
        assert status == 0
        assert {"name": READER_NAME, "card_present": True} in json.loads(listed)["readers"]

        dump = pcscd.run(["pkcs15-tool", "--dump"])
        assert "PKCS#15 Card [JPKI]" in dump.stdout
        assert "Tries left" in pcscd.run(["pkcs15-tool", "--list-pins"]).stdout

        status, read, _ = run(
            pcscd, home, "card", "read", "--reader", READER_NAME, "--my-number", "--pin-stdin", "--json"
        )
        assert status == 0
        assert json.loads(read) == {
            "card_kind": "mynumber",
            "name": NAME,
            "address": ADDRESS,
            "birth_date": "1980-02-17",
            "sex": 1,
            "my_number": NUMBER,
            "opened_by": "text_pin",
            "tries_left": 3,
            "apdus": 5,
        }
        status, told, errors = run(
            pcscd, home, "fill", "--forms", "F01,F05,F06,F07,F09", "--reader", READER_NAME, "--pin-stdin",
            "--out", str(out), "--json",
        )  # fmt: skip
        assert (status, errors.count("1234")) == (0, 0)
    result = json.loads(told)
    assert [form["form"] for form in result["forms"]] == ["F01", "F05", "F06", "F07", "F09"]
    for form in result["forms"]:
        text = text_of(form["path"])
        assert NAME in text
        assert ADDRESS in text
        assert (NUMBER in re.sub(r"\s", "", text)) == (form["form"] == "F09")
        fonts = subprocess.run(
            ["pdffonts", form["path"]], capture_output=True, encoding="utf-8", check=True
        ).stdout
        embedded = [line.split()[-5] for line in fonts.splitlines()[2:]]
        assert embedded
        assert set(embedded) == {"yes"}
        subprocess.run(["pdftoppm", "-r", "150", "-gray", form["path"], tmp_path / form["form"]], check=True)
        pages = sorted(tmp_path.glob(f"{form['form']}-*.pgm"))
        assert len(pages) == form["pages"]
        for number, page in enumerate(pages, start=1):
            (code,) = zxingcpp.read_barcodes(Image.open(page))
            assert (
                code.text == f"{result['case_number']}/{form['form']}/{form['version']}/{number}-{len(pages)}"
            )
    status, day, _ = run(pcscd, home, "log", "day", "--json")
    (entry,) = json.loads(day)["entries"]
    assert (entry["outcome"], entry["card_kind"], entry["read_by"]) == ("printed", "mynumber", "pin")
    assert entry["case_number"] == result["case_number"]


def test_without_my_number_one_exchange_less(pcscd, tmp_path):
    with inserted(pcscd, tmp_path, "official-test"):
        status, read, _ = run(pcscd, tmp_path, "card", "read", "--pin-stdin", "--json")
    assert status == 0
    assert json.loads(read)["apdus"] == 4
    assert "my_number" not in json.loads(read)


def test_wrong_pins_count_down_and_lock_and_no_pin_is_sent_to_a_locked_card(pcscd, tmp_path):
    with inserted(pcscd, tmp_path, "official-test"):
        told = []
        for _ in range(4):
            status, read, _ = run(pcscd, tmp_path, "card", "read", "--pin-stdin", "--json", pin="9999")
            told.append((status, json.loads(read)["error"]["code"], json.loads(read)["error"]["message"]))
    assert [(status, code) for status, code, _ in told] == [
        (5, "C-011"),
        (5, "C-011"),
        (5, "C-012"),
        (5, "C-012"),
    ]
    assert "あと 2 回" in told[0][2]
    assert "あと 1 回" in told[1][2]


def test_the_reader_is_empty_or_unknown(pcscd, tmp_path):
    for arguments, code in (
        (["--reader", READER_NAME], "C-007"),
        (["--reader", "No Such Reader"], "C-003"),
        ([], "C-007"),
    ):
        status, read, _ = run(pcscd, tmp_path, "card", "read", *arguments, "--pin-stdin", "--json")
        assert json.loads(read)["error"]["code"] == code
        assert status in {3, 4}
