"""One run of the training mode: residents, the lesson, the exercises, and what was arranged for them."""

from collections.abc import Callable, Sequence
from typing import Protocol

from kakanai.printing.print_job import Printer
from kakanai.training.exercises import EXERCISES, CardFault, Exercise, PrinterFault
from kakanai.training.lesson import Lesson
from kakanai.training.observed import Observed
from kakanai.training.practice_paper import PracticePrinter
from kakanai.training.residents import Resident


class ResidentTable(Protocol):
    """The residents' cards beside the simulated reader."""

    def inserted(self) -> str | None:
        """The id of the card on the reader, None when it is empty."""

    def insert(self, specimen: str) -> None:
        """Put a card on the reader, in place of what lay there."""

    def insert_faulty(self, specimen: str, fault: CardFault) -> None:
        """The same with a card that goes wrong once."""

    def remove(self) -> None:
        """Take the card away, if there is one."""


class Practice:
    """What the clerk practises now. Made once for each window; `is_reset_wanted` outlives it."""

    def __init__(self, residents: Sequence[Resident], table: ResidentTable) -> None:
        self.residents = tuple(residents)
        self.table = table
        self.lesson = Lesson()
        self.exercises = EXERCISES
        self.exercise: Exercise | None = None
        self.printer_fault = PrinterFault.NONE
        self.mastered: set[str] = set()
        self.is_reset_wanted = False

    def begin_lesson(self) -> None:
        """Begin the first lesson; an exercise that was under way ends."""
        self.end_exercise()
        self.lesson.begin()

    def begin(self, exercise: Exercise) -> None:
        """Arrange what the exercise needs; the lesson rests meanwhile.

        Raises:
            CardError: the card cannot be laid there; nothing was begun.
        """
        self.end_exercise()
        self.lesson.is_begun = False
        if exercise.card:
            self.table.insert_faulty(exercise.card, exercise.card_fault)
        self.printer_fault = exercise.printer_fault
        self.exercise = exercise

    def end_exercise(self) -> None:
        """Nothing goes wrong on purpose any more."""
        self.exercise = None
        self.mend_printer()

    def mend_printer(self) -> None:
        """Paper is in, the current is on."""
        self.printer_fault = PrinterFault.NONE

    def look(self, seen: Observed) -> bool:
        """Check what the clerk did; whether anything to be told has changed."""
        if self.exercise is not None:
            before = self.exercise.id in self.mastered
            if self.exercise.is_mastered(seen):
                self.mastered.add(self.exercise.id)
            return (self.exercise.id in self.mastered) != before or self.exercise.went_wrong(seen)
        return self.lesson.look(seen)

    def printer(self, name: str, find: Callable[[str], Printer]) -> Printer:
        """The printer of that name, which fails as long as an exercise wants it."""
        return PracticePrinter(find(name), lambda: self.printer_fault)
