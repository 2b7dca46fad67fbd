"""A counter's program that is killed (SIGKILL) again and again while its server is away, and while it merges.

`python -m tests.sessionlog.spool_killing ADDRESS HOME write|merge KILLS SEED` prints what was acknowledged: a
list of [case number, place of the act in the case].
"""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import kakanai.sessionlog.spool_merge as spool_merge
from kakanai.sessionlog.errors import LogStorageError
from kakanai.sessionlog.spool_file import SpoolFile
from tests.sessionlog.acts import DAY, WALK, entry
from tests.sessionlog.racing import ROOT, target_of, text_of
from tests.sessionlog.spooling import counter_log

_WORD = 16
"""So many bytes tell of one step."""


def kill(url, home, what, kills, seed):
    """Kill so many programs that do this, from a process of its own; the acts that they acknowledged."""
    program = [sys.executable, "-m", "tests.sessionlog.spool_killing"]
    command = [*program, text_of(url), str(home), what, str(kills), str(seed)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True)
    return [tuple(one) for one in json.loads(done.stdout)]


def _write(url, home, out):
    """Serve cases for ever, and tell each act once it is safe."""
    with counter_log(url, home) as log:
        while True:
            number = log.next_case_number(DAY)
            for place, (kind, told) in enumerate(WALK):
                log.append(entry(kind, number, **told))
                os.write(out, f"{number} {place}\n".encode().rjust(_WORD))


def _merge(url, home, out):
    """Merge a few at a time, as the start of the program does, and tell each step."""

    def telling(step):
        def told(*args):
            os.write(out, b"\n" * _WORD)
            time.sleep(0.002)
            return step(*args)

        return told

    spool_merge._BATCH = 4
    spool_merge._put = telling(spool_merge._put)
    SpoolFile.settle = telling(SpoolFile.settle)
    while True:
        try:
            counter_log(url, home).close()
        except LogStorageError:
            # Whoever was killed may hold the chain's lock until the server knows.
            time.sleep(0.01)
        else:
            os.write(out, b"\n" * _WORD)
            time.sleep(0.01)


def _round(url, home, what, chance):
    into, out = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.close(into)
            {"write": _write, "merge": _merge}[what](url, home, out)
        finally:
            os._exit(1)
    os.close(out)
    told = b""
    for _ in range(chance.randint(1, 14)):
        told += os.read(into, _WORD)
    time.sleep(chance.random() * 0.006)
    os.kill(pid, signal.SIGKILL)
    while more := os.read(into, 4096):
        told += more
    os.close(into)
    assert os.WTERMSIG(os.waitpid(pid, 0)[1]) == signal.SIGKILL, "the program ended by itself"
    return [line.split() for line in told.decode().splitlines() if line.strip()]


if __name__ == "__main__":
    _, address, folder, act, times, start = sys.argv
    moments = random.Random(int(start))  # noqa: S311  # moments, not secrets
    rounds = [_round(target_of(address), Path(folder), act, moments) for _ in range(int(times))]
    print(json.dumps([(number, int(place)) for one in rounds for number, place in one]))
