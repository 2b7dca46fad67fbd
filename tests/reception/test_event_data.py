"""The data of the events: each rule can come about, each question leads on, deadlines fall right."""

import datetime as dt
import itertools

import pytest

from kakanai.identity.birth_date import BirthDate
from kakanai.identity.evidence import Evidence
from kakanai.identity.person import Person, Sex
from kakanai.reception.answers import parse_answers
from kakanai.reception.case import Case
from kakanai.reception.deadlines import last_day
from kakanai.reception.guidance_plan import Surroundings, facts_of, plan
from kakanai.reception.life_event import LifeEvent
from kakanai.reception.terms import Deadline
from kakanai.reception.variables import Source, ValueType
from tests.office import NOON, make_counter

TODAY = dt.date(2026, 11, 21)

LEADS_NOWHERE = {"none", "no", "same", "other"}
"""Options that say there is nothing to do."""

DEATH_ROWS = [f"{number:02}" for number in range(1, 21)]
"""The rows of the table of おくやみ手続 (forms.md 2.6, given)."""

BORN = {"75": "1945-01-01", "65": "1958-01-01", "65_74": "1958-01-01", "20_59": "1990-01-01"}
CHILD = {
    "allowance_child": "2020-05-05",
    "student_age": "2006-06-06",
    "school_child": "2017-05-05",
    "preschool": "2023-05-05",
}
STARTS = {
    ("guide.late", "yes"): "2026-10-01",
    ("guide.birth_late", "yes"): "2026-10-01",
    ("guide.date_future", "yes"): "2026-12-01",
    ("guide.month_end", "yes"): "2026-10-25",
    ("guide.fiscal_year_border", "yes"): "2026-04-05",
    ("guide.january_first", "no"): "2026-11-15",
}


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    counter = make_counter(tmp_path_factory.mktemp("home"))
    yield counter.office
    counter.office.log.close()


@pytest.fixture(scope="module")
def surroundings(office):
    return Surroundings(office.variables, office.procedures, {"today": TODAY}, TODAY)


def every_rule(office):
    return [(guide, rule) for guide in office.guidance.events.values() for rule in guide.rules]


def needed(catalog, conditions):
    """The conditions with those under which their questions are asked at all."""
    found = list(conditions)
    for condition in found:
        variable = catalog.variables[condition.variable]
        found += [one for one in variable.asked_when if one not in found]
    return found


def make_true(guide, condition, data):
    """Put into the answers what makes a derived condition hold."""
    name, option = condition.variable, sorted(condition.options)[-1]
    fact = name.removeprefix("guide.")
    if (name, option) in STARTS:
        data[guide.starts] = STARTS[name, option]
    elif name.startswith("guide.deceased_"):
        data["deceased.death_date"] = "2026-11-10"
        ages = {
            "deceased_75": "1940-01-01",
            "deceased_65": "1955-01-01",
            "deceased_child": "2015-01-01",
            "deceased_20_59": "1980-01-01",
        }
        data["deceased.birth_date"] = ages[fact] if option == "yes" else "1980-01-01"
    elif option == "yes" and fact not in {"cards", "visitor_under_15"}:
        born = (BORN | CHILD)[fact.removeprefix("age_")]
        data.setdefault("member", []).append({"name": "例示　一", "birth_date": born})


def answers_for(guide, catalog, conditions):
    data = {}
    for condition in needed(catalog, conditions):
        variable = catalog.variables[condition.variable]
        if variable.rule:
            make_true(guide, condition, data)
        elif variable.source is Source.ASKED:
            data[variable.id] = sorted(condition.options)[0]
    return data


def case_with(catalog, data, year=1980):
    case = Case("R8-1121-0001")
    born = BirthDate.from_date(dt.date(year, 1, 15))
    person = Person("例示　太郎", "北海道北見市架空町１丁目２番３号", born, Sex.MALE)
    case.identify(person, Evidence.of_hand(person, NOON))
    case.answer(parse_answers(catalog, data))
    return case


def test_every_event_of_the_brief_is_there(office):
    assert {LifeEvent(name) for name in office.guidance.events} == {
        LifeEvent.MOVE_IN, LifeEvent.MOVE_WITHIN, LifeEvent.MOVE_OUT, LifeEvent.BIRTH, LifeEvent.MARRIAGE,
        LifeEvent.DIVORCE, LifeEvent.DEATH, LifeEvent.HOUSEHOLD, LifeEvent.RENAME, LifeEvent.CARD,
        LifeEvent.CERTIFICATE,
    }  # fmt: skip


def test_every_rule_comes_about_by_answers_and_birth_dates(office, surroundings):
    catalog = office.variables
    silent = []
    for guide, rule in every_rule(office):
        for conditions in rule.when:
            data = answers_for(guide, catalog, conditions)
            is_young = any(one.variable == "guide.visitor_under_15" for one in conditions)
            case = case_with(catalog, data, 2015 if is_young else 1980)
            case.event = guide.id
            fired = {one.rule.id for one in plan(surroundings, case, guide).fired}
            if rule.id not in fired:
                silent.append(rule.id)
    assert silent == []


