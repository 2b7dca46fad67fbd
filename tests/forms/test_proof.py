"""Proofs: every part is there, nothing personal is, the longest values are tried and what fails is told."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from kakanai.forms.fill import Filler
from kakanai.forms.filled import PlacedDigits, PlacedText
from kakanai.forms.longest_values import LONGEST_ADDRESS, LONGEST_NAME, longest_facts, longest_value
from kakanai.forms.proof import make_proof
from kakanai.forms.template import Caption, FormTemplate
from kakanai.reception.variables import ValueType
from tests.forms.conftest import FORMS, HEAD, Press

Load = Callable[..., FormTemplate]
SHIPPED = sorted(path.parent.name for path in FORMS.glob("*/form.yaml"))


@pytest.mark.parametrize("form", SHIPPED)
def test_a_proof_has_four_parts_and_names_every_box(press: Press, form: str) -> None:
    template = press.shipped(form)
    proof = make_proof(template, press.filler, press.variables)
    titles = [
        next(e.text for e in page.elements if isinstance(e, Caption) and e.text.startswith("校正刷"))
        for page in proof.form.pages
    ]
    assert [t.removeprefix("校正刷　")[:2] for t in dict.fromkeys(titles)] == ["空欄", "見本", "いち", "枠と"]
    words = {e.text for page in proof.form.pages for e in page.elements if isinstance(e, Caption)}
    named = {word.split("[")[0] for word in words}
    for name in template.variables():
        boxes = [
            e
            for page in template.pages
            for e in page.elements
            if getattr(e, "variable", "") == name and not hasattr(e, "option")
        ]
        if boxes:
            assert any(word == name or word.startswith(f"{name}.") for word in named), name


def test_the_blank_part_bears_no_value_but_the_towns_own(press: Press) -> None:
    proof = make_proof(press.shipped("F05"), press.filler, press.variables)
    fields = {p.field for p in proof.form.pages[0].placed if isinstance(p, PlacedText)}
    town = {field for field in fields if field.split(".")[0] in {"town", "addressee", "section", "fee"}}
    assert "town.addressee" in town
    assert fields - town <= {"form.mark", "page.number", "case.number", "today", "visitor.postal"}


def test_the_samples_fit_and_the_longest_values_are_told(press: Press, written: Load) -> None:
    narrow = written(HEAD + "      - {height: 8, width: 30, field: visitor.name, style: name}\n")
    findings = make_proof(narrow, press.filler, press.variables).findings
    assert not [f for part, f in findings if part == "見本の値" and f.stops]
    assert [f.field for part, f in findings if part == "いちばん長い値" and f.stops] == ["visitor.name"]


def test_the_longest_values_are_the_longest(press: Press) -> None:
    variables = press.variables.variables
    assert longest_value(variables["visitor.name"]) == LONGEST_NAME
    assert longest_value(variables["visitor.address"]) == LONGEST_ADDRESS
    assert longest_value(variables["member.resident_code"]) == "9" * 11
    assert longest_value(variables["purpose.kind"]) == tuple(c.id for c in variables["purpose.kind"].choices)
    for variable in variables.values():
        value = longest_value(variable)
        if variable.type is ValueType.TEXT and isinstance(value, str):
            assert len(value) <= variable.max_length


def test_one_person_more_than_the_page_takes(press: Press) -> None:
    template = press.shipped("F09")
    facts, numbers = longest_facts(press.variables, template)
    assert len(facts.rows["member"]) == template.pages[0].lists["member"] + 1
    form = Filler(press.shelf, press.variables).fill(template, "R8-0101-0001", facts, numbers)
    assert any(isinstance(p, PlacedDigits) for p in form.pages[0].placed)


def test_the_proof_can_be_drawn_and_its_words_read(press: Press, tmp_path: Path) -> None:
    proof = make_proof(press.shipped("F05"), press.filler, press.variables)
    file = tmp_path / "proof.pdf"
    file.write_bytes(press.renderer.render(proof.form, watermark="見本"))
    read = subprocess.run(["pdftotext", file, "-"], check=True, capture_output=True, text=True).stdout
    assert "visitor.name" in read
    assert re.search(r"校正刷.*枠と項目名", read)
