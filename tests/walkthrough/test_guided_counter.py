"""A headless counter that follows a life event: procedures by answers, dropped, added, logged, printed."""

import pytest

from kakanai.identity.birth_date import BirthDate
from kakanai.identity.person import Person, Sex
from kakanai.printing.folder import FolderPrinter
from kakanai.reception.case import Case
from kakanai.reception.errors import ConflictingProceduresError, UnknownEventError, UnusedAnswersError
from kakanai.sessionlog.entry import CaseNumber, EntryKind
from kakanai.sessionlog.errors import LogStorageError
from tests.office import make_counter

ELDER = Person("見本　トメ", "北海道北見市架空町１丁目２番３号", BirthDate(1945, 4, 1), Sex.FEMALE)
MOVE = {
    "guide.move_in_way": "certificate",
    "guide.people": 1,
    "guide.insurance": "none",
    "guide.living": ["dog"],
}


@pytest.fixture
def counter(tmp_path):
    made = make_counter(tmp_path)
    yield made
    made.office.log.close()


@pytest.fixture
def case(counter) -> Case:
    return counter.open_case()


def procedures(case):
    return [procedure.id for procedure in case.procedures]


def logged(counter, case):
    return counter.office.log.count_of(CaseNumber(case.number), EntryKind.PROCEDURES_CHOSEN)


def day_of(counter, case):
    [entry] = [one for one in counter.office.log.day(counter._today()) if one.case_number == case.number]
    return entry


def test_answers_change_the_procedures_and_forms(counter, case):
    counter.choose_event(case, "move_in")
    assert "move-in" not in procedures(case)
    counter.answer(case, MOVE)
    assert {"move-in", "dog"} <= set(procedures(case))
    assert {"F07", "F34"} <= set(case.forms)
    counter.answer(case, MOVE | {"guide.living": ["none"]})
    assert "F34" not in case.forms
    assert counter.facts(case).values["move.kind"] == "move_in"
    asked = {question.variable.id for group in counter.questions(case) for question in group.questions}
    assert "move.kind" not in asked
    assert "guide.living" in asked


def test_the_questions_of_the_event_come_first_and_in_its_order(counter, case):
    counter.choose_event(case, "move_in")
    counter.answer(case, MOVE)
    groups = counter.questions(case)
    asked = [{question.variable.id for question in group.questions} | {group.list_name} for group in groups]
    order = list(
        dict.fromkeys(
            place
            for name in counter.office.guidance.event("move_in").ask
            for place, names in enumerate(asked)
            if name in names
        )
    )
    assert len(order) >= 4
    assert order == sorted(order) == list(range(len(order)))


def test_the_person_of_a_card_changes_the_procedures(counter, case):
    counter.choose_event(case, "move_in")
    counter.answer(case, MOVE | {"guide.people": 1})
    assert "late-elder-notice" not in procedures(case)
    counter.identify_by_hand(case, ELDER)
    assert "late-elder-notice" in procedures(case)
    [why] = counter.guidance(case).of("late-elder-notice").fired
    assert why.who == ("member[1]",)


def test_dropped_and_added_by_hand_outlive_other_answers(counter, case):
    counter.choose_event(case, "move_in")
    counter.answer(case, MOVE)
    counter.drop(case, "dog")
    counter.choose(case, ["seal-certificate"])
    counter.answer(case, MOVE | {"guide.people": 2})
    assert "dog" not in procedures(case)
    assert procedures(case)[-1] == "seal-certificate"
    counter.restore(case, "dog")
    assert "dog" in procedures(case)
    counter.choose_event(case, "")
    assert (procedures(case), case.forms, case.settled) == (["seal-certificate"], ("F05",), {})


def test_the_log_knows_the_event_and_the_set_that_is_printed(counter, case, tmp_path):
    counter.identify_by_hand(case, ELDER)
    counter.choose_event(case, "certificate")
    assert logged(counter, case) == 1
    counter.answer(case, {"guide.certificates": ["seal"]})
    counter.answer(case, {"guide.certificates": ["residence"], "residence.whole_household": 1})
    assert logged(counter, case) == 1
    counter.release(case, counter.fill(case), FolderPrinter(tmp_path / "print"))
    assert logged(counter, case) == 2
    assert day_of(counter, case).procedures == ("residence-certificate",)
    counter.close(case)
    assert case.settled == {}


def test_what_is_refused_leaves_the_case_as_it_was(counter, case, monkeypatch):
    counter.choose_event(case, "move_in")
    counter.answer(case, MOVE)
    before = procedures(case), case.forms, dict(case.settled)
    with pytest.raises(UnknownEventError):
        counter.choose_event(case, "nobody")
    with pytest.raises(ConflictingProceduresError):
        counter.choose(case, ["insurance-acquire", "insurance-lose"])
    with pytest.raises(UnusedAnswersError):
        counter.answer(case, MOVE | {"move.kind": "move_out"}, strict=True)
    assert (procedures(case), case.forms, dict(case.settled)) == before

    def full(_entry):
        raise LogStorageError

    monkeypatch.setattr(counter.office.log, "append", full)
    with pytest.raises(LogStorageError):
        counter.choose_event(case, "birth")
    with pytest.raises(LogStorageError):
        counter.choose(case, ["seal-certificate"])
    assert (case.event, procedures(case), case.by_hand) == ("move_in", before[0], ())


def test_every_option_of_every_event_goes_together(counter):
    """Each question's options one by one: no two rules contradict, and the plan comes to rest."""
    for event, guide in counter.office.guidance.events.items():
        asked = [counter.office.variables.variables.get(name) for name in guide.ask]
        names = [one.id for one in asked if one is not None and not one.list_name]
        for name in names:
            for choice in counter.office.variables.variables[name].choices:
                case = Case("R8-1121-0001")
                case.event = event.value
                many = counter.office.variables.variables[name].type == "choices"
                counter.answer(case, {name: [choice.id] if many else choice.id})
                states = {one.procedure.id: one.state.value for one in counter.guidance(case).procedures}
                assert set(states.values()) <= {"guided"}, (event, name, choice.id, states)
                assert list(states) == procedures(case)
