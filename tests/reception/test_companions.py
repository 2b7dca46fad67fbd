"""Several people in one case: each on their own boxes, told once, and nobody's number in another's cells."""

import dataclasses
import datetime as dt

import pytest

from kakanai.identity.birth_date import BirthDate
from kakanai.identity.evidence import FactSource
from kakanai.identity.person import Person, Sex
from kakanai.reception.errors import AnswerFormatError, UnusedAnswersError
from kakanai.reception.facts import my_numbers_of
from kakanai.reception.school_years import SchoolYears, grade_of, school_year_end
from tests.office import make_counter, read_specimen

FATHER, MOTHER = "family-father", "family-mother"
SON, DAUGHTER = "family-son", "family-daughter"


@pytest.fixture
def counter(tmp_path):
    counter = make_counter(tmp_path)
    yield counter
    counter.office.log.close()


@pytest.fixture
def case(counter):
    return counter.open_case()


def name_of(specimen):
    return read_specimen(specimen).basic_four.name


def identify(counter, case, specimen, **how):
    counter.identify_by_card(case, read_specimen(specimen, **how))


def add(counter, case, place, specimen, **how):
    return counter.add_person_by_card(case, place, read_specimen(specimen, **how))


def typed(name, birth="2015-05-05"):
    return Person(name=name, address="", birth_date=BirthDate.from_iso(birth), sex=Sex.MALE)


def names(counter, case, list_name="member"):
    return [row.get(f"{list_name}.name") for row in counter.facts(case).rows[list_name]]


def asked(counter, case):
    return {question.variable.id for group in counter.questions(case) for question in group.questions}


# --- rows -------------------------------------------------------------------------------


def test_members_read_one_after_another_stand_behind_the_visitor(counter, case):
    counter.choose(case, ["move-in"])
    identify(counter, case, FATHER)
    keys = [add(counter, case, "member", card) for card in (MOTHER, SON, DAUGHTER)]
    assert keys == ["c1", "c2", "c3"]
    assert names(counter, case) == [name_of(card) for card in (FATHER, MOTHER, SON, DAUGHTER)]
    facts = counter.facts(case)
    assert facts.sources["member.name[3]"] is FactSource.CARD
    assert facts.owners["member.birth_date[3]"] == "c2"
    assert facts.rows["member"][0]["member.key"] == "visitor"


def test_answers_about_a_person_stay_with_their_key(counter, case):
    counter.choose(case, ["move-in"])
    identify(counter, case, FATHER)
    for card in (MOTHER, SON):
        add(counter, case, "member", card)
    rows = [{"key": "c1"}, {"key": "c2", "kana": "ミホン　イチ", "name": "別の名"}]
    counter.answer(case, {"member": rows})
    row = counter.facts(case).rows["member"][2]
    assert (row["member.name"], row["member.kana"]) == (name_of(SON), "ミホン　イチ")
    counter.remove_person(case, "c1")
    assert names(counter, case) == [name_of(FATHER), name_of(SON)]
    assert counter.facts(case).rows["member"][1]["member.kana"] == "ミホン　イチ"


def test_a_key_is_never_given_to_another_person(counter, case):
    counter.choose(case, ["move-in"])
    identify(counter, case, FATHER)
    add(counter, case, "member", MOTHER)
    counter.answer(case, {"member": [{"key": "c1", "relationship": "妻"}]})
    counter.remove_person(case, "c1")
    assert add(counter, case, "member", SON) == "c2"
    assert "member.relationship" not in counter.facts(case).rows["member"][1]


def test_the_same_card_read_twice_is_one_person(counter, case):
    counter.choose(case, ["move-in"])
    identify(counter, case, FATHER)
    assert add(counter, case, "member", MOTHER) == add(counter, case, "member", MOTHER)
    assert names(counter, case) == [name_of(FATHER), name_of(MOTHER)]


