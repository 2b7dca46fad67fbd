"""What the town decides reaches the forms: addressees, fees, sections, reasons of exemption."""

import dataclasses
from pathlib import Path

import pytest

from kakanai.app.offices import renew_office
from kakanai.counter import Counter
from kakanai.forms.samples import sample_facts
from kakanai.forms.template import QrBox
from kakanai.reception.errors import AnswerFormatError
from kakanai.reception.facts import Facts
from kakanai.reception.variables import Source
from kakanai.settings import Paths, load_town
from kakanai.settings.town_file import shipped_tables
from kakanai.settings.town_rules import MAX_FEE_YEN
from tests.office import SHELF, make_counter

TOWN = """
[town]
name = "架空市"
mayor_title = "架空市長"
[fees]
dog_registration = 2999
[section_places]
school = "3階"
[section_phones]
school = "0157-00-0009"
[fee_exemptions]
reasons = ["罹災", "議会が認めたとき"]
[counter]
counter_name = "教育1"
[counters]
"教育1" = "school"
"""

SECTION = ("section.name", "section.place", "section.phone", "section.contact")


@pytest.fixture
def counter(tmp_path: Path) -> Counter:
    (tmp_path / "town.toml").write_text(TOWN, encoding="utf-8")
    made = make_counter(tmp_path)
    made.office.log.close()
    return made


def test_every_fee_and_addressee_is_a_variable_and_a_fact(counter: Counter) -> None:
    names = {f"fee.{key}" for key in shipped_tables()["fees"]}
    names |= {f"addressee.{key}" for key in shipped_tables()["addressees"]}
    variables = counter.office.variables.variables
    known = {n for n in variables if n.split(".")[0] in {"fee", "addressee"}} - {"fee.exemption"}
    assert known == names
    told = counter._office_facts()
    assert names <= set(told)
    assert told["fee.dog_registration"] == 2999
    assert told["addressee.school_board"] == "架空市教育委員会　様"
    assert told["town.addressee"] == "架空市長　様"
    assert (told["counter.name"], told["counter.section"]) == ("教育1", "教育委員会")


def test_an_office_is_renewed_with_its_own_log_and_its_own_way_with_cards(
    counter: Counter, tmp_path: Path
) -> None:
    before = counter.office
    changed = '[my_number]\nforms = ["F16"]\n[paper]\nqr = false\n[counter]\nverify_cards = false\n'
    (tmp_path / "town.toml").write_text(changed, encoding="utf-8")
    after = renew_office(Paths(tmp_path), before, load_town(Paths(tmp_path)), SHELF)
    assert after.forms.by_id("F16").carries_my_number
    assert not before.forms.by_id("F16").carries_my_number
    assert after.town.name == "見本町"
    assert after.town.verifies_cards is True
    assert after.log is before.log
    page = after.filler.fill(after.forms.by_id("F05"), "R8-1121-0001", Facts(), {}).pages[0]
    assert not any(isinstance(element, QrBox) for element in page.elements)


def test_the_reasons_of_exemption_are_the_towns(counter: Counter) -> None:
    variable = counter.office.variables.variables["fee.exemption"]
    assert [choice.label for choice in variable.choices] == ["罹災", "議会が認めたとき"]
    assert variable.sample == "罹災"
    catalog = counter.office.variables
    without = catalog.with_choices("fee.exemption", ()).variables["fee.exemption"]
    assert (without.choices, without.source, without.sample) == ((), Source.CLERK, "")


def test_only_a_reason_that_the_town_names_can_be_given(tmp_path: Path) -> None:
    (tmp_path / "town.toml").write_text(TOWN, encoding="utf-8")
    counter = make_counter(tmp_path)
    try:
        case = counter.open_case()
        counter.choose(case, counter.procedures_for_forms(["F05"]), ["F05"])
        asked = {q.variable.id for group in counter.questions(case) for q in group.questions}
        assert "fee.exemption" in asked
        counter.answer(case, {"fee.exemption": "罹災"}, strict=True)
        assert counter.facts(case).values["fee.exemption"] == "罹災"
        with pytest.raises(AnswerFormatError):
            counter.answer(case, {"fee.exemption": "公用"}, strict=True)
    finally:
        counter.office.log.close()


def test_a_town_that_exempts_nobody_is_not_asked_why(tmp_path: Path) -> None:
    (tmp_path / "town.toml").write_text("[fee_exemptions]\nreasons = []\n", encoding="utf-8")
    counter = make_counter(tmp_path)
    try:
        case = counter.open_case()
        counter.choose(case, counter.procedures_for_forms(["F05"]), ["F05"])
        asked = {q.variable.id for group in counter.questions(case) for q in group.questions}
        assert "fee.exemption" not in asked
        assert counter.fill(case)[0].stopping == ()
    finally:
        counter.office.log.close()


def test_the_section_of_each_form_is_told_in_its_boxes(counter: Counter) -> None:
    office = counter.office
    template = office.forms.by_id("F31")  # of the section `school`
    page = template.pages[0]
    box = next(e for e in page.elements if getattr(e, "variable", "") == "form.mark")
    box = dataclasses.replace(box, box=dataclasses.replace(box.box, w=140.0))
    own = dataclasses.replace(
        template,
        pages=(
            dataclasses.replace(page, elements=tuple(dataclasses.replace(box, variable=v) for v in SECTION)),
        ),
    )
    placed = office.filler.fill(own, "R8-1121-0001", Facts(), {}).pages[0].placed
    assert {p.field: "".join(p.lines) for p in placed} == {
        "section.name": "教育委員会",
        "section.place": "3階",
        "section.phone": "0157-00-0009",
        "section.contact": "教育委員会（3階）　電話 0157-00-0009",
    }


def test_the_longest_settings_fit_every_form(tmp_path: Path) -> None:
    """What the rules let a town write must never stop a form from being printed."""
    tables = shipped_tables()
    lines = ["[addressees]", *(f'{key} = "{"見本県架空郡" * 5}"' for key in tables["addressees"])]
    lines += ["[sections]", *(f'{key} = "{"福祉保険年金" * 3}"' for key in tables["sections"])]
    lines += ["[fees]", *(f"{key} = {MAX_FEE_YEN}" for key in tables["fees"])]
    lines += ["[fee_exemptions]", f'reasons = ["{"議会が認めたとき" * 2}など"]']
    (tmp_path / "town.toml").write_text("\n".join(lines), encoding="utf-8")
    counter = make_counter(tmp_path)
    office = counter.office
    office.log.close()
    facts, numbers = sample_facts(office.variables)
    facts.values |= counter._office_facts()
    stopped = [
        (template.id, finding.field)
        for template in office.forms.templates.values()
        for finding in office.filler.fill(template, "R8-1121-0001", facts, numbers).stopping
        if finding.field.split(".")[0] in {"town", "addressee", "section", "fee"}
    ]
    assert stopped == []
