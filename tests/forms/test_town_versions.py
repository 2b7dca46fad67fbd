"""A town's own versions of forms, shared blocks and variables: which counts, and since when."""

import datetime as dt
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kakanai.app.entry import run
from kakanai.app.offices import build_workshop
from kakanai.forms.catalog import FormCatalog, load_forms
from kakanai.settings import Paths
from tests.forms.conftest import FORMS

TODAY = dt.date(2026, 11, 21)
List = Callable[[], dict[str, Any]]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KAKANAI_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def listed(home: Path, capsys: pytest.CaptureFixture[str]) -> List:
    def forms_list() -> dict[str, Any]:
        status = run(["forms", "list", "--json"])
        told = json.loads(capsys.readouterr().out)
        assert status == 0, told
        return told

    return forms_list


def own_form(home: Path, form: str, **changes: str) -> Path:
    """A copy of a shipped form with other lines in its head."""
    folder = home / "forms" / form
    shutil.copytree(FORMS / form, folder)
    path = folder / "form.yaml"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    for key, value in changes.items():
        place = next(n for n, line in enumerate(lines) if line.startswith(f"{key}:"))
        lines[place] = f'{key}: "{value}"\n'
    path.write_text("".join(lines), encoding="utf-8")
    return path


def catalog_on(home: Path, day: dt.date) -> FormCatalog:
    workshop = build_workshop(Paths(home))
    return load_forms(workshop.form_folders, workshop.variables, workshop.register, on_demand=True, on=day)


def test_a_version_for_next_april_does_not_stand_in_before(home: Path) -> None:
    own_form(home, "F05", version="2027.04", valid_from="2027-04-01")
    versions = {
        day: catalog_on(home, day).by_id("F05", day).version
        for day in (TODAY, dt.date(2027, 3, 31), dt.date(2027, 4, 1))
    }
    assert list(versions.values()) == ["2026.11", "2026.11", "2027.04"]


def test_after_its_last_day_ours_counts_again(home: Path) -> None:
    path = own_form(home, "F05", version="2026.11t")
    text = path.read_text(encoding="utf-8")
    place = text.index("valid_from:")
    path.write_text(f'{text[:place]}valid_to: "2026-11-30"\n{text[place:]}', encoding="utf-8")
    assert catalog_on(home, TODAY).by_id("F05", TODAY).version == "2026.11t"
    december = dt.date(2026, 12, 1)
    assert catalog_on(home, december).by_id("F05", december).version == "2026.11"


def test_the_list_tells_the_version_in_use_and_the_one_to_come(
    home: Path, listed: List, capsys: pytest.CaptureFixture[str]
) -> None:
    own_form(home, "F05", version="2099.04", valid_from="2099-04-01")
    own_form(home, "F04", version="2026.11t", valid_from="2026-11-02")
    found = {form["form"]: form for form in listed()["forms"]}
    assert (found["F05"]["source"], found["F05"]["version"]) == ("shipped", "2026.11")
    assert [(o["version"], o["valid_from"]) for o in found["F05"]["overrides"]] == [("2099.04", "2099-04-01")]
    assert (found["F04"]["source"], found["F04"]["valid_from"]) == ("town", "2026-11-02")
    run(["forms", "list"])
    lines = capsys.readouterr().out
    assert "→ 2099-04-01 から団体の第2099.04版" in lines
    assert "↑ 付属の第2026.11版に優先" in lines


def test_a_towns_shared_block_and_variable_count_in_our_forms_and_are_listed(
    home: Path, listed: List, capsys: pytest.CaptureFixture[str]
) -> None:
    shared = home / "forms" / "shared"
    shared.mkdir(parents=True)
    ours = (FORMS / "shared" / "page_marks.yaml").read_text(encoding="utf-8")
    words = '- {note: "${note}", size: 6.5}'
    assert words in ours
    ours = ours.replace(words, "- {field: own.slogan, size: 6.5, min: 5}")
    (shared / "page_marks.yaml").write_text(ours, encoding="utf-8")
    variables = home / "forms" / "variables"
    variables.mkdir()
    (variables / "own.yaml").write_text(
        "variables:\n  own.slogan: {label: 標語, sample: 笑顔の町, source: derived, type: text}\n",
        encoding="utf-8",
    )
    using = [p.parent.name for p in FORMS.glob("*/form.yaml") if "use: page_marks" in p.read_text("utf-8")]
    assert using
    template = catalog_on(home, TODAY).by_id(using[0])
    assert "own.slogan" in template.variables()
    assert listed()["shared_blocks"] == {"page_marks": str(shared / "page_marks.yaml")}
    run(["forms", "list"])
    assert f"共通ブロック page_marks: 団体のもの（{shared / 'page_marks.yaml'}）を使います。" in (
        capsys.readouterr().out
    )
