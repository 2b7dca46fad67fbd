"""Arguments: what does not fit is told in our words, and nothing that was typed is repeated."""

import json

import pytest

from kakanai.cli.errors import UsageError
from kakanai.cli.parser import _Parser, parse
from tests.cli.conftest import code_of


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["card", "read", "--pin", "8642"], "カードの番号は引数に書けません"),
        (["card", "read", "--pin=8642"], "カードの番号は引数に書けません"),
        (["card", "read", "8642"], "知らない引数"),
        (["card", "read", "--pin-std"], "知らない引数"),
        (["card", "read", "--my-number=8642"], "--my-number に値は付けられません"),
        (["card", "read", "--reader"], "--reader の値がありません"),
        (["card", "insert", "official-test", "--port", "8642x"], "--port の値の形"),
        (["8642"], "知らない命令"),
        (["card", "8642"], "知らない命令"),
        (["card"], "<命令>"),
        (["fill", "--person", "8642.json", "--out", "."], "--forms に様式の ID か、--event"),
        (["fill", "--forms", "F05", "--person", "8642.json"], "どれか1つが要ります: --out --printer"),
        (["fill", "--forms", "F05", "--out", ".", "--printer", "8642"], "一緒に書けない"),
        (["fill", "--forms", ",", "--person", "p.json", "--out", "."], "--forms に様式の ID"),
        (["log", "day", "8642"], "YYYY-MM-DD"),
        (["log", "day", "9999-12-31"], "2019 年から 2117 年まで"),
        (["log", "day", "0001-01-01"], "2019 年から 2117 年まで"),
    ],
)
def test_what_does_not_fit_is_told_without_repeating_it(kakanai, home, arguments, problem):
    status, out, err = kakanai(*arguments, "--json")
    error = json.loads(out)["error"]
    assert (status, error["code"]) == (2, "U-001")
    assert problem in error["message"]
    kept = "".join(path.read_text(encoding="utf-8") for path in home.rglob("*.log"))
    assert "8642" not in out + err + kept


def test_the_years_of_the_log_can_be_asked_for(kakanai):
    for day in ("2019-01-01", "2117-12-31"):
        assert kakanai("log", "day", day, "--json")[0] == 0


def test_an_abbreviation_is_no_argument(kakanai):
    status, out, err = kakanai("specimen", "list", "--js")
    assert (status, out) == (2, "")
    assert "[U-001]" in err


def test_json_may_stand_before_the_verb(kakanai):
    before, after = kakanai("--json", "specimen", "list"), kakanai("specimen", "list", "--json")
    assert before == after
    assert json.loads(before[1])["specimens"]
    assert parse(["--json", "specimen", "list"]).json
    status, out, _ = kakanai("--json", "log", "day", "yesterday")
    assert (status, code_of(out)) == (2, "U-001")
    status, out, _ = kakanai("--json")
    assert (status, code_of(out)) == (2, "U-001")


def test_words_of_argparse_that_we_do_not_know_are_not_passed_on():
    with pytest.raises(UsageError) as caught:
        _Parser("kakanai").error("ambiguous option: 8642 could match")
    assert "8642" not in str(caught.value)


def test_help_and_version(kakanai):
    status, out, err = kakanai("fill", "--help")
    assert (status, err) == (0, "")
    assert "--leave-blank" in out
    assert kakanai("--version")[1].startswith("kakanai 0.")


@pytest.mark.parametrize("form", ["123456789018", "F1234", "黒桐　幹也", "f05", "F05;rm"])
def test_a_form_id_of_another_shape_is_not_repeated(kakanai, person, tmp_path, form):
    status, out, err = kakanai("fill", "--forms", form, "--person", person, "--out", tmp_path / "o", "--json")
    assert (status, code_of(out)) == (2, "F-011")
    assert form not in out + err


@pytest.mark.parametrize("home_name", ["~nobody-of-that-name/x", "relative"])
def test_a_home_that_leads_nowhere_is_told(kakanai, monkeypatch, tmp_path, home_name):
    monkeypatch.setenv("KAKANAI_HOME", home_name)
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    status, out, _ = kakanai("doctor", "--json")
    assert (status, code_of(out)) == (9, "S-001")


def test_a_folder_that_is_gone_is_told(program, tmp_path):
    gone = tmp_path / "gone"
    gone.mkdir()
    code = (
        "import os, sys; os.chdir('gone'); os.rmdir(os.getcwd()); sys.argv = ['kakanai', 'doctor', '--json'];"
        "from kakanai.__main__ import main; sys.exit(main())"
    )
    process = program(code=code)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, code_of(out)) == (2, "U-013")
    assert err.startswith("[U-013]")


@pytest.mark.parametrize("path", ["nonexistent.yaml", ".", "a" * 300])
def test_no_template_at_the_path_is_told(kakanai, tmp_path, monkeypatch, path):
    monkeypatch.chdir(tmp_path)
    status, out, _ = kakanai("forms", "check", path, "--json")
    assert (status, code_of(out)) == (2, "U-012")
    assert "様式のファイルがありません" in json.loads(out)["error"]["message"]
