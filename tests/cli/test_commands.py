"""The verbs without a reader: every failure is a code, a Japanese sentence and a next step."""

import json
import re
import subprocess

import pytest

NAME = "黒桐　幹也"


def error_of(out):
    error = json.loads(out)["error"]
    assert set(error) == {"code", "message", "next_step"}
    for text in (error["message"], error["next_step"]):
        assert re.search(r"[ぁ-ん]", text), text
        assert "{" not in text
    return error


def test_lists(kakanai):
    status, out, _ = kakanai("specimen", "list", "--json")
    ids = {s["id"] for s in json.loads(out)["specimens"]}
    assert status == 0
    assert {"official-test", "locked-pin", "long-address"} <= ids
    status, out, _ = kakanai("forms", "list", "--json")
    forms = {form["form"]: form for form in json.loads(out)["forms"]}
    assert {"F01", "F05", "F06", "F07", "F09"} <= forms.keys()
    assert forms["F09"]["my_number"] == "by-law"
    assert forms["F05"]["my_number"] == "never"
    status, out, _ = kakanai("forms", "check", "--json")
    assert (status, json.loads(out)["problems"]) == (0, [])


def test_procedures_are_found_as_on_the_window(kakanai):
    status, out, _ = kakanai("procedures", "list", "--json")
    everything = json.loads(out)["procedures"]
    assert status == 0
    assert {form for entry in everything for form in entry["forms"]} == {f"F{n:02}" for n in range(1, 41)}
    status, out, _ = kakanai("procedures", "list", "てんにゅう", "--json")
    assert (status, json.loads(out)["procedures"][0]["procedure"]) == (0, "move-in")
    status, out, _ = kakanai("procedures", "list", "存在しない")
    assert (status, out.strip()) == (0, "見つかりません。番号か、短い言葉で探します。")


def test_person_and_answers_by_hand(kakanai, tmp_path):
    status, read, _ = kakanai(
        "card", "read", "--reader", "specimen:official-test", "--pin-stdin", "--json", stdin="1234\n"
    )
    assert status == 0
    (tmp_path / "person.json").write_text(read, encoding="utf-8")
    (tmp_path / "answers.json").write_text(
        json.dumps({"seal.copies": 2, "visitor.phone": "03-0000-0000"}), encoding="utf-8"
    )
    status, out, _ = kakanai(
        "fill", "--forms", "F05", "--person", tmp_path / "person.json",
        "--answers", tmp_path / "answers.json", "--out", tmp_path / "out", "--json",
    )  # fmt: skip
    assert status == 0
    result = json.loads(out)
    assert result["case_number"].endswith("-0001")
    assert [f["form"] for f in result["forms"]] == ["F05"]
    status, out, _ = kakanai("log", "day", "--json")
    (entry,) = json.loads(out)["entries"]
    assert (entry["read_by"], entry["card_kind"], entry["outcome"]) == ("hand", None, "printed")
    assert entry["procedures"] == ["seal-certificate"]


def test_a_number_given_by_hand_reaches_only_the_form_with_its_box(kakanai, tmp_path):
    person = {
        "name": NAME,
        "address": "東京都清瀬市",
        "birth_date": "1980-02-17",
        "sex": 1,
        "my_number": "123456789018",
    }
    (tmp_path / "person.json").write_text(json.dumps(person), encoding="utf-8")
    status, out, _ = kakanai(
        "fill",
        "--forms",
        "F01,F09",
        "--person",
        tmp_path / "person.json",
        "--out",
        tmp_path / "out",
        "--json",
    )
    assert status == 0
    for form in json.loads(out)["forms"]:
        text = subprocess.run(
            ["pdftotext", form["path"], "-"], capture_output=True, encoding="utf-8", check=True
        ).stdout
        assert ("123456789018" in re.sub(r"\s", "", text)) == (form["form"] == "F09")


def test_findings_stop_the_printing(kakanai, tmp_path):
    (tmp_path / "person.json").write_text(
        json.dumps({"name": "葛\U000e0100西　見本", "address": "東京都"}), encoding="utf-8"
    )
    arguments = [
        "fill",
        "--forms",
        "F05",
        "--person",
        tmp_path / "person.json",
        "--out",
        tmp_path / "out",
        "--json",
    ]
    status, out, err = kakanai(*arguments)
    assert status == 11
    assert error_of(out)["code"] == "F-040"
    assert {f["kind"] for f in json.loads(out)["findings"] if f["kind"] in {"no_glyph", "overflow"}} == {
        "no_glyph"
    }
    assert not (tmp_path / "out").exists()
    assert "西" not in err
    status, out, _ = kakanai(*arguments, "--leave-blank", "all")
    assert status == 0
    assert json.loads(out)["forms"]
    _, out, _ = kakanai("log", "day", "--json")
    assert [(e["outcome"], "F-051" in e["codes"]) for e in json.loads(out)["entries"]] == [
        ("cancelled", False),
        ("printed", True),
    ]