@pytest.mark.parametrize(
    "rows", [[{"key": "c1"}, {"key": "c1"}], [{"key": "山田"}], [{"key": "1"}], [{"key": "a" * 17}]]
)
def test_a_key_that_means_nobody_or_two_is_refused(counter, case, rows):
    counter.choose(case, ["move-in"])
    with pytest.raises(AnswerFormatError):
        counter.answer(case, {"member": rows})


def test_somebody_else_at_the_counter_is_not_among_anothers_family(counter, case):
    counter.choose(case, ["move-in"])
    identify(counter, case, FATHER)
    add(counter, case, "member", MOTHER)
    identify(counter, case, "official-test")
    assert case.companions == {}
    assert names(counter, case) == [name_of("official-test")]


# --- who enters by themselves -----------------------------------------------------------


def test_children_of_the_household_enter_the_list_of_children_once(counter, case):
    counter.choose(case, ["move-in", "child-allowance"])
    identify(counter, case, FATHER)
    for card in (MOTHER, SON, DAUGHTER):
        add(counter, case, "member", card)
    counter.answer(case, {"member": [{"key": "c1"}, {"key": "c2", "kana": "ミホン　イチ"}]})
    assert names(counter, case, "child") == [name_of(SON), name_of(DAUGHTER)]
    facts = counter.facts(case)
    assert facts.rows["child"][0]["child.kana"] == "ミホン　イチ"
    assert facts.origins["child.kana[1]"] == "member.kana[3]"
    counter.answer(case, {"child": [{"key": "c2", "out": "yes"}]})
    assert names(counter, case, "child") == [name_of(DAUGHTER)]
    counter.answer(case, {"child": [{"name": "見本　次郎"}]})
    assert names(counter, case, "child") == ["見本　次郎"]


def test_answers_about_a_child_wait_until_they_are_of_age_for_it(counter, case):
    counter.choose(case, ["move-in", "child-allowance"])
    identify(counter, case, FATHER)
    son = {"key": "m1", "name": "見本　一", "birth_date": "2016-05-05"}
    counter.answer(case, {"member": [son], "child": [{"key": "m1", "living": "together"}]})
    assert counter.facts(case).rows["child"][0]["child.living"] == "together"
    counter.answer(
        case, {"member": [son | {"birth_date": "1996-05-05"}], "child": [{"key": "m1", "living": "together"}]}
    )
    assert counter.facts(case).rows["child"] == []
    counter.answer(case, {"child": [{"key": "m1", "living": "together"}]})
    assert counter.facts(case).rows["child"] == []


def test_a_relationship_is_taken_over_only_where_it_is_seen_from_the_same_person(counter, case):
    counter.choose(case, ["move-in", "child-allowance"])
    identify(counter, case, FATHER)
    add(counter, case, "member", SON)
    rows = [{"key": "c1", "relationship": "子"}]
    counter.answer(case, {"householder.is_visitor": "yes", "claimant.is_visitor": "yes", "member": rows})
    assert counter.facts(case).rows["child"][0]["child.relationship"] == "子"
    counter.answer(case, {"householder.is_visitor": "no", "claimant.is_visitor": "yes", "member": rows})
    assert "child.relationship" not in counter.facts(case).rows["child"][0]


def test_the_householder_among_the_members_is_not_asked_for(counter, case):
    counter.choose(case, ["move-in-with-insurance"])
    identify(counter, case, MOTHER)
    add(counter, case, "member", FATHER, with_my_number=True)
    counter.answer(
        case,
        {
            "householder.is_visitor": "no",
            "member": [{"key": "c1", "relationship": "世帯主", "kana": "ミホン　タロウ"}],
            "move.new_address": "見本町架空１番",
        },
    )
    facts = counter.facts(case)
    assert facts.values["householder.name"] == name_of(FATHER)
    assert facts.values["householder.kana"] == "ミホン　タロウ"
    assert facts.values["householder.address"] == "見本町架空１番"
    assert not {"householder.name", "householder.kana", "householder.address"} & asked(counter, case)
    assert my_numbers_of(case, facts)["householder"] == case.companions["c1"].my_number


