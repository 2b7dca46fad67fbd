"""A form asks only for boxes that its case can have filled."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kakanai.counter import Counter
from tests.office import make_counter, read_specimen


@pytest.fixture(scope="module")
def counter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counter]:
    home: Path = tmp_path_factory.mktemp("home")
    counter = make_counter(home)
    yield counter
    counter.office.log.close()


def asked(counter: Counter, procedure: str, answers: dict[str, object]) -> set[str]:
    case = counter.open_case()
    counter.identify_by_card(case, read_specimen("official-test"))
    counter.choose(case, [procedure])
    counter.answer(case, answers)
    return {q.variable.id for group in counter.questions(case) for q in group.questions}


@pytest.mark.parametrize(
    ("procedure", "without", "with_it", "question"),
    [
        ("mandate", {"mandate.consent": "no"}, {"mandate.consent": "yes"}, "householder.is_visitor"),
        (
            "child-allowance-end",
            {"child_benefit.notice": ["change"], "child_benefit.changed": ["address"]},
            {"child_benefit.notice": ["change"], "child_benefit.changed": ["account"]},
            "account.use",
        ),
        (
            "single-parent-allowance",
            {"single_parent.apply": ["allowance"]},
            {"single_parent.apply": ["allowance", "medical"]},
            "insurance_card.kind",
        ),
        (
            "late-elder-notice",
            {"late_elder.notice": "lose"},
            {"late_elder.notice": "acquire"},
            "insurance_card.kind",
        ),
    ],
)
def test_a_box_is_asked_only_where_it_can_be_wanted(
    counter: Counter, procedure: str, without: dict[str, object], with_it: dict[str, object], question: str
) -> None:
    assert question not in asked(counter, procedure, without)
    assert question in asked(counter, procedure, with_it)


@pytest.mark.parametrize(
    "relation", ["elder.relation", "pension.relation", "handbook.relation", "card.relation"]
)
def test_nobody_who_is_not_the_person_is_offered_to_be_the_person(counter: Counter, relation: str) -> None:
    variable = counter.office.variables.variables[relation]
    assert "self" in {choice.id for choice in variable.choices}
    assert "self" not in {choice.id for choice in variable.offered}
