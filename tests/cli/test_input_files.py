"""Input files: what is wrong with one is told by place and kind, never by its content."""

import json

import pytest

from tests.cli.conftest import PERSON, code_of, log_of

NUMBER = "123456789018"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ('{"name": "黒桐"\n,}', "2 行目"),
        ('{"name": "黒桐", "name": "幹也"}', "同じ項目が2回"),
        ('{"sex": ' + "9" * 5000 + "}", "桁の多すぎる数"),
        ("[" * 100_000, "入れ子が深すぎます"),
        ('["黒桐"]', "項目と値の組"),
    ],
)
def test_a_file_that_is_no_json_object(kakanai, written, tmp_path, content, reason):
    status, out, err = kakanai(
        "fill", "--forms", "F05", "--person", written("p.json", content), "--out", tmp_path / "o", "--json"
    )
    assert (status, code_of(out)) == (2, "U-010")
    assert reason in json.loads(out)["error"]["message"]
    assert "黒桐" not in out + err


def test_a_file_that_is_not_there_or_cannot_be_read(kakanai, tmp_path):
    (tmp_path / "cp932.json").write_bytes('{"name": "黒桐"}'.encode("cp932"))
    for name, reason in (
        ("none.json", "ファイルがありません"),
        (".", "開けません"),
        ("cp932.json", "UTF-8"),
    ):
        arguments = ["fill", "--forms", "F05", "--person", tmp_path / name, "--out", tmp_path / "o", "--json"]
        message = json.loads(kakanai(*arguments)[1])["error"]["message"]
        assert reason in message


@pytest.mark.parametrize(
    ("fact", "reason"),
    [
        ({"name": 3}, "種類"),
        ({"name": "改\n行"}, "制御文字"),
        ({"name": "字" * 401}, "長すぎます"),
        ({"birth_date": "1980-02-30"}, "値が正しくありません"),
        ({"telephone": "1"}, "この名前の項目はありません"),
    ],
)
def test_a_typed_fact_is_refused_with_the_reason_in_words(kakanai, written, tmp_path, fact, reason):
    person = written("p.json", {**PERSON, **fact})
    status, out, _ = kakanai("fill", "--forms", "F05", "--person", person, "--out", tmp_path / "o", "--json")
    assert (status, code_of(out)) == (2, "I-040")
    assert reason in json.loads(out)["error"]["message"]


def test_more_people_than_a_list_holds_are_refused(kakanai, written, person, tmp_path):
    answers = written("a.json", {"member": [{"name": "見本"}] * 4100})
    arguments = ["--person", person, "--answers", answers, "--out", tmp_path / "o", "--json"]
    status, out, _ = kakanai("fill", "--forms", "F07", *arguments)
    assert (status, code_of(out)) == (2, "R-011")
    assert "99人まで" in json.loads(out)["error"]["message"]


def test_nothing_typed_in_the_wrong_place_reaches_the_diagnostic_log(
    kakanai, home, written, person, tmp_path
):
    name = "黒桐幹也"
    fill = ["fill", "--forms", "F07", "--json"]
    out, by_hand = ["--out", tmp_path / "o"], ["--person", person]
    by_card = ["--reader", "specimen:official-test", "--pin-stdin"]
    wrong = [
        [*fill, *out, *by_hand, "--answers", written("a1.json", {NUMBER: "a"})],
        [*fill, *out, *by_hand, "--answers", written("a2.json", {f"visitor.{NUMBER}": "a"})],
        [*fill, *out, *by_hand, "--answers", written("a3.json", {"member": [{NUMBER: "a"}]})],
        [*fill, *out, *by_hand, "--answers", written("a4.json", {name: "a"})],
        [*fill, *out, "--person", written("p1.json", {**PERSON, NUMBER: "a"})],
        [*fill, *out, "--person", tmp_path / f"{name}.json"],
        [*fill, *by_hand, "--out", person / name],
        [*fill, *by_hand, "--printer", name],
        [*fill, *by_hand, *out, "--clerk", name],
        [*fill, *out, "--reader", f"specimen:{name}", "--pin-stdin"],
        [*fill, *out, *by_card, "--leave-blank", name, "--clerk", NUMBER + NUMBER],
        ["fill", "--forms", NUMBER, *by_hand, *out, "--json"],
        ["forms", "check", f"{name}.yaml", "--json"],
        ["card", "insert", name, "--port", "1"],
        ["card", "insert", "official-test", "--host", "127.0.0.1", "--port", "864"],
        ["card", "read", *by_card, "--json"],
    ]
    codes = []
    for arguments in wrong:
        status, _, err = kakanai(*arguments, stdin=f"{NUMBER}\n")
        assert status not in {0, 1, 70}, (arguments, err)
        codes.append(err.split("]")[0].rpartition("[")[2])
    log = log_of(home)
    assert [code for code in codes if code not in log] == []
    for secret in (NUMBER, NUMBER[:4], "黒桐", "幹也", "864", str(tmp_path)):
        assert secret not in log, secret
    assert "field=?" not in log


def test_the_diagnostic_log_keeps_counts_and_our_own_ids(kakanai, home, written, person, tmp_path):
    answers = written("a.json", {"visitor.kana": "みほん"})
    kakanai("fill", "--forms", "F05", "--person", person, "--answers", answers, "--out", tmp_path / "o")
    kakanai("card", "read", "--reader", "specimen:official-test", "--pin-stdin", stdin="9999\n")
    kakanai("fill", "--forms", "F99", "--person", person, "--out", tmp_path / "o")
    log = log_of(home)
    assert "R-011 field=visitor.kana\n" in log
    assert "C-011 attempts_remaining=2 key=text_pin\n" in log
    assert "F-011 form=F99\n" in log
