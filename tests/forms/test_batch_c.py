"""F11, F12, F19–F24: one answer on every form, nobody dropped, no number where none may be."""

import re
from collections.abc import Mapping

import pytest

from kakanai.forms.filled import FilledForm, PlacedDigits
from kakanai.forms.longest_values import longest_facts
from kakanai.forms.samples import sample_facts
from kakanai.forms.template import ChoiceMark, Element, FormTemplate, MyNumberBox, SignatureBox
from tests.forms.case_papers import DIGITS, VISITOR, fill, placed, sheets, with_ordinance
from tests.forms.conftest import CASE_NUMBER, Press

ROLES = {
    "F11": "pension",
    "F12": "pension",
    "F19": "elder",
    "F20": "elder",
    "F21": "elder",
    "F22": "elder",
    "F23": "elder",
    "F24": "handbook",
}
BY_LAW = ("F11", "F12", "F19", "F20", "F21")
BY_ORDINANCE = ("F22", "F23")
FORMS = tuple(ROLES)


def numbers_drawn(filled: FilledForm) -> int:
    return sum(isinstance(p, PlacedDigits) for page in filled.pages for p in page.placed)


def number_boxes(template: FormTemplate) -> set[str]:
    return {e.role for page in template.pages for e in page.elements if isinstance(e, MyNumberBox)}


@pytest.mark.parametrize("form", FORMS)
def test_samples_fit_and_can_be_read_back(press: Press, form: str) -> None:
    facts, numbers = sample_facts(press.variables, people=3)
    filled = press.filler.fill(press.shipped(form), CASE_NUMBER, facts, numbers)
    assert filled.stopping == ()
    text = sheets(press, filled)
    assert len(text) == len(filled.pages)
    assert all(CASE_NUMBER in page for page in text)
    assert "令和8年11月21日" in text[0]
    assert "見本次郎" in text[0]


@pytest.mark.parametrize("form", ["F19", "F20", "F21", "F22", "F23", "F24"])
def test_the_longest_lawful_values_have_room(press: Press, form: str) -> None:
    towns = [press.shipped(form)] + ([with_ordinance(press, form)] if form in BY_ORDINANCE else [])
    for template in towns:
        filled = press.filler.fill(template, CASE_NUMBER, *longest_facts(press.variables, template))
        assert filled.stopping == ()


@pytest.mark.parametrize("form", FORMS)
def test_every_option_has_its_square_and_somebody_signs(press: Press, form: str) -> None:
    elements: list[Element] = [e for page in press.shipped(form).pages for e in page.elements]
    marks = {(e.variable, e.option) for e in elements if isinstance(e, ChoiceMark)}
    chosen = {name for name, _ in marks if press.variables.variables[name].choices}
    assert chosen
    for name in chosen:
        options = {choice.id for choice in press.variables.variables[name].choices}
        assert {(name, option) for option in options} <= marks, name
    lines = [e.box for e in elements if isinstance(e, SignatureBox)]
    assert lines
    assert all(box.w >= 60 and box.h >= 12 for box in lines)


@pytest.mark.parametrize(("form", "role"), ROLES.items())
def test_only_an_appointed_agent_gets_the_sheet_where_the_person_signs(
    press: Press, form: str, role: str
) -> None:
    template = press.shipped(form)
    own = fill(press, template, {f"{role}.is_visitor": "yes", "handbook.kinds": ["body"]})
    assert VISITOR in placed(own, f"{role}.name")
    agent = {
        f"{role}.is_visitor": "no",
        f"{role}.relation": "appointed",
        f"{role}.name": "例示　二郎",
        "handbook.kinds": ["body"],
    }
    other = fill(press, template, agent)
    assert len(other.pages) == len(own.pages) + 1
    assert set(placed(other, f"{role}.name")) == {"例示　二郎"}
    last = sheets(press, other)[-1]
    assert re.search("わたしは、.+を代理人", last)
    assert "委任した人の署名（自署）" in last
    assert "例示二郎" in last
    assert "見本太郎" in last
    family = fill(press, template, {**agent, f"{role}.relation": "family"})
    assert len(family.pages) == len(own.pages)


@pytest.mark.parametrize("form", BY_LAW)
def test_the_number_stands_only_when_its_owner_came(press: Press, form: str) -> None:
    template, role = press.shipped(form), ROLES[form]
    own = fill(press, template, {f"{role}.is_visitor": "yes"})
    assert numbers_drawn(own) == 1
    assert DIGITS in "".join(sheets(press, own))
    other = fill(press, template, {f"{role}.is_visitor": "no", f"{role}.name": "例示　二郎"})
    assert numbers_drawn(other) == 0
    assert DIGITS not in "".join(sheets(press, other))


