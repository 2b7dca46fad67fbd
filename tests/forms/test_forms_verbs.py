"""`kakanai forms list | check | proof` from end to end, with a town's own form over ours."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kakanai.app.entry import run
from tests.forms.conftest import FORMS, HEAD

Verb = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KAKANAI_HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    return tmp_path / "home"


@pytest.fixture
def forms(home: Path, capsys: pytest.CaptureFixture[str]) -> Verb:
    def verb(*arguments: object) -> tuple[int, dict[str, Any]]:
        status = run(["forms", *map(str, arguments), "--json"])
        return status, json.loads(capsys.readouterr().out)

    return verb


def own_form(home: Path, form: str, old: str, new: str) -> Path:
    folder = home / "forms" / form
    shutil.copytree(FORMS / form, folder)
    path = folder / "form.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


def test_the_list_says_what_a_form_is_and_where_it_comes_from(forms: Verb, home: Path) -> None:
    own_form(home, "F05", 'version: "2026.11"', 'version: "2027.1"')
    status, told = forms("list")
    by_id = {form["form"]: form for form in told["forms"]}
    assert status == 0
    ours, own = by_id["F09"], by_id["F05"]
    assert (own["source"], own["version"]) == ("town", "2027.1")
    assert [(o["source"], o["version"]) for o in own["overrides"]] == [("shipped", "2026.11")]
    assert (ours["source"], ours["overrides"]) == ("shipped", [])
    assert (ours["my_number"], ours["carries_my_number"], ours["fee"]) == ("by-law", True, [])
    assert own["fee"] == ["seal_certificate"]
    assert ours["deadlines"] == ["資格を得た日・失った日から14日以内", "変わった日から14日以内"]


def test_the_list_for_people_shows_the_precedence(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own_form(home, "F05", 'version: "2026.11"', 'version: "2027.1"')
    assert run(["forms", "list"]) == 0
    out = capsys.readouterr().out
    assert "付属の第2026.11版に優先" in out
    assert "団体  印鑑登録証明書交付申請書" in out


def test_check_tries_an_ordinance_form_with_and_without_the_number(forms: Verb, tmp_path: Path) -> None:
    folder = tmp_path / "mine" / "F16"
    folder.mkdir(parents=True)
    text = HEAD.replace("T01", "F16").replace("my_number: never", "my_number: by-ordinance")

    def problems(block: str) -> list[str]:
        (folder / "form.yaml").write_text(text + block, encoding="utf-8")
        return [p["problem"].split(": ", 1)[1] for p in forms("check", folder)[1]["problems"]]

    assert "個人番号の欄(my_number)がありません" in problems("")[0]
    assert problems("      - {if: my_number, height: 8, width: 80, my_number: visitor}\n") == []
    assert "if: my_number" in problems("      - {height: 8, width: 80, my_number: visitor}\n")[0]
    # Too high for the page with the box alone.
    high = "      - {if: my_number, height: 180, width: 80, my_number: visitor}\n"
    assert "はみ出します" in problems(high)[0]


def test_the_towns_ordinance_gives_a_form_its_box(forms: Verb, home: Path) -> None:
    path = own_form(home, "F05", "id: F05", "id: F35")
    path.parent.rename(home / "forms" / "F35")
    path = home / "forms" / "F35" / "form.yaml"
    text = path.read_text(encoding="utf-8").replace("my_number: never", "my_number: by-ordinance")
    text += "  - if: my_number\n    blocks:\n      - {height: 6, field: form.mark}\n"
    text += "      - {height: 8, width: 80, my_number: visitor}\n      - use: page_marks\n"
    path.write_text(text, encoding="utf-8")
    assert {f["form"]: f["carries_my_number"] for f in forms("list")[1]["forms"]}["F35"] is False
    (home / "town.toml").write_text('[my_number]\nforms = ["F35"]\n', encoding="utf-8")
    found = {f["form"]: f for f in forms("list")[1]["forms"]}
    assert found["F35"]["carries_my_number"] is True
    assert found["F35"]["pages"] == 2
    assert found["F01"]["carries_my_number"] is False
    assert forms("check", path)[1]["problems"] == []


def test_a_proof_is_a_pdf_that_never_overwrites(forms: Verb, home: Path, tmp_path: Path) -> None:
    out = tmp_path / "F09.pdf"
    status, told = forms("proof", "F09", "--out", out)
    assert status == 0
    info = subprocess.run(["pdfinfo", out], check=True, capture_output=True, text=True).stdout
    assert f"Pages:           {told['pages']}" in info
    assert {f["part"] for f in told["findings"]} <= {"空欄", "見本の値", "いちばん長い値"}
    before = out.read_bytes()
    status, told = forms("proof", "F09", "--out", out)
    assert (status, told["error"]["code"]) == (2, "U-014")
    assert out.read_bytes() == before


def test_a_proof_of_a_form_nobody_has(forms: Verb, tmp_path: Path) -> None:
    status, told = forms("proof", "F99", "--out", tmp_path / "x.pdf")
    assert (status, told["error"]["code"]) == (2, "F-011")
    assert not (tmp_path / "x.pdf").exists()


def test_a_locked_pdf_is_told_by_check(forms: Verb, home: Path) -> None:
    path = own_form(home, "F05", "my_number: never\n", "my_number: never\nbackground: background.pdf\n")
    (path.parent / "background.pdf").write_bytes(b"%PDF-1.4 broken")
    status, told = forms("check", path)
    assert status == 10
    problem = told["problems"][0]
    assert problem["code"] == "F-010"
    assert "壊れているか" in problem["problem"]
    assert path.read_text(encoding="utf-8").splitlines()[problem["line"] - 1] == "background: background.pdf"


def test_check_takes_the_id_of_a_form(forms: Verb, home: Path) -> None:
    own_form(home, "F05", 'version: "2026.11"', 'version: "2027.1"')
    status, told = forms("check", "F05")
    assert (status, told["checked"]) == (0, 2)  # the town's own and ours
    assert forms("check", "F13")[1]["checked"] == 1
    assert run(["forms", "check", "F99"]) == 2
