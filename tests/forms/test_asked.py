"""Nothing a form needs is left unasked: what is copied from the visitor's answers, what pages hang on."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest

from kakanai.counter import Counter
from kakanai.reception.answers import Value
from kakanai.reception.case import Case
from kakanai.reception.facts import Facts, questions_for
from kakanai.reception.variables import Source
from tests.forms.conftest import SHIPPED, Press
from tests.office import make_counter, read_specimen

MOVE = {
    "move.kind": "move_in", "move.date": "2026-11-15", "move.new_address": "見本町架空９番",
    "move.new_postal": "099-0001", "visitor.postal": "090-0000", "visitor.kana": "ミホン　タロウ",
}  # fmt: skip
DAY = dt.date(2026, 11, 15)


@pytest.fixture(scope="module")
def counter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counter]:
    opened = make_counter(tmp_path_factory.mktemp("office"))
    yield opened
    opened.office.log.close()


def case_of(counter: Counter, forms: list[str], answers: dict[str, Any]) -> Case:
    case = counter.open_case()
    counter.identify_by_card(case, read_specimen("official-test"))
    counter.choose(case, counter.procedures_for_forms(forms), forms)
    counter.answer(case, answers)
    return case


def told_and_asked(
    counter: Counter, forms: list[str], answers: dict[str, Any]
) -> tuple[dict[str, Value], set[str]]:
    """The values of a case of the specimen card, and the questions that are still there."""
    case = case_of(counter, forms, answers)
    asked = {q.variable.id for group in counter.questions(case) for q in group.questions}
    return counter.facts(case).values, asked


@pytest.mark.parametrize("form", SHIPPED)
def test_what_a_form_copies_from_the_visitors_answers_is_asked(
    counter: Counter, press: Press, form: str
) -> None:
    variables = press.variables.variables
    roles = {name for name in variables if name.endswith(".is_visitor")}
    _, asked = told_and_asked(counter, [form], dict.fromkeys(roles, "yes"))
    copied = {
        variables[name].copies.replace("visitor.home_postal", "visitor.postal")
        for name in press.shipped(form).variables()
    }
    assert copied & {"visitor.kana", "visitor.postal", "visitor.phone"} <= asked


@pytest.mark.parametrize("form", SHIPPED)
def test_what_a_page_hangs_on_can_be_asked(counter: Counter, press: Press, form: str) -> None:
    template, variables = press.shipped(form), press.variables.variables
    case = case_of(counter, [form], {})
    reached = {name: [form] for name in template.variables()}
    for name in {condition.variable for page in template.pages for condition in page.when}:
        assert variables[name].source is Source.ASKED
        before = {other.variable: next(iter(other.options)) for other in variables[name].asked_when}
        groups = questions_for(press.variables, reached, case, Facts(values=dict(before)))
        assert name in {q.variable.id for group in groups for q in group.questions}


@pytest.mark.parametrize(
    ("forms", "answers", "told"),
    [
        (
            ["F07", "F21"],
            MOVE | {"elder.is_visitor": "yes", "late_elder.notice": "acquire", "late_elder.event": "move_in"},
            {"late_elder.date": DAY, "elder.postal": "099-0001", "elder.address": "見本町架空９番"},
        ),
        (
            ["F07", "F20"],
            MOVE
            | {"elder.is_visitor": "yes", "care_card.request": ["acquire"], "care_card.event": "move_in"},
            {"care_card.event_date": DAY},
        ),
        (
            ["F07", "F24"],
            MOVE
            | {
                "handbook.is_visitor": "yes",
                "handbook.changes": ["address"],
                "handbook.reason": "move_in",
            },
            {"handbook.date": DAY, "handbook.postal": "099-0001"},
        ),
        (
            ["F07", "F29"],
            MOVE | {"move.kind": "move_out", "water.kind": "stop"},
            {"water.other_address": "見本町架空９番", "water_user.postal": "090-0000"},
        ),
        (
            ["F13", "F16"],
            {
                "child_benefit.reason": "birth",
                "child_benefit.event_date": "2026-11-15",
                "medical_aid.reason": "birth",
            },
            {"medical_aid.event_date": DAY},
        ),
        (
            ["F14", "F16"],
            {
                "child_benefit.change_reason": "birth",
                "child_benefit.event_date": "2026-11-15",
                "medical_aid.reason": "birth",
            },
            {"medical_aid.event_date": DAY},
        ),
        (["F38"], {"householder.is_visitor": "yes"}, {"victim.household_relation": "head"}),
        (
            ["F19"],
            {
                "elder.is_visitor": "no",
                "elder.relationship": "長女",
                "care_survey.contact_from": "visitor",
                "visitor.phone": "0157-00-0000",
            },
            {"care_survey.contact_relation": "長女", "care_survey.contact_phone": "0157-00-0000"},
        ),
        (
            ["F24"],
            {
                "handbook.is_visitor": "no",
                "handbook.relationship": "母",
                "guardian.needed": "yes",
                "guardian.is_visitor": "yes",
            },
            {"guardian.relation": "母"},
        ),
        (
            ["F14", "F30"],
            {"debit.print": "yes", "visitor.kana": "ミホン　タロウ"},
            {"payer.kana": "ミホン　タロウ"},
        ),
    ],
)
def test_what_was_told_is_not_asked_again(
    counter: Counter, forms: list[str], answers: dict[str, Any], told: dict[str, Value]
) -> None:
    values, asked = told_and_asked(counter, forms, answers)
    assert {name: values.get(name) for name in told} == told
    assert asked.isdisjoint(told)


@pytest.mark.parametrize(
    ("form", "answers", "asked_there", "not_there"),
    [
        ("F21", {"elder.is_visitor": "yes", "late_elder.event": "move_in"}, "late_elder.date", "move.kind"),
        ("F16", {"medical_aid.reason": "birth"}, "medical_aid.event_date", "child_benefit.reason"),
        ("F30", {"debit.print": "yes"}, "payer.kana", "visitor.kana"),
        ("F22", {"elder.is_visitor": "yes"}, "late_elder.number", "late_elder.householder"),
    ],
)
def test_a_form_alone_asks_for_itself(
    counter: Counter, form: str, answers: dict[str, Any], asked_there: str, not_there: str
) -> None:
    _, asked = told_and_asked(counter, [form], answers)
    assert asked_there in asked
    assert not_there not in asked
