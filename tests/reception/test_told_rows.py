"""Who one form is about: people told of elsewhere are on it by themselves, others of the list are not."""

import pytest

from kakanai.forms.filled import PlacedDigits
from kakanai.identity.birth_date import BirthDate
from kakanai.identity.person import Sex
from kakanai.reception.facts import my_numbers_of
from tests.office import make_counter, read_specimen

DEATH = {
    "deceased.name": "見本　一夫",
    "deceased.birth_date": "1957-03-03",
    "deceased.death_date": "2026-11-10",
    "guide.deceased_insurance": "national",
}


@pytest.fixture
def counter(tmp_path):
    counter = make_counter(tmp_path)
    yield counter
    counter.office.log.close()


@pytest.fixture
def case(counter):
    return counter.open_case()


def lines_of(counter, case, form):
    filled = counter.fill_form(case, form)
    return {"".join(getattr(p, "lines", ())) for page in filled.pages for p in page.placed}


def asked(counter, case):
    return {question.variable.id for group in counter.questions(case) for question in group.questions}


def move_in(counter, case, **answers):
    counter.identify_by_card(case, read_specimen("family-father", with_my_number=True))
    for specimen in ("family-mother", "family-son"):
        counter.add_person_by_card(case, "member", read_specimen(specimen, with_my_number=True))
    counter.choose_event(case, "move_in")
    told = {"guide.move_in_way": "certificate", "householder.is_visitor": "yes"}
    counter.answer(case, told | answers)


def test_only_who_joins_the_insurance_is_on_its_form_with_their_own_number(counter, case):
    joins = {
        "guide.insurance": "some",
        "visitor.insured": "no",
        "member": [{"key": "c1", "insured": "no"}, {"key": "c2", "insured": "yes"}],
    }
    move_in(counter, case, **joins)
    father, mother, son = (row["member.name"] for row in counter.facts(case).rows["member"])
    assert {father, mother, son} <= lines_of(counter, case, "F07")
    on_form = lines_of(counter, case, "F09")
    assert son in on_form
    assert mother not in on_form
    page = counter.fill_form(case, "F09").pages[0]
    told = [p.number for p in page.placed if isinstance(p, PlacedDigits)]
    numbers = my_numbers_of(case, counter.facts(case))
    assert numbers["member.2"] in told
    assert numbers["member.1"] not in told
    # 世帯主 is the visitor, whose number stands there; in the rows it does not.
    assert told.count(case.my_number) == 1


def test_who_was_not_asked_about_the_insurance_is_not_on_its_form(counter, case):
    move_in(counter, case, **{"guide.insurance": "some", "visitor.insured": "yes"})
    _, mother, son = (row["member.name"] for row in counter.facts(case).rows["member"])
    assert not {mother, son} & lines_of(counter, case, "F09")
    assert "member.insured" in asked(counter, case)


def test_when_all_join_nobody_is_asked_who(counter, case):
    move_in(counter, case, **{"guide.insurance": "all"})
    names = {row["member.name"] for row in counter.facts(case).rows["member"]}
    assert names <= lines_of(counter, case, "F09")
    assert not {"visitor.insured", "member.insured"} & asked(counter, case)


def test_the_deceased_leaves_the_insurance_and_the_family_stays(counter, case):
    counter.identify_by_card(case, read_specimen("family-mother", with_my_number=True))
    counter.add_person_by_card(case, "member", read_specimen("family-son", with_my_number=True))
    counter.choose_event(case, "death")
    counter.answer(case, DEATH | {"guide.death_household": "more", "householder.is_visitor": "yes"})
    widow, son, deceased = counter.facts(case).rows["member"]
    assert deceased["member.key"] == "deceased"
    assert deceased["member.birth_date"] == BirthDate(1957, 3, 3)
    assert deceased["member.relationship"] == "世帯主"
    moved, left = lines_of(counter, case, "F07"), lines_of(counter, case, "F09")
    assert {widow["member.name"], son["member.name"]} <= moved
    assert "見本　一夫" in left
    assert son["member.name"] not in left
    # The one whose row it is has no number; nobody else's stands in it.
    digits = [p for p in counter.fill_form(case, "F09").pages[0].placed if isinstance(p, PlacedDigits)]
    assert [p.number for p in digits] == [case.my_number]
    values = counter.facts(case).values
    assert values["householder.name"] == widow["member.name"]
    assert values["insurance.date"].isoformat() == values["move.date"].isoformat() == "2026-11-10"
    assert values["move.old_householder"] == "見本　一夫"
    assert not {"insurance.date", "move.date", "insurance.kind"} & asked(counter, case)


def test_the_deceased_is_in_no_row_once_the_answer_is_another(counter, case):
    counter.identify_by_card(case, read_specimen("family-mother"))
    counter.choose_event(case, "death")
    rows = {"member": [{"key": "deceased", "sex": "1"}]}
    counter.answer(case, DEATH | {"guide.death_household": "more"} | rows)
    assert [row["member.key"] for row in counter.facts(case).rows["member"]] == ["visitor", "deceased"]
    assert counter.facts(case).rows["member"][1]["member.sex"] is Sex.MALE
    answers = DEATH | {"guide.death_household": "more", "guide.deceased_insurance": "employer"} | rows
    counter.answer(case, answers)
    assert [row["member.key"] for row in counter.facts(case).rows["member"]] == ["visitor"]


def test_a_newborn_has_a_row_with_the_day_told_once(counter, case):
    counter.identify_by_card(case, read_specimen("family-mother"))
    counter.choose_event(case, "birth")
    told = {
        "guide.birth_date": "2026-11-15",
        "guide.birth_insurance": "national",
        "guide.child_number": "first",
    }
    counter.answer(
        case, told | {"member": [{"key": "newborn", "name": "見本　小春", "kana": "ミホン　コハル"}]}
    )
    [member] = counter.facts(case).rows["member"]
    [child] = counter.facts(case).rows["child"]
    assert member["member.birth_date"] == child["child.birth_date"] == BirthDate(2026, 11, 15)
    assert child["child.name"] == "見本　小春"
    assert counter.facts(case).origins["child.birth_date[1]"] == "guide.birth_date"
    for form in ("F09", "F13", "F16"):
        assert "見本　小春" in lines_of(counter, case, form), form


def test_rows_that_name_everybody_themselves_get_no_newborn_beside_them(counter, case):
    counter.identify_by_card(case, read_specimen("family-mother"))
    counter.choose_event(case, "birth")
    told = {
        "guide.birth_date": "2026-11-15",
        "guide.birth_insurance": "employer",
        "guide.child_number": "more",
    }
    counter.answer(case, told | {"child": [{"name": "見本　小春", "birth_date": "2026-11-15"}]})
    assert [row["child.name"] for row in counter.facts(case).rows["child"]] == ["見本　小春"]
