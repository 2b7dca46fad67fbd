"""`kakanai cases reprint`: the same paper once more, by the commands alone."""

import json

import pytest

from kakanai.cli.reprint_arguments import REASONS
from kakanai.counter.corrections import CorrectionReason

KEEPING = "[retention]\nfilled_forms_days = 1\n"


@pytest.fixture
def number(kakanai, home, tmp_path, person):
    """The number of a case that is over, printed into the folder `out`."""
    home.mkdir(exist_ok=True)
    (home / "town.toml").write_text(KEEPING, encoding="utf-8")
    out = tmp_path / "out"
    status, told, err = kakanai("fill", "--forms", "F05", "--person", person, "--out", out, "--json")
    assert status == 0, err
    return json.loads(told)["case_number"]


def test_every_reason_can_be_named():
    assert set(REASONS) == {reason.value for reason in CorrectionReason}


def test_the_same_bytes_come_out_and_the_log_knows(kakanai, home, tmp_path, number):
    again = tmp_path / "again"
    status, told, err = kakanai(
        "cases", "reprint", number, "--form", "F05", "--reason", "bad_print", "--out", str(again), "--json"
    )
    assert (status, err) == (0, "")
    [document] = json.loads(told)["documents"]
    assert document["form"] == "F05"
    name = f"{number}_F05.pdf"
    assert (again / name).read_bytes() == (tmp_path / "out" / name).read_bytes()
    status, lines, err = kakanai("log", "case", number, "--why", "work")
    assert status == 0, err
    assert "控えから、同じものを刷り直した" in lines
    assert "訂正の理由: 印刷不良" in lines
    _, lines, _ = kakanai("doctor")
    assert "刷った様式の控え 1 通、1 日だけ残す設定です" in lines
    status, _, err = kakanai(
        "cases", "reprint", number, "--form", "F01", "--reason", "other", "--out", str(again)
    )
    assert (status, "D-021" in err) == (8, True)
    (home / "town.toml").write_text("", encoding="utf-8")
    status, _, err = kakanai("cases", "reprint", number, "--reason", "other", "--out", str(again))
    assert (status, "D-022" in err) == (8, True)
    assert not list((home / "kept").glob("*.kept"))  # the town keeps nothing any more
