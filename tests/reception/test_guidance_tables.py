"""The decision table of every event: as it was reviewed, and each row as the rules decide."""

import csv
import io
import itertools

import pytest

from kakanai.reception.decision_table import options_without_rule, table_csv
from kakanai.reception.fact_table import Facts
from kakanai.reception.guidance import fired_rules
from kakanai.reception.life_event import LifeEvent
from kakanai.reception.variables import ANSWERED
from tests.office import make_counter
from tests.tools.make_decision_tables import TABLES, tables

EVENTS = [
    "move_in", "move_within", "move_out", "birth", "marriage", "divorce", "death", "household", "rename",
    "card", "certificate",
]  # fmt: skip


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    counter = make_counter(tmp_path_factory.mktemp("home"))
    yield counter.office
    counter.office.log.close()


@pytest.fixture(scope="module")
def made():
    return tables()


def rows_of(data):
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def values_for(conditions, options):
    """Answers by which the conditions hold, each with one of its options."""
    return {
        condition.variable: "1" if option == ANSWERED else option
        for condition, option in zip(conditions, options, strict=True)
    }


def fires(office, guide, rule, values):
    return rule in [fired.rule for fired in fired_rules(guide.rules, office.variables, Facts(values=values))]


def test_every_event_of_a_life_has_guidance(office, made):
    assert [event.value for event in office.guidance.events] == EVENTS
    assert sorted(made) == sorted(f"{event}.csv" for event in EVENTS)
    assert set(EVENTS) <= {event.value for event in LifeEvent}


@pytest.mark.parametrize("event", EVENTS)
def test_the_table_is_the_reviewed_one(made, event):
    """After a change: `python -m tests.tools.make_decision_tables`, and look at the difference."""
    reviewed = (TABLES / f"{event}.csv").read_bytes()
    assert rows_of(made[f"{event}.csv"]) == rows_of(reviewed)


@pytest.mark.parametrize("event", EVENTS)
def test_each_row_decides_as_it_says(office, event):
    guide = office.guidance.event(event)
    for rule in guide.rules:
        for conditions in rule.when:
            for options in itertools.product(*(sorted(c.options) for c in conditions)):
                values = values_for(conditions, options)
                assert fires(office, guide, rule, values), (rule.id, values)
                for condition in conditions:
                    without = {name: v for name, v in values.items() if name != condition.variable}
                    others = [other for other in rule.when if other != conditions]
                    if not any(set(c.variable for c in other) <= set(without) for other in others):
                        assert not fires(office, guide, rule, without), (rule.id, without)


@pytest.mark.parametrize("event", EVENTS)
def test_another_option_does_not_bring_the_rule(office, event):
    guide = office.guidance.event(event)
    for rule in guide.rules:
        if len(rule.when) != 1:
            continue
        [conditions] = rule.when
        for condition in conditions:
            right = values_for(conditions, [sorted(c.options)[0] for c in conditions])
            for choice in office.variables.variables[condition.variable].choices:
                fired = fires(office, guide, rule, right | {condition.variable: choice.id})
                assert fired is (choice.id in condition.options), (rule.id, choice.id)


@pytest.mark.parametrize("event", EVENTS)
def test_what_brings_nothing_is_told(office, made, event):
    told = [row for row in rows_of(made[f"{event}.csv"]) if row[0] == "－"]
    assert len(told) == len(options_without_rule(office.guidance.event(event), office.variables))


def test_the_csv_opens_in_a_spreadsheet_and_holds_no_formula():
    data = table_csv([["質問", "=1+1"], ["+81", "@a"], ["-", "a=b"], ["\t=x", "二行\nめ"]])
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == 4
    assert rows_of(data) == [["質問", "'=1+1"], ["'+81", "'@a"], ["'-", "a=b"], ["'\t=x", "二行\nめ"]]