@pytest.mark.parametrize(
    ("arguments", "stdin", "code"),
    [
        (["card", "read", "--reader", "specimen:nobody", "--pin-stdin"], "1234\n", "C-030"),
        (["card", "read", "--reader", "specimen:official-test", "--pin-stdin"], "12345\n", "C-015"),
        (["card", "read", "--reader", "specimen:official-test", "--pin-stdin"], "１２３４\n", "C-015"),
        (["card", "read", "--reader", "specimen:official-test", "--pin-stdin"], "", "U-011"),
        (["card", "read", "--reader", "specimen:official-test"], "", "U-011"),
        (["card", "read", "--reader", "specimen:official-test", "--pin-stdin"], "9999\n", "C-011"),
        (["card", "read", "--reader", "specimen:locked-pin", "--pin-stdin"], "1234\n", "C-012"),
        (
            ["fill", "--forms", "F99", "--reader", "specimen:official-test", "--pin-stdin", "--out", "."],
            "1234\n",
            "F-011",
        ),
        (["fill", "--forms", "F05", "--out", "."], "", "U-001"),
        (["fill", "--forms", "F05", "--person", "absent.json", "--out", "."], "", "U-010"),
        (
            ["fill", "--forms", "F05", "--clerk", "山田", "--reader", "specimen:official-test", "--out", "."],
            "",
            "L-021",
        ),
        (["log", "day", "yesterday"], "", "U-001"),
        (["nonsense"], "", "U-001"),
        (["card", "insert", "official-test", "--port", "1"], "", "C-032"),
    ],
)
def test_bad_input_gets_a_code_and_a_next_step(kakanai, arguments, stdin, code):
    status, out, err = (
        kakanai(*arguments, "--json", stdin=stdin)
        if arguments[:2] != ["card", "insert"]
        else kakanai(*arguments, stdin=stdin)
    )
    assert status not in {0, 1}
    assert f"[{code}]" in err
    if arguments[:2] != ["card", "insert"]:
        assert error_of(out)["code"] == code
    for digits in ("1234", "9999", "12345"):
        assert digits not in out + err


def test_a_broken_template_is_told_with_its_line(kakanai, tmp_path):
    folder = tmp_path / "home" / "forms" / "F05"
    folder.mkdir(parents=True)
    (folder / "form.yaml").write_text("id: F05\ntitle: x\npaper: B5\n", encoding="utf-8")
    status, out, _ = kakanai("forms", "check", "--json")
    (problem,) = json.loads(out)["problems"]
    assert (status, problem["code"], problem["line"]) == (10, "F-010", 1)
    status, out, _ = kakanai(
        "fill",
        "--forms",
        "F05",
        "--reader",
        "specimen:official-test",
        "--pin-stdin",
        "--out",
        tmp_path,
        "--json",
        stdin="1234\n",
    )
    assert (status, error_of(out)["code"]) == (10, "F-010")


def test_a_bug_shows_a_reference_and_no_value(kakanai, tmp_path, monkeypatch):
    def broken(*_arguments, **_named):
        raise RuntimeError(NAME)

    monkeypatch.setattr("kakanai.cli.fill.identify", broken)
    status, out, err = kakanai(
        "fill",
        "--forms",
        "F05",
        "--reader",
        "specimen:official-test",
        "--pin-stdin",
        "--out",
        tmp_path / "o",
        "--json",
        stdin="1234\n",
    )
    assert (status, error_of(out)["code"]) == (70, "X-000")
    log = (tmp_path / "home" / "diagnostic" / "kakanai.log").read_text(encoding="utf-8")
    assert "RuntimeError" in log
    assert NAME not in out + err + log


def test_doctor_and_demo(kakanai, tmp_path):
    status, out, _ = kakanai("doctor", "--json")
    assert status == 0
    assert json.loads(out)["ready"] is True
    status, out, _ = kakanai("demo", "--out", tmp_path / "demo", "--json")
    assert status == 0
    result = json.loads(out)
    assert len(list((tmp_path / "demo").glob("*.pdf"))) == 5
    assert result["log"].endswith("sessionlog.sqlite3")


def test_doctor_says_which_language_has_no_font(kakanai, monkeypatch, tmp_path):
    monkeypatch.setattr("kakanai.forms.language_fonts.font_folders", lambda *_debian: [tmp_path])
    _status, out, _err = kakanai("--json", "doctor")
    check = next(c for c in json.loads(out)["checks"] if c["name"] == "visitor_fonts")
    assert not check["ok"]
    assert not check["essential"]
    assert "ネパール語" in check["cost"]
    assert "0 / 12" in check["detail"]


def test_doctor_says_what_a_missing_font_costs(kakanai, monkeypatch, tmp_path):
    monkeypatch.setattr("kakanai.forms.fontfiles._font_folders", lambda _font: [tmp_path])
    status, out, _ = kakanai("doctor", "--json")
    assert status == 14
    missing = {c["name"]: c["cost"] for c in json.loads(out)["checks"] if c["name"].startswith("font:")}
    assert "氏名・住所" in missing["font:personal"]
    status, out, _ = kakanai(
        "fill",
        "--forms",
        "F05",
        "--reader",
        "specimen:official-test",
        "--pin-stdin",
        "--out",
        tmp_path / "o",
        "--json",
        stdin="1234\n",
    )
    assert (status, error_of(out)["code"]) == (10, "F-030")
    assert not (tmp_path / "o").exists()


def test_doctor_looks_through_the_log(kakanai, tmp_path):
    assert kakanai("demo", "--out", tmp_path / "demo")[0] == 0
    database = tmp_path / "home" / "sessionlog.sqlite3"
    assert kakanai("doctor", "--json")[0] == 0
    content = bytearray(database.read_bytes())
    content[4096:8192] = b"\xa5" * 4096  # a page that opening the file does not meet
    database.write_bytes(content)
    status, out, _ = kakanai("doctor", "--json")
    (check,) = [c for c in json.loads(out)["checks"] if c["name"] == "log"]
    assert (status, check["ok"]) == (14, False)
    assert "[L-014]" in check["detail"]
