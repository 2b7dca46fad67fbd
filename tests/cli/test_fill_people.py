"""`fill` with more people than the visitor: `people` in the answers, rows by key, 支援措置."""

import re
import subprocess

import pytest

from tests.cli.conftest import PERSON, code_of

WIFE = {"place": "member", "name": "見本　花子", "birth_date": "1985-05-05", "sex": "2"}
SON = {"place": "member", "name": "見本　小太郎", "birth_date": "2016-05-05", "sex": "1"}


def text_of(folder):
    texts = [
        subprocess.run(["pdftotext", path, "-"], capture_output=True, encoding="utf-8", check=True).stdout
        for path in sorted(folder.glob("**/*.pdf"))
    ]
    return re.sub(r"\s", "", "".join(texts))


def fill(kakanai, written, tmp_path, forms, answers):
    files = ["--person", written("p.json", PERSON), "--answers", written("a.json", answers)]
    return kakanai("fill", "--forms", forms, *files, "--out", tmp_path / "o", "--json")


def test_a_household_is_told_once_for_all_forms(kakanai, written, tmp_path):
    answers = {
        "people": [WIFE, SON],
        "move.kind": "move_in",
        "claimant.is_visitor": "yes",
        "member": [{"key": "c1", "kana": "ミホン　ハナコ"}, {"key": "c2", "kana": "ミホン　コタロウ"}],
        "child": [{"key": "c2", "living": "together"}],
    }
    status, out, _ = fill(kakanai, written, tmp_path, "F07,F13", answers)
    assert status == 0, out
    text = text_of(tmp_path / "o")
    # Once on each form, and the child's reading too.
    assert text.count("見本花子") >= 1
    assert text.count("見本小太郎") == 2
    assert text.count("ミホンコタロウ") == 2


def test_a_protected_address_is_on_no_paper(kakanai, written, tmp_path):
    status, out, _ = fill(kakanai, written, tmp_path, "F01", {"protected": True})
    assert status == 0, out
    assert re.sub(r"\s", "", PERSON["address"]) not in text_of(tmp_path / "o")
    assert "protected" in out


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ({"people": [{"place": "nowhere", "name": "見本　花子"}]}, "R-030"),
        ({"people": [{"name": "見本　花子"}]}, "I-040"),
        ({"people": {"place": "member"}}, "I-040"),
        ({"people": [{"place": "member", "name": ""}]}, "I-052"),
        ({"protected": "yes"}, "I-040"),
    ],
)
def test_people_that_cannot_be_taken_are_refused_without_a_name(kakanai, written, tmp_path, answers, code):
    status, out, err = fill(kakanai, written, tmp_path, "F07", answers)
    assert (status != 0, code_of(out)) == (True, code)
    assert "花子" not in out + err
