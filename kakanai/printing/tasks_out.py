"""How much of a print is out while it goes on: what is surely printed, and what may have left some paper."""

from collections.abc import Mapping, Sequence

from kakanai.printing.errors import PrintError, came_out_of, note_came_out
from kakanai.printing.print_job import PrintDocument, PrintedDocument
from kakanai.printing.print_plan import PrintTask


class TasksOut:
    """The tasks of one print by their number. What was once known to be out stays so."""

    def __init__(self, documents: Sequence[PrintDocument], tasks: Sequence[PrintTask]) -> None:
        self._documents = documents
        self._tasks = tasks
        self._ids: dict[int, str] = {}
        self._let: set[int] = set()
        self._done: set[int] = set()
        self._begun: set[int] = set()

    @property
    def total(self) -> int:
        """How many documents there are."""
        return len(self._documents)

    @property
    def printed(self) -> int:
        """How many documents are out."""
        return sum(len(self._tasks[number].places) for number in self._done)

    def let(self, number: int) -> None:
        """From here on this task may print when its turn comes; tasks have it in their order."""
        self._let.add(number)

    def begin(self, number: int) -> None:
        """Its turn has come, so it may leave paper."""
        self._begun.add(number)

    def begin_all(self) -> None:
        """Nobody knows what happens to the tasks that are not out: each may leave paper."""
        self._begun |= self._let

    def finish(self, number: int, job_id: str) -> None:
        """This task is out, as that job of the print service."""
        self._done.add(number)
        self._ids[number] = job_id

    def documents(self) -> tuple[PrintedDocument, ...]:
        """The documents that are out, in the order of the job."""
        ids = {place: self._ids[number] for number in self._done for place in self._tasks[number].places}
        return tuple(printed_as(self._documents[place], ids[place]) for place in sorted(ids))

    def tell(self, error: BaseException) -> None:
        """Write into what ended the print how far it had come; what began, only into a PrintError."""
        note_came_out(error, self.documents())
        if not isinstance(error, PrintError):
            return
        waiting = sorted(self._let - self._done)
        unsure = (self._begun | set(waiting[:1])) - self._done
        begun = sorted(place for number in unsure for place in self._tasks[number].places)
        error.begun = tuple(self._documents[place].form for place in begun)
        if self._done:
            error.details |= {"printed": self.printed, "total": self.total}


def printed_as(document: PrintDocument, job_id: str | None) -> PrintedDocument:
    """The document as it came out of a printer."""
    return PrintedDocument(document.form, document.pages, None, job_id, document.verified)


def tell_together(
    error: BaseException, places: Mapping[str, int], before: Mapping[int, PrintedDocument]
) -> None:
    """Add to what ended one part of a job what other printers printed before it.

    `places` are those of the part's forms in the whole job, `before` what is out already, by its place.
    """
    out = {**before, **{places[one.form]: one for one in came_out_of(error)}}
    note_came_out(error, (out[place] for place in sorted(out)))
