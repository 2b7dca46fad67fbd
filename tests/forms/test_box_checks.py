"""`forms check` beyond loading: no box over another, no print too small."""

from pathlib import Path

import pytest

from kakanai.datafile import DataFileError
from kakanai.forms.catalog import load_form
from tests.forms.conftest import FORMS, HEAD, Press


def told(press: Press, folder: Path, more: str) -> tuple[int, str]:
    (folder / "T01").mkdir(exist_ok=True)
    path = folder / "T01" / "form.yaml"
    path.write_text(HEAD + more, encoding="utf-8")
    load_form(path, (folder, FORMS), press.variables, press.register)  # loading alone does not mind
    try:
        load_form(path, (folder, FORMS), press.variables, press.register, thorough=True)
    except DataFileError as error:
        return int(error.details["line"]) - len(HEAD.splitlines()), str(error.details["problem"])
    return 0, ""


NAME = "      - {at: [20, 60], width: 60, height: 10, field: visitor.name, style: name}\n"


@pytest.mark.parametrize(
    "other",
    [
        "{at: [70, 65], width: 40, height: 8, field: visitor.kana}",
        "{at: [70, 65], width: 40, height: 12, sign: 署名}",
        "{at: [70, 65], width: 40, height: 12, clerk: 受付}",
        "{at: [70, 65], width: 60, height: 10, comb: visitor.phone, count: 11}",
    ],
)
def test_boxes_that_overlap_are_told_at_the_second(press: Press, tmp_path: Path, other: str) -> None:
    line, problem = told(press, tmp_path, f"{NAME}      - {other}\n")
    assert line == 2
    assert "枠が重なります" in problem


def test_boxes_that_touch_do_not_overlap(press: Press, tmp_path: Path) -> None:
    beside = "      - {at: [80, 60], width: 40, height: 10, field: visitor.kana}\n"
    below = "      - {at: [20, 70], width: 60, height: 12, sign: 署名}\n"
    assert told(press, tmp_path, NAME + beside + below) == (0, "")


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("{height: 6, note: 小さい字, size: 5}", "5pt(6pt 以上)"),
        ("{height: 6, field: visitor.name, style: name, min: 5}", "5pt(6.5pt 以上)"),
        ("{height: 6, field: visitor.address, style: address, min: 6}", "6pt(7pt 以上)"),
    ],
)
def test_small_print_is_told(press: Press, tmp_path: Path, cell: str, words: str) -> None:
    line, problem = told(press, tmp_path, f"      - {cell}\n")
    assert line == 1
    assert words in problem


@pytest.mark.parametrize("form", sorted(path.parent.name for path in FORMS.glob("*/form.yaml")))
def test_the_shipped_forms_keep_to_it(press: Press, form: str) -> None:
    path = FORMS / form / "form.yaml"
    assert load_form(path, (FORMS,), press.variables, press.register, thorough=True).id == form