def test_nothing_comes_about_while_nobody_answered_but_what_everybody_needs(office, surroundings):
    for guide in office.guidance.events.values():
        case = Case("R8-1121-0001")
        case.event = guide.id
        # 個人番号カード is taken to be there until somebody says that it is not.
        always = {r.id for r in guide.rules if all(c.variable == "guide.cards" for c in r.when[0])}
        assert {one.rule.id for one in plan(surroundings, case, guide).fired} == always


def test_a_condition_is_on_something_that_the_event_asks_or_a_rule_derives(office):
    catalog, forms = office.variables, office.forms
    for guide in office.guidance.events.values():
        borne = set(guide.ask)
        for rule in guide.rules:
            for form in (f for name in rule.procedures for f in office.procedures.by_id(name).forms):
                borne |= set(forms.by_id(form).variables())
        told = borne | {name.split(".")[0] for name in borne}
        for rule in guide.rules:
            for condition in itertools.chain.from_iterable(rule.when):
                variable = catalog.variables[condition.variable]
                hung = {one.variable for name in borne if name in catalog.variables
                        for one in catalog.variables[name].asked_when}  # fmt: skip
                assert variable.rule or variable.id in told | hung, (rule.id, variable.id)


def test_every_guidance_question_is_asked_by_an_event_and_leads_somewhere(office):
    catalog = office.variables
    asked = {name for guide in office.guidance.events.values() for name in guide.ask}
    asked |= {guide.starts for guide in office.guidance.events.values()}
    used = {c for _, rule in every_rule(office) for conditions in rule.when for c in conditions}
    used |= {c for v in catalog.variables.values() for c in (*v.asked_when, *v.copies_when)}
    options = {(c.variable, option) for c in used for option in c.options}
    copied = {v.copies for v in catalog.variables.values()}
    for variable in catalog.variables.values():
        if not variable.id.startswith("guide."):
            continue
        if variable.source is Source.ASKED:
            assert variable.id in asked, variable.id
        for choice in variable.choices if variable.source is Source.ASKED else ():
            assert (variable.id, choice.id) in options or choice.id in LEADS_NOWHERE, (variable.id, choice.id)
        named = any(c.variable == variable.id for c in used) or variable.id in copied
        by_start = any(guide.starts == variable.id for guide in office.guidance.events.values())
        assert named or by_start or variable.id == "guide.people" or variable.rule, variable.id


def test_what_is_derived_is_used(office):
    used = {c.variable for _, rule in every_rule(office) for conditions in rule.when for c in conditions}
    used |= {c.variable for _, rule in every_rule(office) for c in rule.who}
    used |= {c.variable for v in office.variables.variables.values() for c in v.asked_when}
    unused = {v.id for v in office.variables.variables.values() if v.rule and v.id not in used}
    assert unused == set()


def test_every_procedure_has_a_section_and_a_legal_basis(office):
    for _, rule in every_rule(office):
        assert rule.legal, rule.id
        for procedure in map(office.procedures.by_id, rule.procedures):
            forms = [office.forms.by_id(form) for form in procedure.forms]
            assert procedure.section or rule.section or all(form.section for form in forms), procedure.id
            assert procedure.legal or all(form.legal_basis for form in forms), procedure.id
            assert forms or (procedure.section and procedure.legal), procedure.id


def test_the_reason_is_a_whole_sentence_to_read_aloud(office):
    for _, rule in every_rule(office):
        assert rule.why.endswith("。"), rule.id
        assert len(rule.why) <= 90, rule.id


def test_every_procedure_without_a_form_is_brought_by_a_rule(office):
    brought = {name for _, rule in every_rule(office) for name in rule.procedures}
    assert {p.id for p in office.procedures.procedures.values() if not p.forms} <= brought


@pytest.mark.parametrize("row", DEATH_ROWS)
def test_each_row_of_the_table_of_the_death_is_there(office, row):
    death = office.guidance.event("death")
    rules = [rule for rule in death.rules if rule.id.startswith(f"death.{row}-")]
    assert rules
    assert any(rule.procedures for rule in rules)


@pytest.mark.parametrize(
    ("row", "forms"),
    [
        ("01", {"F07"}), ("02", {"F04", "F27"}), ("03", {"F09"}), ("04", {"F35"}), ("05", {"F21"}),
        ("06", {"F20"}), ("07", {"F36"}), ("09", {"F13", "F15"}), ("10", {"F17"}), ("11", {"F24"}),
        ("12", {"F37"}), ("13", {"F32", "F33"}), ("14", {"F34"}), ("15", {"F29"}), ("17", {"F30"}),
        ("18", {"F01", "F02", "F03", "F06"}),
    ],
)  # fmt: skip
def test_the_rows_of_the_death_bring_their_forms(office, row, forms):
    rules = [r for r in office.guidance.event("death").rules if r.id.startswith(f"death.{row}-")]
    made = {form for r in rules for name in r.procedures for form in office.procedures.by_id(name).forms}
    assert made == forms


