"""A process that has forms, fonts and a reading at hand makes the forms of one case, again and again.

`python -m benchmarks.forms_warm F01,F05 7` prints one JSON object. A run is what a clerk waits for after the
last question: fill, draw, read the paper back, hand it to the printer (a folder), write the log. Pages,
values and the answers that were given are in the object too, so that others can do as much.
"""

import json
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from kakanai.app.offices import build_office
from kakanai.cardreader.mynumber.pin import Pin
from kakanai.cardreader.mynumber.readings import MyNumberCardReading
from kakanai.cardreader.mynumber.session import MyNumberCardSession
from kakanai.cardreader.simulator.virtual_reader import SimulatedReaderSource
from kakanai.counter import Counter
from kakanai.forms.filled import FilledForm, PlacedText
from kakanai.printing.folder import FolderPrinter
from kakanai.reception.case import Case
from kakanai.sessionlog.entry import ClerkId
from kakanai.settings import Paths, load_town


def scan() -> MyNumberCardReading:
    """One reading of the official test card in a simulated reader."""
    source = SimulatedReaderSource()
    source.insert("official-test")
    with MyNumberCardSession.open(source.readers()[0].connect()) as session:
        return session.read(Pin("1234"), with_my_number=True)


def sample_answers(counter: Counter, case: Case) -> dict[str, Any]:
    """The sample of every question that comes up, and two people in each list."""
    answers: dict[str, Any] = {}
    while True:
        found: dict[str, Any] = {}
        for group in counter.questions(case):
            told = {q.variable.id: q.variable.sample for q in group.questions if q.variable.sample}
            if group.list_name:
                earlier = found.get(group.list_name, [{}])[0]
                found[group.list_name] = [{**earlier, **told}] * 2
            else:
                found |= told
        if found == answers:
            return answers
        # An answer can bring further questions up.
        answers = found
        counter.answer(case, answers)


def measure(forms: Sequence[str], runs: int, home: Path) -> dict[str, Any]:
    """Median CPU and wall milliseconds of a run, after one that is not counted."""
    paths = Paths(home)
    paths.ensure_home()
    counter = Counter(build_office(paths, load_town(paths)), ClerkId("bench"))
    printer = FolderPrinter(paths.output_dir)
    reading = scan()
    cpu: list[float] = []
    wall: list[float] = []
    filled: list[FilledForm] = []
    answers: dict[str, Any] = {}
    for _ in range(runs + 1):
        case = counter.open_case()
        counter.choose(case, counter.procedures_for_forms(forms), forms)
        counter.identify_by_card(case, reading)
        answers = answers or sample_answers(counter, case)
        counter.answer(case, answers)
        start, start_cpu = time.perf_counter(), time.process_time()
        filled = counter.fill(case)
        counter.release(case, filled, printer)
        cpu.append(time.process_time() - start_cpu)
        wall.append(time.perf_counter() - start)
        counter.close(case)
    counter.office.log.close()
    return {
        "cpu_ms": 1000 * statistics.median(cpu[1:]),
        "wall_ms": 1000 * statistics.median(wall[1:]),
        "pages": sum(len(form.pages) for form in filled),
        "values": sum(
            isinstance(p, PlacedText) for form in filled for page in form.pages for p in page.placed
        ),
        "answers": answers,
    }


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(measure(sys.argv[1].split(","), int(sys.argv[2]), Path(folder))))
