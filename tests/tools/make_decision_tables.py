"""Write the decision tables 判断表 that the tests compare: `python -m tests.tools.make_decision_tables`."""

import sys
import tempfile
from pathlib import Path

from kakanai.app.offices import guide_shelf
from kakanai.cli.guide import table_words
from kakanai.reception.decision_table import decision_table, table_csv
from kakanai.settings import Paths

TABLES = Path(__file__).parents[1] / "reception" / "tables"


def tables():
    """The table of each event as bytes of CSV, by its file's name."""
    with tempfile.TemporaryDirectory() as home:
        shelf = guide_shelf(Paths(Path(home)))
        words = table_words(shelf)
        return {
            f"{event.value}.csv": table_csv(decision_table(guide, words))
            for event, guide in shelf.guidance.events.items()
        }


def main():
    TABLES.mkdir(exist_ok=True)
    found = tables()
    for old in TABLES.glob("*.csv"):
        if old.name not in found:
            old.unlink()
    for name, data in found.items():
        (TABLES / name).write_bytes(data)
        rows = data.count(b"\r\n") - 1
        print(f"{name}: {rows} rows")
    return 0


if __name__ == "__main__":
    sys.exit(main())