def excludes(catalog, first, second):
    """Whether two sets of conditions cannot hold together, by one single choice."""
    for one, other in itertools.product(needed(catalog, first), needed(catalog, second)):
        single = catalog.variables[one.variable].type is ValueType.CHOICE
        if one.variable == other.variable and single and not one.options & other.options:
            return True
    return False


def test_no_two_rules_of_an_event_settle_a_question_differently(office):
    catalog = office.variables
    settled = {}
    for guide, rule in every_rule(office):
        own = dict(rule.settles)
        for procedure in map(office.procedures.by_id, rule.procedures):
            own |= procedure.settles
        settled[rule.id] = (guide.id, rule, own)
    for (event, first, one), (other_event, second, other) in itertools.combinations(settled.values(), 2):
        for name in one.keys() & other.keys() if event == other_event else ():
            if one[name] == other[name] or catalog.variables[name].type is ValueType.CHOICES:
                continue
            pairs = itertools.product(first.when, second.when)
            assert all(excludes(catalog, *pair) for pair in pairs), (first.id, second.id, name)


def deadlines_of(office, event, rule) -> tuple[Deadline, ...]:
    return next(r for r in office.guidance.event(event).rules if r.id == rule).deadlines


@pytest.mark.parametrize(
    ("event", "rule", "start", "last"),
    [
        ("move_in", "move-in.notice", "2026-11-15", ["2026-11-29"]),
        ("move_in", "move-in.special", "2026-11-15", ["2026-11-29", "2026-12-15"]),
        ("move_in", "move-in.card", "2026-11-21", ["2027-02-19"]),
        ("move_in", "move-in.child-allowance", "2026-11-14", ["2026-11-29"]),
        ("move_in", "move-in.handbook", "2026-11-15", ["2026-12-15"]),
        ("move_in", "move-in.moped", "2026-11-15", ["2026-11-30"]),
        ("move_out", "move-out.child-allowance", "2026-11-30", ["2026-12-15"]),
        ("birth", "birth.report", "2026-11-15", ["2026-11-28"]),
        ("birth", "birth.child-allowance", "2026-11-15", ["2026-11-30"]),
        ("birth", "birth.foreign", "2026-11-15", ["2026-12-14"]),
        ("birth", "birth.lump-sum", "2026-11-15", ["2028-11-15"]),
        ("divorce", "divorce.court", "2026-11-15", ["2026-11-24"]),
        ("divorce", "divorce.keep-name", "2026-11-15", ["2027-02-15"]),
        ("death", "death.report", "2026-11-10", ["2026-11-16"]),
        ("death", "death.01-householder", "2026-11-10", ["2026-11-24"]),
        ("death", "death.04-funeral", "2026-11-13", ["2028-11-13"]),
        ("death", "death.07-pension", "2026-11-10", ["2026-11-24", "2026-11-20", "2031-11-10"]),
        ("death", "death.08-paying", "2026-11-10", ["2028-11-10", "2031-11-10"]),
        ("death", "death.12-registration", "2026-11-12", ["2029-11-12"]),
        ("death", "death.16-farm", "2026-11-10", ["2027-09-10"]),
        ("death", "death.16-forest", "2026-11-10", ["2027-02-08"]),
        ("death", "death.16-income", "2026-11-10", ["2027-03-10"]),
    ],
)  # fmt: skip
def test_deadlines_run_from_their_own_day(office, event, rule, start, last):
    day = dt.date.fromisoformat(start)
    found = [last_day(one, {one.starts: day}) for one in deadlines_of(office, event, rule) if one.starts]
    assert found == [dt.date.fromisoformat(one) for one in last]


def test_the_deceased_is_told_once_for_the_forms_of_the_death(office, surroundings):
    """Twelve forms of a death, and nobody is asked again who died."""
    catalog = office.variables
    data = {
        "deceased.name": "例示　一夫", "deceased.kana": "レイジ　カズオ", "deceased.birth_date": "1940-04-01",
        "deceased.death_date": "2026-11-10", "deceased.address": "北海道北見市架空町９番地",
        "guide.deceased_items": ["card", "seal"], "guide.deceased_needs": ["handbook"],
        "guide.deceased_pension": "receiving", "guide.deceased_property": ["estate"],
        "guide.deceased_living": ["moped_end", "dog", "water"], "guide.deceased_certificates": ["residence"],
        "subject.relation": "descendant",
    }  # fmt: skip
    guide = office.guidance.event("death")
    case = case_with(catalog, data)
    case.event = guide.id
    guidance = plan(surroundings, case, guide)
    case.choose(guidance.in_effect, settled=guidance.settled)
    facts = facts_of(surroundings, case, guide)
    for place in ("card", "elder", "handbook", "subject", "moped_owner"):
        assert facts.values[f"{place}.name"] == "例示　一夫", place
        assert facts.values[f"{place}.address"] == "北海道北見市架空町９番地", place
    assert len(case.forms) >= 10