@pytest.mark.parametrize("form", BY_ORDINANCE)
def test_the_ordinance_decides_about_the_number(press: Press, form: str) -> None:
    answers: Mapping[str, object] = {"elder.is_visitor": "yes"}
    assert number_boxes(press.shipped(form)) == set()
    without = "".join(sheets(press, fill(press, press.shipped(form), answers)))
    assert DIGITS not in without
    assert "番号確認" not in without
    town = with_ordinance(press, form)
    assert number_boxes(town) == {"elder"}
    text = "".join(sheets(press, fill(press, town, answers)))
    assert DIGITS in text
    assert "番号確認" in text


@pytest.mark.parametrize(
    ("kinds", "shown"),
    [(["ryoiku"], False), (["body"], True), (["mental"], True), (["ryoiku", "body"], True)],
)
def test_ryoiku_techo_alone_takes_no_number(press: Press, kinds: list[str], shown: bool) -> None:
    filled = fill(press, press.shipped("F24"), {"handbook.is_visitor": "yes", "handbook.kinds": kinds})
    text = "".join(sheets(press, filled))
    assert (DIGITS in text) is shown
    assert ("個人番号の記入紙" in text) is shown
    assert len(filled.pages) == 1 + shown


def test_householder_and_person_of_a_pension_may_both_be_the_visitor(press: Press) -> None:
    both = {"pension.is_visitor": "yes", "householder.is_visitor": "yes", "pension_spouse.status": "no"}
    filled = fill(press, press.shipped("F12"), both)
    assert numbers_drawn(filled) == 2
    assert placed(filled, "householder.name") == [VISITOR]
    assert placed(filled, "pension_spouse.name") == []


@pytest.mark.parametrize(("count", "pages"), [(0, 2), (2, 2), (3, 3), (14, 3), (15, 4)])
def test_every_stay_has_a_row(press: Press, count: int, pages: int) -> None:
    stays = [
        {"kind": "hospital", "name": f"架空第{i}病院", "from": "2026-07-01"} for i in range(1, count + 1)
    ]
    filled = fill(press, press.shipped("F19"), {"elder.is_visitor": "yes", "stay": stays})
    assert placed(filled, "stay.name") == [stay["name"] for stay in stays]
    assert len(filled.pages) == pages
    text = "".join(sheets(press, filled))
    assert [text.count(f"架空第{i}病院") for i in range(1, count + 1)] == [1] * count


@pytest.mark.parametrize("form", ["F19", "F20", "F21", "F22", "F23"])
def test_the_insured_is_asked_once_and_stands_on_every_form(press: Press, form: str) -> None:
    answers: Mapping[str, object] = {
        "elder.is_visitor": "no",
        "elder.relation": "family",
        "elder.relationship": "長女",
        "elder.name": "例示　二郎",
        "elder.birth_date": "1940-03-03",
        "elder.address": "見本町例示九丁目９番",
    }
    text = sheets(press, fill(press, press.shipped(form), answers))
    assert "例示二郎" in text[0]
    assert "見本町例示九丁目９番" in text[0]
    assert any("長女" in page and "見本太郎" in page for page in text)


@pytest.mark.parametrize("form", ["F21", "F22", "F23"])
def test_late_elder_forms_go_to_the_union_through_the_town(press: Press, form: str) -> None:
    first = sheets(press, fill(press, press.shipped(form), {"elder.is_visitor": "yes"}))[0]
    assert "見本県後期高齢者医療広域連合長様" in first
    assert "見本町長様" in first


def test_the_new_mailing_address_stands_beside_the_registered_one(press: Press) -> None:
    answers: Mapping[str, object] = {
        "elder.is_visitor": "yes",
        "mail.kind": "change",
        "mail.postal": "366-0000",
        "mail.address": "埼玉県深谷市例示一丁目１番",
        "mail.name": "例示　花子",
        "mail.old_address": "見本町例示九丁目９番",
    }
    filled = fill(press, press.shipped("F23"), answers)
    assert placed(filled, "mail.address") == ["埼玉県深谷市例示一丁目１番"]
    assert placed(filled, "mail.old_address") == ["見本町例示九丁目９番"]
    assert placed(filled, "elder.address") == ["北海道北見市架空町１丁目２番３号"]
