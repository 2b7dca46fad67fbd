"""The engine on a small book of rules: what fires, why, what follows, and who wins."""

import pytest

from kakanai.identity.evidence import FactSource
from kakanai.reception.errors import UnknownEventError
from kakanai.reception.guidance import GuidedState
from kakanai.reception.guidance_plan import Surroundings, facts_of, plan
from tests.reception.small_book import TODAY, Desk


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


def states(guidance):
    return {one.procedure.id: one.state.value for one in guidance.procedures}


def rules(guidance, procedure):
    return [fired.rule.id for fired in guidance.of(procedure).fired]


def test_a_rule_without_conditions_always_fires(desk):
    guidance = desk.plan()
    assert states(guidance) == {"notice": "guided"}
    assert guidance.fired[0].because == ()
    assert guidance.settled == {"things": ("a",)}


def test_rules_fire_rules_and_choices_of_many_are_joined(desk):
    guidance = desk.plan(guide__work="none")
    assert states(guidance) == {"notice": "guided", "join": "guided", "talk": "guided"}
    assert guidance.settled == {"things": ("a", "b"), "kind": "join"}
    facts = facts_of(desk.around, desk.case, desk.book.event("move_in"))
    assert (facts.values["things"], facts.sources["things"]) == (("a", "b"), FactSource.DERIVED)
    [why] = guidance.of("join").fired[0].because
    assert (why.question, why.answer, why.source) == ("仕事", "なし", FactSource.ASKED)
    [why] = guidance.of("talk").fired[0].because
    assert (why.question, why.answer, why.source) == ("種類", "入る", FactSource.DERIVED)


def test_an_answer_taken_back_takes_back_all_that_followed(desk):
    desk.plan(guide__work="none")
    assert states(desk.plan(guide__work="office")) == {"notice": "guided"}


def test_one_of_several_alternatives_is_enough_and_reasons_are_joined(desk):
    guidance = desk.plan(guide__living=["dog"], guide__work="self")
    assert rules(guidance, "talk") == ["r.after-join", "r.or"]
    assert guidance.of("talk").fired[1].because[0].variable == "guide.living"
    late = desk.plan(start="2026-11-01")
    assert rules(late, "talk") == ["r.or"]
    assert [fired.rule.notice for fired in late.fired if fired.rule.notice] == ["遅れたわけを聞く"]


def test_who_a_rule_is_about(desk):
    children = [{"name": "一", "birth_date": "2016-05-05"}, {"name": "二", "birth_date": "2025-05-05"}]
    guidance = desk.plan(guide__people=3, member=children)
    assert guidance.of("school").fired[0].who == ("member[2]",)


def test_of_two_rules_that_contradict_the_first_wins_and_it_is_told(desk):
    guidance = desk.plan(guide__work="none", guide__living=["car"])
    assert states(guidance)["leave"] == "conflict"
    assert guidance.of("leave").conflict == "入る"
    assert guidance.settled["kind"] == "join"
    assert "r.leave" not in [fired.rule.id for fired in guidance.fired]


def test_what_is_chosen_by_hand_wins_over_a_rule(desk):
    desk.case.by_hand = (desk.around.procedures.by_id("leave"),)
    guidance = desk.plan(guide__work="none")
    assert states(guidance) == {"notice": "guided", "join": "conflict", "leave": "by_hand"}
    assert guidance.settled["kind"] == "leave"
    assert guidance.in_effect[-1].id == "leave"


def test_a_dropped_procedure_stays_in_sight_and_its_rules_say_nothing(desk):
    desk.case.dropped = frozenset({"join"})
    guidance = desk.plan(guide__work="none")
    assert states(guidance) == {"notice": "guided", "join": "dropped"}
    assert guidance.settled == {"things": ("a",)}
    desk.case.dropped = frozenset()
    assert states(desk.plan(guide__work="none"))["join"] == "guided"


def test_chosen_by_hand_as_well_as_guided_is_told_with_its_reasons(desk):
    desk.case.by_hand = (desk.around.procedures.by_id("talk"),)
    assert states(desk.plan(guide__living=["dog"]))["talk"] == "guided"
    desk.case.dropped = frozenset({"talk"})
    guidance = desk.plan(guide__living=["dog"])
    assert states(guidance)["talk"] == "by_hand"
    assert rules(guidance, "talk") == ["r.or"]


def test_a_form_that_cannot_be_made_today_is_left_out(desk):
    around = Surroundings(desk.variables, desk.around.procedures, {}, TODAY, lambda form: form != "F01")
    guidance = plan(around, desk.case, desk.book.event("move_in"))
    assert guidance.of("notice").state is GuidedState.UNAVAILABLE
    assert guidance.in_effect == ()


def test_without_an_event_there_is_what_was_chosen_by_hand(desk):
    desk.case.by_hand = (desk.around.procedures.by_id("join"),)
    guidance = plan(desk.around, desk.case, None)
    assert (guidance.event, states(guidance)) == (None, {"join": "by_hand"})


def test_nothing_personal_shows(desk):
    guidance = desk.plan(guide__work="none")
    told = repr([guidance, guidance.procedures, guidance.fired, [f.because for f in guidance.fired]])
    assert "なし" not in told
    assert "Guidance(move_in, 3 procedures)" in told


def test_an_event_nobody_knows(desk):
    with pytest.raises(UnknownEventError) as caught:
        desk.book.event("nobody")
    assert caught.value.details == {"event": "nobody"}
    with pytest.raises(UnknownEventError) as caught:
        desk.book.event("黒字")
    assert caught.value.details == {"event": "?"}
