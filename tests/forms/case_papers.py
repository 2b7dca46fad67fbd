"""The papers of one case: what a visitor and some answers put on a form, and what poppler reads there."""

import datetime as dt
import re
from collections.abc import Mapping

from kakanai.forms.catalog import load_form
from kakanai.forms.filled import FilledForm, PlacedText
from kakanai.forms.my_number_register import MyNumberRegister
from kakanai.forms.template import FormTemplate
from kakanai.identity.birth_date import BirthDate
from kakanai.identity.evidence import Evidence
from kakanai.identity.my_number import MyNumber
from kakanai.identity.person import Person, Sex
from kakanai.reception.answers import parse_answers
from kakanai.reception.case import Case
from kakanai.reception.facts import Facts, gather_facts, my_numbers_of
from tests.forms.conftest import CASE_NUMBER, FORMS, Press
from tests.forms.poppler import text_of

DIGITS = "314159265352"
VISITOR = "見本　太郎"
OFFICE = {
    "today": "令和8年11月21日",
    "town.addressee": "見本町長　様",
    "addressee.wide_area_union": "見本県後期高齢者医療広域連合長　様",
}


def told(
    press: Press, answers: Mapping[str, object], birth_year: int = 1980
) -> tuple[Facts, dict[str, MyNumber]]:
    """What a visitor with a card and these answers brings: the facts, and the number by role."""
    case = Case(CASE_NUMBER)
    person = Person(VISITOR, "北海道北見市架空町１丁目２番３号", BirthDate(birth_year, 1, 15), Sex.MALE)
    read_at = dt.datetime(2026, 11, 21, tzinfo=dt.UTC)
    evidence = Evidence.of_card("mynumber", read_at, person, with_my_number=True)
    case.identify(person, evidence, MyNumber(DIGITS))
    case.answer(parse_answers(press.variables, dict(answers)))
    facts = gather_facts(press.variables, case, OFFICE)
    return facts, my_numbers_of(case, facts)


def fill(
    press: Press, template: FormTemplate, answers: Mapping[str, object], birth_year: int = 1980
) -> FilledForm:
    filled = press.filler.fill(template, CASE_NUMBER, *told(press, answers, birth_year))
    assert filled.stopping == ()
    return filled


def sheets(press: Press, filled: FilledForm) -> list[str]:
    """The text of each sheet as it can be read back from the PDF, without white space."""
    text = text_of(press.renderer.render(filled), "-raw")
    return [re.sub(r"\s", "", page) for page in text.split("\f")[:-1]]


def placed(filled: FilledForm, field: str) -> list[str]:
    """The words in the boxes whose field name begins so."""
    return [
        "".join(p.lines)
        for page in filled.pages
        for p in page.placed
        if isinstance(p, PlacedText) and p.field.startswith(field)
    ]


def with_ordinance(press: Press, form: str) -> FormTemplate:
    """The form in a town whose ordinance gives it 個人番号."""
    register = MyNumberRegister(press.register.rules, frozenset({form}))
    return load_form(FORMS / form / "form.yaml", (FORMS,), press.variables, register)
