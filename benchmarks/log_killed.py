"""A program that writes into the log is killed (SIGKILL) 500 times at random moments, on both databases.

Run: `.venv/bin/python -m benchmarks.log_killed [KILLS] [SEED]`. `lost` counts entries that were acknowledged
and are not there; `unheard` those that are there although the program died before it could say so.
"""

import dataclasses
import sys
import tempfile
from pathlib import Path

from tests.postgres import PrivatePostgres, why_not
from tests.sessionlog.killing import Kills, kill


def main() -> None:
    """Print one line for each database."""
    kills, seed = (int(word) for word in (sys.argv[1:] or ["500", "1"]))
    with tempfile.TemporaryDirectory() as folder:
        told("SQLite", kill(Path(folder) / "sessionlog.sqlite3", kills, seed))
    if reason := why_not():
        print(f"PostgreSQL: {reason}")
        return
    with PrivatePostgres(durable=True) as server:
        told("PostgreSQL", kill(server.new_database(), kills, seed))


def told(name: str, outcome: Kills) -> None:
    """Print the outcome."""
    print(f"{name}: " + ", ".join(f"{word} {fact}" for word, fact in dataclasses.asdict(outcome).items()))


if __name__ == "__main__":
    main()
