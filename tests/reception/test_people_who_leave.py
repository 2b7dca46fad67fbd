"""Nothing that was told of one person stands beside the name of another who takes their place."""

import pytest

from kakanai.cardreader.authenticity.verdict import Authenticity, Check, CheckResult, Verdict
from kakanai.identity.birth_date import BirthDate
from kakanai.identity.errors import AuthenticityMismatchError
from kakanai.identity.person import Person, Sex
from kakanai.reception.case_record import record_of
from tests.office import make_counter, read_specimen

FATHER, MOTHER, STRANGER = "family-father", "family-mother", "official-test"
MISMATCH = Authenticity(Verdict.MISMATCH, (Check("face", CheckResult.MISMATCH),))


@pytest.fixture
def counter(tmp_path):
    counter = make_counter(tmp_path)
    yield counter
    counter.office.log.close()


@pytest.fixture
def case(counter):
    case = counter.open_case()
    counter.choose(case, ["residence-certificate"])
    counter.identify_by_card(case, read_specimen(FATHER))
    return case


def typed(name, birth="1950-05-05"):
    return Person(
        name=name, address="", birth_date=BirthDate.from_iso(birth) if birth else None, sex=Sex.MALE
    )


def take_subject(counter, case, name, birth="1950-05-05"):
    return counter.add_person_by_hand(case, "subject", typed(name, birth))


def test_who_takes_a_place_has_none_of_the_answers_about_the_one_before(counter, case):
    take_subject(counter, case, "架空　一郎")
    counter.answer(case, {"subject.kana": "カクウ　イチロウ", "visitor.phone": "03-0000-0001"})
    take_subject(counter, case, "架空　花子", "1960-01-01")
    values = counter.facts(case).values
    assert values["subject.name"] == "架空　花子"
    assert "subject.kana" not in values
    assert values["visitor.phone"] == "03-0000-0001"


@pytest.mark.parametrize(("name", "birth"), [("架空　一朗", "1950-05-05"), ("架空　一郎", "1950-05-06")])
def test_a_typed_person_corrected_keeps_key_and_answers(counter, case, name, birth):
    key = take_subject(counter, case, "架空　一郎")
    counter.answer(case, {"subject.kana": "カクウ　イチロウ"})
    assert take_subject(counter, case, name, birth) == key
    values = counter.facts(case).values
    assert (values["subject.name"], values["subject.kana"]) == (name, "カクウ　イチロウ")


def test_two_typed_people_without_birth_dates_are_not_one_corrected(counter, case):
    take_subject(counter, case, "架空　一郎", None)
    counter.answer(case, {"subject.kana": "カクウ　イチロウ"})
    take_subject(counter, case, "架空　花子", None)
    assert "subject.kana" not in counter.facts(case).values


def test_a_name_typed_after_somebody_left_does_not_meet_their_answers(counter, case):
    key = take_subject(counter, case, "架空　一郎")
    counter.answer(case, {"subject.kana": "カクウ　イチロウ"})
    counter.remove_person(case, key)
    assert case.answers.values == {}


def test_after_a_card_that_does_not_fit_somebody_else_begins_anew(counter, case):
    counter.answer(case, {"visitor.kana": "レイジ　ケンイチ"})
    counter.add_person_by_card(case, "subject", read_specimen(MOTHER))
    with pytest.raises(AuthenticityMismatchError):
        counter.identify_by_card(case, read_specimen(FATHER), MISMATCH)
    assert case.person is None
    counter.identify_by_card(case, read_specimen(STRANGER))
    assert "visitor.kana" not in counter.facts(case).values
    assert case.companions == {}
    assert case.withdrawn is None


def test_after_a_card_that_does_not_fit_the_same_person_goes_on(counter, case):
    counter.answer(case, {"visitor.kana": "レイジ　ケンイチ"})
    with pytest.raises(AuthenticityMismatchError):
        counter.identify_by_card(case, read_specimen(FATHER), MISMATCH)
    counter.identify_by_card(case, read_specimen(FATHER))
    assert counter.facts(case).values["visitor.kana"] == "レイジ　ケンイチ"


def test_a_companion_whose_card_does_not_fit_is_not_printed_from_the_reading_before(counter, case):
    counter.add_person_by_card(case, "subject", read_specimen(MOTHER))
    with pytest.raises(AuthenticityMismatchError):
        counter.add_person_by_card(case, "subject", read_specimen(MOTHER), MISMATCH)
    assert case.companions == {}
    assert counter.facts(case).values.get("subject.name") != read_specimen(MOTHER).basic_four.name


def test_another_companion_stays_when_a_card_does_not_fit(counter, case):
    key = counter.add_person_by_card(case, "subject", read_specimen(MOTHER))
    with pytest.raises(AuthenticityMismatchError):
        counter.add_person_by_card(case, "subject", read_specimen(STRANGER), MISMATCH)
    assert set(case.companions) == {key}


def told(case):
    """Everything that a draft of the case would hold."""
    return str(record_of(case))


def test_protection_forgets_addresses_in_decisions_and_withdrawn_people(counter, case):
    address = case.person.address
    case.leave_blank("F01", "visitor.address", address)
    case.print_picture("F01", "subject.address", address)
    case.withdraw_identity()
    assert address in told(case)
    counter.protect_address(case)
    assert address not in told(case)


def test_an_address_typed_after_protection_is_not_kept(counter, case):
    counter.protect_address(case)
    counter.answer(case, {"visitor.phone": "03-0000-0001", "visitor.postal": "811-4233"})
    assert "811-4233" not in told(case)
    assert case.answers.values == {"visitor.phone": "03-0000-0001"}
