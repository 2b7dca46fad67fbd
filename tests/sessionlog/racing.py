"""Several programs that write into one log at once, and what became of it.

`python -m tests.sessionlog.racing TARGET WRITERS ENTRIES` prints a Race as JSON; TARGET: file or address.
"""

import dataclasses
import datetime as dt
import json
import os
import subprocess
import sys
import time
import traceback
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from kakanai.sessionlog.errors import LogLockedError
from kakanai.sessionlog.store import SessionLog
from kakanai.settings.database_url import DatabaseUrl
from tests.sessionlog.acts import DAY, WALK, entry, is_intact

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Race:
    """What became of a log that several wrote into; `waits` counts who had to ask for the lock again."""

    entries: int
    places_without_gap: bool
    numbers: int
    numbers_without_double: bool
    chain_intact: bool
    differing: list[str]
    waits: int
    seconds: float


def target_of(text):
    """What SessionLog.open is given for this argument."""
    return DatabaseUrl.parse(text) if "://" in text else Path(text)


def text_of(target):
    """The argument that stands for what SessionLog.open is given."""
    if isinstance(target, Path):
        return str(target)
    return f"{target.place}?{'&'.join(f'{name}={value}' for name, value in target.options)}"


def race(target, writers, entries):
    """Let so many programs write so many entries each into the log, in a process of its own; the Race."""
    command = [sys.executable, "-m", "tests.sessionlog.racing", text_of(target), str(writers), str(entries)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True)
    return Race(**json.loads(done.stdout))


def _write(target, start, out, writer, entries):
    """One program: a case of seven acts after the other, a new number for each."""
    numbers, places, waits = [], [], 0

    def patiently(act):
        nonlocal waits
        while True:
            try:
                return act()
            except LogLockedError:
                waits += 1

    with SessionLog.open(target) as log:
        log.head()
        os.read(start, 1)
        for place in range(entries):
            kind, told = WALK[place % len(WALK)]
            if place % len(WALK) == 0:
                numbers.append(patiently(lambda: log.next_case_number(DAY)))
            who = {"clerk": str(writer), "counter": str(writer), **told}
            places.append(patiently(partial(_append, log, kind, numbers[-1], who)))
    os.write(out, json.dumps([numbers, places, waits]).encode())


def _append(log, kind, number, told):
    return log.append(entry(kind, number, dt.datetime.now(dt.UTC), **told))


def _forked(work, *args):
    """A new process that does `work(*args, out)`; its id, and where what it wrote to `out` is read."""
    into, out = os.pipe()
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            os.close(into)
            work(*args[:2], out, *args[2:])
            status = 0
        except BaseException:  # noqa: BLE001  # a forked process has nobody else to tell it to
            traceback.print_exc()
        finally:
            os._exit(status)
    os.close(out)
    return pid, into


def _run(target, writers, entries):
    start, go = os.pipe()
    programs = [_forked(_write, target, start, writer, entries) for writer in range(1, writers + 1)]
    time.sleep(0.3)  # they open the log, and wait for the start
    began = time.monotonic()
    os.write(go, b"x" * writers)
    told = []
    for _, into in programs:
        with os.fdopen(into, "rb") as file:
            told.append(json.loads(file.read()))
    seconds = time.monotonic() - began
    for pid, _ in programs:
        assert os.waitpid(pid, 0)[1] == 0
    numbers = [number for one in told for number in one[0]]
    places = sorted(place for one in told for place in one[1])
    with SessionLog.open(target) as log:
        return Race(
            entries=len(places),
            places_without_gap=places == list(range(1, writers * entries + 1)),
            numbers=len(numbers),
            numbers_without_double=len(set(numbers)) == len(numbers),
            chain_intact=is_intact(list(log.links())) and log.head().seq == len(places),
            differing=log.compare_derived(),
            waits=sum(one[2] for one in told),
            seconds=round(seconds, 2),
        )


if __name__ == "__main__":
    report = _run(target_of(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
    print(json.dumps(dataclasses.asdict(report)))