@pytest.mark.parametrize(
    ("birth", "end"), [("2008-04-01", (2026, 3)), ("2008-04-02", (2027, 3)), ("2009-03-31", (2027, 3))]
)
def test_who_is_born_on_the_first_of_april_belongs_to_the_year_before(birth, end):
    assert school_year_end(BirthDate.from_iso(birth), 18) == dt.date(*end, 31)


def test_grades_follow_the_birth_date():
    day = dt.date(2026, 11, 21)
    grades = {birth: grade_of(BirthDate.from_iso(birth), day) for birth in ("2020-04-01", "2020-04-02")}
    assert grades == {"2020-04-01": 1, "2020-04-02": None}
    assert grade_of(BirthDate.from_iso("2011-04-02"), day) == 9
    assert grade_of(BirthDate.from_iso("2011-04-01"), day) is None
    assert not SchoolYears(until=18).hold(BirthDate.from_iso("2015-00-00"), day)


# --- places of one person ---------------------------------------------------------------


def test_a_proxy_and_the_principals_card(counter, case):
    counter.choose(case, ["residence-certificate"])
    identify(counter, case, "proxy")
    assert counter.facts(case).values["subject.relation"] == "self"
    add(counter, case, "subject", "principal")
    facts = counter.facts(case)
    # The default 「本人」 cannot be while the principal's card is there.
    assert "subject.relation" not in facts.values
    assert "subject.relation" in asked(counter, case)
    counter.answer(case, {"subject.relation": "agent", "agent.kind": "appointed"})
    facts = counter.facts(case)
    assert facts.values["visitor.name"] == name_of("proxy")
    assert facts.values["subject.name"] == facts.values["principal.name"] == name_of("principal")
    assert facts.values["principal.address"] == read_specimen("principal").basic_four.address
    assert not {"subject.name", "subject.address", "subject.birth_date"} & asked(counter, case)


def test_the_person_concerned_cannot_be_the_visitor_beside_another_persons_card(counter, case):
    counter.choose(case, ["residence-certificate"])
    identify(counter, case, "proxy")
    add(counter, case, "subject", "principal")
    counter.answer(case, {"subject.relation": "self"})
    facts = counter.facts(case)
    assert facts.values["subject.name"] == name_of("principal")
    assert facts.unused == ("subject.relation",)
    with pytest.raises(UnusedAnswersError):
        counter.answer(case, {"subject.name": "見本　次郎"}, strict=True)


def test_only_one_can_be_in_a_place_of_one(counter, case):
    counter.choose(case, ["residence-certificate"])
    identify(counter, case, "proxy")
    add(counter, case, "subject", "principal")
    add(counter, case, "subject", MOTHER)
    assert [one.person.name for one in case.companions.values()] == [name_of(MOTHER)]


def test_the_deceased_is_entered_once_for_all_forms(counter, case):
    counter.choose(case, ["funeral-benefit", "householder-death"])
    identify(counter, case, "daughter-away")
    add(counter, case, "deceased", FATHER)
    used = {name for name in asked(counter, case) if name.startswith("deceased.")}
    assert not {"deceased.name", "deceased.birth_date", "deceased.address"} & used
    assert counter.facts(case).values["deceased.name"] == name_of(FATHER)


# --- 個人番号 ---------------------------------------------------------------------------


def test_each_number_goes_to_its_own_person(counter, case):
    counter.choose(case, ["move-in-with-insurance"])
    identify(counter, case, FATHER, with_my_number=True)
    add(counter, case, "member", MOTHER, with_my_number=True)
    add(counter, case, "member", SON)
    counter.answer(case, {"householder.is_visitor": "yes", "member": [{"key": "m1", "name": "見本　次郎"}]})
    numbers = my_numbers_of(case, counter.facts(case))
    rows = counter.facts(case).rows["member"]
    told = {rows[int(role[7:])]["member.name"]: numbers[role] for role in numbers if role[:7] == "member."}
    assert told == {name_of(FATHER): case.my_number, name_of(MOTHER): case.companions["c1"].my_number}
    assert numbers["householder"] == case.my_number
    assert case.my_number != case.companions["c1"].my_number


