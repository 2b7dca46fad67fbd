"""The lesson goes on by what the clerk did, and says what went astray; exercises end when mastered."""

import pytest

from kakanai.training.exercises import EXERCISES, CardFault, PrinterFault
from kakanai.training.lesson import STEPS, Lesson
from kakanai.training.observed import Observed
from kakanai.training.practice import Practice
from kakanai.training.practice_paper import PracticePrinter
from kakanai.training.residents import find, load_residents

WAY = (
    Observed(card="family-father"),
    Observed(card="family-father", who="family-father", has_case=True),
    Observed(card="family-father", who="family-father", has_case=True, event="move_in"),
    Observed(card="family-father", who="family-father", has_case=True, event="move_in", forms=2, stopping=1),
    Observed(card="family-father", who="family-father", has_case=True, event="move_in", forms=2),
    Observed(card="family-father", who="family-father", event="move_in", forms=2, has_paper=True),
    Observed(who="family-father", event="move_in", forms=2, has_paper=True),
    Observed(served=1),
)


def test_each_step_is_done_by_its_own_act():
    lesson = Lesson()
    lesson.begin()
    for place, seen in enumerate(WAY):
        assert lesson.step is STEPS[place]
        assert lesson.look(seen)
        assert lesson.place == place + 1
    assert lesson.is_finished
    assert not lesson.look(Observed())


@pytest.mark.parametrize(
    ("done", "seen", "told"),
    [
        (0, Observed(card="elder"), "別の人のカード"),
        (1, Observed(card="family-father", codes=frozenset({"C-011"})), "暗証番号が違いました"),
        (1, Observed(card="family-father", is_by_hand=True, has_case=True), "別の人を受け付けて"),
        (2, Observed(who="family-father", event="move_out"), "別のできごと"),
        (2, Observed(who="family-father", forms=1), "手続が1つずつ"),
        (5, Observed(who="family-father", forms=1, codes=frozenset({"P-023"})), "印刷できませんでした"),
    ],
)
def test_what_went_astray_is_told_and_the_step_stays(done, seen, told):
    lesson = Lesson()
    lesson.begin()
    for one in WAY[:done]:
        lesson.look(one)
    assert lesson.look(seen)
    assert (lesson.place, told in lesson.remark) == (done, True)


def test_a_case_that_was_given_up_begins_the_lesson_anew():
    lesson = Lesson()
    lesson.begin()
    for one in WAY[:3]:
        lesson.look(one)
    assert lesson.look(Observed(cancelled=1))
    assert (lesson.place, "取りやめ" in lesson.remark) == (0, True)


def test_there_are_thirty_residents_to_be_found_by_name_kana_and_errand():
    residents = load_residents()
    assert len(residents) == len({r.card for r in residents}) == len({r.name for r in residents}) == 30
    assert [r.name for r in find(residents, "れいじ けんいち")] == ["例示　健一"]
    assert [r.card for r in find(residents, "ﾄﾒ")] == ["elder"]
    assert {r.card for r in find(residents, "転入")} >= {"family-father", "student-abroad"}
    assert find(residents, "ゾゾゾ") == []
    assert find(residents, "") == list(residents)


class Table:
    def __init__(self):
        self.laid = []

    def inserted(self):
        return self.laid[-1][0] if self.laid else None

    def insert_faulty(self, card, fault):
        self.laid.append((card, fault))


def test_an_exercise_arranges_its_fault_and_ends_with_it():
    practice = Practice(load_residents(), Table())
    by_id = {exercise.id: exercise for exercise in EXERCISES}
    assert len(by_id) == len(EXERCISES) == 6
    practice.begin(by_id["card-pulled"])
    assert practice.table.laid == [("moving-within", CardFault.PULLED)]
    practice.begin(by_id["no-paper"])
    assert practice.printer_fault is PrinterFault.NO_PAPER
    assert not practice.look(Observed(has_paper=True))
    met = frozenset({"P-023"})
    practice.look(Observed(codes=met))
    practice.mend_printer()
    assert practice.look(Observed(codes=met, has_paper=True))
    assert practice.mastered == {"no-paper"}
    practice.end_exercise()
    assert practice.exercise is None


@pytest.mark.parametrize("fault", [PrinterFault.NO_PAPER, PrinterFault.OFFLINE])
def test_a_printer_without_paper_or_current_prints_nothing(fault):
    from kakanai.printing.errors import PrintError
    from kakanai.printing.print_job import PrintDocument, PrintJob

    released = []

    class Inner:
        name = "p"

        def release(self, job):
            released.append(job)
            return []

    now = [fault]
    printer = PracticePrinter(Inner(), lambda: now[0])
    job = PrintJob("R8-1121-0001", (PrintDocument("F01", b"%PDF-", 1, "A4"),))
    with pytest.raises(PrintError):
        printer.release(job)
    assert released == []
    now[0] = PrinterFault.NONE
    printer.release(job)
    assert released == [job]
