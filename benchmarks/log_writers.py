"""Eight programs write 2,000 entries each into one log at once, on SQLite and on PostgreSQL.

Run: `.venv/bin/python -m benchmarks.log_writers [WRITERS] [ENTRIES]`. Prints what became of the numbers, the
places in the chain and its hashes; the seconds are this machine's and are compared with nothing.
"""

import dataclasses
import sys
import tempfile
from pathlib import Path

from tests.postgres import PrivatePostgres, why_not
from tests.sessionlog.racing import Race, race


def main() -> None:
    """Print one line for each database."""
    writers, entries = (int(word) for word in (sys.argv[1:] or ["8", "2000"]))
    with tempfile.TemporaryDirectory() as folder:
        told("SQLite", race(Path(folder) / "sessionlog.sqlite3", writers, entries))
    if reason := why_not():
        print(f"PostgreSQL: {reason}")
        return
    with PrivatePostgres(durable=True) as server:
        told("PostgreSQL", race(server.new_database(), writers, entries))


def told(name: str, outcome: Race) -> None:
    """Print the outcome."""
    facts = dataclasses.asdict(outcome)
    rate = round(outcome.entries / outcome.seconds)
    print(f"{name}: " + ", ".join(f"{word} {fact}" for word, fact in facts.items()) + f", {rate} entries/s")


if __name__ == "__main__":
    main()