def test_the_visitors_number_is_nobody_elses_when_another_is_the_claimant(counter, case):
    counter.choose(case, ["child-allowance"])
    identify(counter, case, MOTHER, with_my_number=True)
    counter.answer(case, {"claimant.is_visitor": "yes"})
    assert my_numbers_of(case, counter.facts(case))["claimant"] == case.my_number
    add(counter, case, "claimant", FATHER)
    assert "claimant" not in my_numbers_of(case, counter.facts(case))
    add(counter, case, "claimant", FATHER, with_my_number=True)
    numbers = my_numbers_of(case, counter.facts(case))
    assert numbers["claimant"] == case.companions["c1"].my_number


def test_without_a_box_for_them_nobodys_number_is_wanted(counter, case):
    counter.choose(case, ["residence-certificate", "move-in"])
    assert counter.wants_my_number_at(case, "member") == []
    counter.choose(case, ["insurance-acquire"])
    assert counter.wants_my_number_at(case, "member") == ["F09"]
    assert counter.wants_my_number_at(case, "subject") == []


# --- 支援措置 ---------------------------------------------------------------------------


def test_a_protected_address_is_nowhere(counter, case):
    counter.choose(case, ["move-in-with-insurance", "residence-certificate"])
    identify(counter, case, FATHER)
    add(counter, case, "member", MOTHER)
    counter.answer(case, {"move.new_address": "見本町架空１番", "visitor.postal": "0900000"})
    counter.protect_address(case)
    identify(counter, case, FATHER)
    add(counter, case, "member", SON)
    counter.answer(case, {"move.new_address": "見本町架空１番"})
    hidden = [read_specimen(card).basic_four.address for card in (FATHER, MOTHER, SON)] + ["見本町架空１番"]
    facts = counter.facts(case)
    shown = [
        *facts.values.values(),
        *(v for rows in facts.rows.values() for row in rows for v in row.values()),
    ]
    assert not set(hidden) & {value for value in shown if isinstance(value, str)}
    kept = [case.person, *(one.person for one in case.companions.values())]
    assert {person.address for person in kept} == {""}
    assert not {"move.new_address", "move.new_postal", "visitor.postal"} & asked(counter, case)
    findings = [finding for form in counter.fill(case) for finding in form.findings]
    assert {finding.form for finding in findings if finding.kind == "protected"} >= {"F01", "F07", "F09"}
    assert not any(finding.stops for finding in findings)


# --- the end ----------------------------------------------------------------------------


def test_reprs_show_nobody(counter, case):
    counter.choose(case, ["move-in"])
    identify(counter, case, FATHER)
    add(counter, case, "member", MOTHER)
    shown = f"{case!r} {case.companions!r} {counter.facts(case)!r}"
    assert name_of(MOTHER).split("　")[0] not in shown


def test_the_end_wipes_everybody(counter, case):
    counter.choose(case, ["move-in"])
    identify(counter, case, FATHER)
    add(counter, case, "member", MOTHER)
    counter.cancel(case)
    assert case.companions == {}
    assert counter.remembered_people() == ()


def test_the_family_of_the_case_before_can_be_taken_over_for_ten_minutes(counter, case):
    now = counter.office.now()
    counter.choose(case, ["move-in"])
    identify(counter, case, FATHER)
    counter.add_person_by_hand(case, "member", typed("見本　一"))
    counter.close(case)
    after = counter.open_case()
    counter.choose(after, ["residence-certificate"])
    identify(counter, after, MOTHER)
    assert [one.person.name for one in counter.remembered_people()] == [name_of(FATHER), "見本　一"]
    key = counter.add_remembered(after, "subject", 0)
    assert after.companions[key].my_number is None
    assert counter.facts(after).values["subject.name"] == name_of(FATHER)
    late = now + dt.timedelta(minutes=10)
    counter.office = dataclasses.replace(counter.office, now=lambda: late)
    assert counter.remembered_people() == ()


