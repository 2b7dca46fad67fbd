"""△ forms: 個人番号 boxes stand only where the town's 条例 says so, and the form closes up without them."""

import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest

from kakanai.datafile import DataFileError
from kakanai.forms.catalog import load_form
from kakanai.forms.template import FormTemplate, MyNumberBox
from kakanai.reception.facts import Facts, my_number_roles
from tests.forms.conftest import FORMS, HEAD, Press

FORM = (
    HEAD.replace("T01", "F16").replace("my_number: never", "my_number: by-ordinance")
    + """\
      - table:
          rows:
            - height: 20
              cells:
                - rows:
                    - {height: 8, cells: [{field: visitor.name}]}
                    - if: my_number
                      height: 12
                      cells: [{w: 20, label: 個人番号}, {my_number: visitor}]
      - {if: no_my_number, height: 4, note: 個人番号は書きません。}
      - {if: my_number, height: 4, note: 個人番号を書きます。}
"""
)


@pytest.fixture
def load(tmp_path: Path, press: Press) -> Callable[..., FormTemplate]:
    def loaded(text: str, *forms: str) -> FormTemplate:
        (tmp_path / "F16").mkdir(exist_ok=True)
        path = tmp_path / "F16" / "form.yaml"
        path.write_text(text, encoding="utf-8")
        register = dataclasses.replace(press.register, by_ordinance=frozenset(forms))
        return load_form(path, (tmp_path, FORMS), press.variables, register)

    return loaded


def words(template: FormTemplate) -> str:
    return "".join(getattr(e, "text", "") for e in template.pages[0].elements)


def test_with_and_without(load: Callable[..., FormTemplate]) -> None:
    without, with_number = load(FORM), load(FORM, "F16")
    assert (without.carries_my_number, with_number.carries_my_number) == (False, True)
    assert "個人番号を書きます" in words(with_number)
    assert "個人番号は書きません" not in words(with_number)
    assert "個人番号は書きません" in words(without)


def test_the_form_closes_up(load: Callable[..., FormTemplate]) -> None:
    def note_top(template: FormTemplate) -> float:
        return next(
            e.box.y
            for e in template.pages[0].elements
            if getattr(e, "text", "").startswith("個人番号") and getattr(e, "text", "").endswith("。")
        )

    assert note_top(load(FORM, "F16")) - note_top(load(FORM)) == pytest.approx(12)


def test_a_box_that_would_always_stand_is_refused(load: Callable[..., FormTemplate]) -> None:
    with pytest.raises(DataFileError) as caught:
        load(
            FORM.replace(
                "                    - if: my_number\n                      height",
                "                    - height",
            )
        )
    assert "if: my_number" in str(caught.value.details["problem"])


def test_a_form_that_never_has_the_box_is_refused(load: Callable[..., FormTemplate]) -> None:
    with pytest.raises(DataFileError):
        load(FORM.replace("{my_number: visitor}", "{field: visitor.kana}"), "F16")


def test_a_town_cannot_give_the_number_to_any_form(load: Callable[..., FormTemplate], press: Press) -> None:
    register = dataclasses.replace(press.register, by_ordinance=frozenset({"F01"}))
    template = load_form(FORMS / "F01" / "form.yaml", (FORMS,), press.variables, register)
    assert not template.carries_my_number
    assert not register.numberless("F01")


@pytest.mark.parametrize("role", ["hand", "subject", "householder", "visitor"])
def test_whose_number(load: Callable[..., FormTemplate], role: str) -> None:
    template = load(FORM.replace("my_number: visitor}", f"my_number: {role}}}"), "F16")
    assert {e.role for e in template.pages[0].elements if isinstance(e, MyNumberBox)} == {role}


def test_somebody_nobody_asks_about_has_no_number(load: Callable[..., FormTemplate]) -> None:
    with pytest.raises(DataFileError) as caught:
        load(FORM.replace("my_number: visitor}", "my_number: neighbour}"), "F16")
    assert "neighbour" in str(caught.value.details["problem"])


def test_the_visitors_number_reaches_whoever_the_visitor_is() -> None:
    facts = Facts(values={"guardian.is_visitor": "yes", "householder.is_visitor": "no"})
    assert my_number_roles(facts) == {"visitor", "guardian"}
    assert my_number_roles(Facts(values={"subject.relation": "self"})) == {"visitor", "subject"}
    assert my_number_roles(Facts(values={"subject.relation": "agent"})) == {"visitor"}


def test_a_copy_has_no_cells_for_a_number_that_the_form_never_bears(
    written: Callable[..., FormTemplate],
) -> None:
    text = (
        HEAD.replace("margin:", "copy: yes\nmargin:") + "      - {if: copy, height: 8, my_number: visitor}\n"
    )
    with pytest.raises(DataFileError) as caught:
        written(text)
    assert "個人番号の欄を置けません" in str(caught.value.details["problem"])
