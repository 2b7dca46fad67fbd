"""Facts and questions: asked once, follow the answers, never left over from an answer that was taken back."""

import pytest

from kakanai.reception.case import Step
from kakanai.reception.errors import CaseStateError, UnknownProcedureError
from tests.office import make_counter, read_specimen


@pytest.fixture
def counter(tmp_path):
    counter = make_counter(tmp_path)
    yield counter
    counter.office.log.close()


@pytest.fixture
def case(counter):
    case = counter.open_case()
    counter.identify_by_card(case, read_specimen("official-test"))
    return case


def asked(counter, case):
    return {q.variable.id: q.forms for group in counter.questions(case) for q in group.questions}


def test_a_question_shared_by_forms_is_asked_once(counter, case):
    counter.choose(case, ["residence-certificate", "seal-certificate", "tax-certificate"])
    ids = [q.variable.id for group in counter.questions(case) for q in group.questions]
    assert len(ids) == len(set(ids))
    assert set(asked(counter, case)["visitor.phone"]) == {"F01", "F05", "F06"}


def test_what_the_card_knows_is_never_asked(counter, case):
    counter.choose(case, ["residence-certificate", "move-in", "insurance-acquire"])
    assert not {"visitor.name", "visitor.address", "visitor.birth_date", "visitor.sex"} & set(
        asked(counter, case)
    )


def test_the_person_concerned_is_the_visitor_unless_told_otherwise(counter, case):
    counter.choose(case, ["residence-certificate"])
    assert "subject.name" not in asked(counter, case)
    assert counter.facts(case).values["subject.name"] == "黒桐　幹也"
    counter.answer(case, {"subject.relation": "agent"})
    assert "subject.name" in asked(counter, case)
    # A proxy's card must never fill the box of the person concerned.
    assert "subject.name" not in counter.facts(case).values
    assert "subject.address" not in counter.facts(case).values


def test_same_person_wins_over_a_name_typed_before(counter, case):
    counter.choose(case, ["residence-certificate"])
    counter.answer(case, {"subject.relation": "agent", "subject.name": "見本　次郎"})
    assert counter.facts(case).values["subject.name"] == "見本　次郎"
    counter.answer(case, {"subject.relation": "self", "subject.name": "見本　次郎"})
    assert counter.facts(case).values["subject.name"] == "黒桐　幹也"


def test_an_answer_whose_question_fell_away_reaches_no_paper(counter, case):
    counter.choose(case, ["insurance-change"])
    counter.answer(case, {"insurance.kind": "lose", "insurance.lose_reason": "employer"})
    assert counter.facts(case).values["insurance.lose_reason"] == "employer"
    counter.answer(case, {"insurance.kind": "acquire", "insurance.lose_reason": "employer"})
    assert "insurance.lose_reason" not in counter.facts(case).values
    assert "insurance.lose_reason" not in asked(counter, case)


def test_what_a_procedure_settles_is_not_asked(counter, case):
    counter.choose(case, ["move-in"])
    assert "move.kind" not in asked(counter, case)
    assert counter.facts(case).values["move.kind"] == "move_in"
    counter.choose(case, ["resident-change"])
    assert "move.kind" in asked(counter, case)


def test_the_visitor_is_the_first_person_of_the_list_unless_told_otherwise(counter, case):
    counter.choose(case, ["move-in"])
    counter.answer(case, {"visitor.kana": "コクトウ　ミキヤ", "member": [{"name": "見本　花子"}]})
    rows = counter.facts(case).rows["member"]
    assert [row["member.name"] for row in rows] == ["黒桐　幹也", "見本　花子"]
    assert rows[0]["member.kana"] == "コクトウ　ミキヤ"
    counter.answer(case, {"visitor.is_member": "no", "member": [{"name": "見本　花子"}]})
    assert [row["member.name"] for row in counter.facts(case).rows["member"]] == ["見本　花子"]


def test_an_unknown_procedure_changes_nothing(counter, case):
    counter.choose(case, ["seal-certificate"])
    with pytest.raises(UnknownProcedureError):
        counter.choose(case, ["seal-certificate", "x"])
    assert case.forms == ("F05",)


def test_a_closed_case_is_wiped_and_refuses_everything(counter, case):
    counter.close(case)
    assert (case.step, case.person, case.my_number) == (Step.CLOSED, None, None)
    for act in (lambda: counter.choose(case, ["seal-certificate"]), lambda: counter.close(case)):
        with pytest.raises(CaseStateError):
            act()


def test_reprs_show_no_person(counter, case):
    counter.answer(case, {"visitor.phone": "090-1111-2222"})
    shown = f"{case!r} {case.answers!r} {counter.facts(case)!r} {case.person!r} {case.evidence!r}"
    assert "黒桐" not in shown
    assert "1111" not in shown


def test_after_a_move_the_householder_lives_at_the_new_address(counter, case):
    counter.choose(case, ["move-in-with-insurance"])
    counter.answer(case, {"householder.is_visitor": "yes"})
    assert counter.facts(case).values["householder.address"] == "東京都清瀬市観布子南１２－７－２０２"
    counter.answer(case, {"householder.is_visitor": "yes", "move.new_address": "見本町架空１番"})
    facts = counter.facts(case).values
    assert (facts["householder.address"], facts["visitor.address"]) == (
        "見本町架空１番",
        "東京都清瀬市観布子南１２－７－２０２",
    )


def test_a_question_can_wait_for_a_count(counter, case):
    counter.choose(case, ["tax-certificate"])
    assert "tax.payment_items" not in asked(counter, case)
    counter.answer(case, {"tax.payment": 1})
    assert "tax.payment_items" in asked(counter, case)
    counter.answer(case, {"tax.payment": 0, "tax.payment_items": ["resident"]})
    assert "tax.payment_items" not in asked(counter, case)
    assert "tax.payment_items" not in counter.facts(case).values