# --- addresses old and new --------------------------------------------------------------


def test_a_stale_card_keeps_both_addresses_each_in_its_boxes(counter, case):
    counter.choose(case, ["move-within", "card-change"])
    identify(counter, case, "stale-address")
    on_card = read_specimen("stale-address").basic_four.address
    counter.replace_address(case, "見本町架空３番")
    counter.answer(case, {"move.new_address": "見本町架空５番"})
    values = counter.facts(case).values
    assert values["move.old_address"] == "見本町架空３番"
    assert values["card.old_address"] == on_card
    assert values["move.new_address"] == "見本町架空５番"


def test_a_family_that_moves_along_has_the_new_address(counter, case):
    counter.choose(case, ["move-in", "child-allowance"])
    identify(counter, case, MOTHER)
    add(counter, case, "claimant", FATHER)
    assert counter.facts(case).values["claimant.address"] == read_specimen(FATHER).basic_four.address
    counter.answer(case, {"move.new_address": "見本町架空５番"})
    assert counter.facts(case).values["claimant.address"] == "見本町架空５番"
    # Who lives elsewhere does not move.
    counter.remove_person(case, "c1")
    add(counter, case, "claimant", "daughter-away")
    away = read_specimen("daughter-away").basic_four.address
    assert counter.facts(case).values["claimant.address"] == away


def test_a_corporation_is_told_in_words_and_no_person_stands_for_it(counter, case):
    counter.choose(case, ["residence-certificate"])
    identify(counter, case, "proxy")
    counter.answer(
        case,
        {
            "subject.relation": "other",
            "subject.name": "見本　次郎",
            "requester.corporation": "株式会社見本（架空町１番地）",
            "requester.corporation_staff": "社員（総務課）",
        },
        strict=True,
    )
    facts = counter.facts(case)
    assert facts.values["requester.corporation"] == "株式会社見本（架空町１番地）"
    assert facts.values["subject.name"] == "見本　次郎"
    assert not any(name.startswith("principal.") for name in facts.values)


def test_the_mandate_has_nothing_of_the_principal_printed(counter, case):
    counter.choose(case, ["residence-certificate", "mandate"])
    identify(counter, case, "proxy")
    add(counter, case, "subject", "principal")
    counter.answer(case, {"subject.relation": "agent", "agent.kind": "appointed"})
    told = read_specimen("principal").basic_four
    mandate = next(form for form in counter.fill(case) if form.template.id == "F39")
    lines = ["".join(getattr(placed, "lines", ())) for page in mandate.pages for placed in page.placed]
    assert name_of("proxy") in lines
    assert not {told.name, told.address} & set(lines)


# --- forms that want only some of a list --------------------------------------------------


def test_the_school_form_bears_pupils_only(counter, case):
    counter.choose(case, ["child-allowance", "school-transfer"])
    identify(counter, case, FATHER)
    people = [("見本　幼", "2023-06-01"), ("見本　小", "2016-06-01"), ("見本　高", "2009-06-01")]
    for name, birth in people:
        counter.add_person_by_hand(case, "member", typed(name, birth))
    assert names(counter, case, "child") == [name for name, _ in people]
    forms = {form.template.id: form for form in counter.fill(case)}
    lines = {
        form: {"".join(getattr(p, "lines", ())) for page in filled.pages for p in page.placed}
        for form, filled in forms.items()
    }
    assert {name for name, _ in people} & lines["F31"] == {"見本　小"}
    assert {name for name, _ in people} <= lines["F13"]
    placed = [
        p
        for page in forms["F31"].pages
        for p in page.placed
        if "".join(getattr(p, "lines", ())) == "見本　小"
    ]
    assert {p.field for p in placed} == {"child.name[2]"}
