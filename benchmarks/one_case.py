"""What one case costs: exact counts (APDUs, SQL statements, PDF bytes) and times as ratios within this run.

Run: `.venv/bin/python benchmarks/one_case.py`. Times depend on the machine, so only their ratios are shown,
each the median of several runs, the drawing of one F05 being 1.
"""

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Engine, event

from kakanai.app.offices import build_office
from kakanai.cardreader.mynumber.pin import Pin
from kakanai.cardreader.mynumber.readings import MyNumberCardReading
from kakanai.cardreader.mynumber.session import MyNumberCardSession
from kakanai.cardreader.simulator.virtual_reader import SimulatedReaderSource
from kakanai.counter import Counter
from kakanai.forms.fonts import FontShelf
from kakanai.printing.folder import FolderPrinter
from kakanai.sessionlog.entry import ClerkId
from kakanai.settings import Paths, load_town

FORMS = ["F01", "F05", "F06", "F07", "F09"]
RUNS = 7


def read(*, with_my_number: bool) -> MyNumberCardReading:
    """One reading of the official test card."""
    source = SimulatedReaderSource()
    source.insert("official-test")
    with MyNumberCardSession.open(source.readers()[0].connect()) as session:
        return session.read(Pin("1234"), with_my_number=with_my_number)


def seconds(act: Callable[[], object]) -> float:
    """Median time of `act` over the runs."""
    taken = []
    for _ in range(RUNS):
        start = time.perf_counter()
        act()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def main() -> None:
    """Print the counts and the ratios."""
    four, with_number = read(with_my_number=False).exchanges, read(with_my_number=True).exchanges
    print(f"APDUs: 4情報 {four}, + 個人番号 {with_number}")
    statements: list[str] = []
    event.listen(Engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    with tempfile.TemporaryDirectory() as folder:
        paths = Paths(Path(folder))
        paths.ensure_home()
        office = build_office(paths, load_town(paths))
        counter = Counter(office, ClerkId("bench"))
        statements.clear()
        case = counter.open_case()
        counter.choose(case, counter.procedures_for_forms(FORMS), FORMS)
        counter.identify_by_card(case, read(with_my_number=True))
        filled = counter.fill(case)
        printed = counter.release(case, filled, FolderPrinter(paths.output_dir))
        print(f"SQL statements: {len(statements)} for one case with {len(FORMS)} forms")
        for document in printed:
            size = document.path.stat().st_size if document.path else 0
            print(f"{document.form}: {document.pages} page(s), {size} bytes")
        one = next(form for form in filled if form.template.id == "F05")
        unit = seconds(lambda: office.renderer.render(one))
        costs = {
            "read the card (simulated)": lambda: read(with_my_number=True),
            "load the fonts": lambda: FontShelf().load_all(),
            "load all data files": lambda: build_office(paths, load_town(paths)).log.close(),
            "fill five forms": lambda: counter.fill(case),
            "draw five forms": lambda: [office.renderer.render(form) for form in filled],
        }
        print("draw F05: 1")
        for name, act in costs.items():
            print(f"{name}: {seconds(act) / unit:.2f}")
        counter.close(case)
        office.log.close()


if __name__ == "__main__":
    main()
