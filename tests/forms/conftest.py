"""Fonts are loaded once for all tests of forms; templates are the shipped ones unless written in a test."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PIL import Image

from kakanai.forms.catalog import MyNumberRegister, load_form, load_my_number_register
from kakanai.forms.fill import Filler
from kakanai.forms.filled import FilledForm
from kakanai.forms.fonts import FontShelf
from kakanai.forms.render import Renderer
from kakanai.forms.samples import sample_facts
from kakanai.forms.template import FormTemplate
from kakanai.reception.variables import VariableCatalog
from kakanai.reception.variables_file import load_variables
from kakanai.resources import resource_root
from tests.forms.poppler import pictures

FORMS = resource_root() / "forms"
SHIPPED = sorted(path.parent.name for path in FORMS.glob("*/form.yaml"))
CASE_NUMBER = "R8-1121-0001"

HEAD = """\
id: T01
title: 試験用の様式
version: "2026.11"
valid_from: "2026-11-01"
section: resident
legal_basis: 試験のため
paper: A5
margin: [16, 10, 12, 10]
signature: hand
my_number: never
pages:
  - blocks:
      - height: 6
        field: form.mark
      - use: page_marks
"""
"""A whole form but for what a test adds; its text column is 120 mm wide."""


@dataclass(frozen=True)
class Press:
    """Everything between YAML and paper, put together once."""

    variables: VariableCatalog
    register: MyNumberRegister
    shelf: FontShelf
    _loaded: dict[str, FormTemplate] = field(default_factory=dict)

    @property
    def filler(self) -> Filler:
        return Filler(self.shelf, self.variables)

    @property
    def renderer(self) -> Renderer:
        return Renderer(self.shelf)

    def shipped(self, form: str) -> FormTemplate:
        if form not in self._loaded:
            path = FORMS / form / "form.yaml"
            self._loaded[form] = load_form(path, (FORMS,), self.variables, self.register)
        return self._loaded[form]

    def sample(self, form: str) -> FilledForm:
        facts, numbers = sample_facts(self.variables)
        return self.filler.fill(self.shipped(form), CASE_NUMBER, facts, numbers)


def make_press() -> Press:
    return Press(
        load_variables(resource_root() / "reception" / "variables.yaml"),
        load_my_number_register(FORMS / "my_number.yaml"),
        FontShelf(),
    )


@pytest.fixture(scope="session")
def press() -> Press:
    return make_press()


@dataclass(frozen=True)
class Paper:
    """The sample of a shipped form as it comes out: what was meant, the document, its pages at 200 dpi."""

    form: FilledForm
    pdf: bytes
    pages: list[Image.Image]


@pytest.fixture(scope="session", params=SHIPPED)
def paper(request: pytest.FixtureRequest, press: Press) -> Paper:
    """Each shipped form in turn, drawn and painted once for all tests that look at it."""
    form = press.sample(request.param)
    pdf = press.renderer.render(form)
    return Paper(form, pdf, pictures(pdf))


@pytest.fixture
def written(tmp_path: Path, press: Press) -> Callable[..., FormTemplate]:
    """Loads a form from its YAML text, as a town's folder that comes before the shipped one."""

    def load(text: str, *, form: str = "T01", shared: dict[str, str] | None = None) -> FormTemplate:
        folder = tmp_path / form
        folder.mkdir(exist_ok=True)
        (folder / "form.yaml").write_text(text, encoding="utf-8")
        (tmp_path / "shared").mkdir(exist_ok=True)
        for name, block in (shared or {}).items():
            (tmp_path / "shared" / f"{name}.yaml").write_text(block, encoding="utf-8")
        return load_form(folder / "form.yaml", (tmp_path, FORMS), press.variables, press.register)

    return load
