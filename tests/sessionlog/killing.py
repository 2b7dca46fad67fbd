"""A program that is killed (SIGKILL) again and again while it writes into the log, and what the log has then.

`python -m tests.sessionlog.killing TARGET KILLS SEED` prints Kills as JSON; TARGET: a file or an address.
"""

import dataclasses
import datetime as dt
import json
import os
import random
import signal
import struct
import subprocess
import sys
import time
from dataclasses import dataclass

from kakanai.sessionlog.entry import CaseNumber
from kakanai.sessionlog.errors import LogLockedError
from kakanai.sessionlog.store import SessionLog
from tests.sessionlog.acts import DAY, WALK, entry, is_intact
from tests.sessionlog.racing import ROOT, target_of, text_of

_ACK = struct.Struct("<q")


@dataclass(frozen=True)
class Kills:
    """What became of the log.

    `acknowledged` entries were told to be on disk before the program was killed, and `lost` of these are not
    in the log; `unheard` are there although the program was killed before it could say so.
    """

    kills: int
    acknowledged: int
    lost: int
    unheard: int
    chain_intact: bool
    differing: list[str]


def kill(target, kills, seed):
    """Kill a writing program so many times, from a process of its own; the Kills."""
    command = [sys.executable, "-m", "tests.sessionlog.killing", text_of(target), str(kills), str(seed)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True)
    return Kills(**json.loads(done.stdout))


def _write(target, out, round_):
    """Write cases for ever, and tell the place of each entry once it is on disk."""
    with SessionLog.open(target) as log:
        for serial in range(1, 10_000):
            number = CaseNumber.build(DAY + dt.timedelta(days=round_), serial)
            for kind, told in WALK:
                seq = _patiently(log, entry(kind, number, dt.datetime.now(dt.UTC), **told))
                os.write(out, _ACK.pack(seq))


def _patiently(log, one):
    """The server may hold the lock of the one that was killed before for a moment."""
    while True:
        try:
            return log.append(one)
        except LogLockedError:
            time.sleep(0.01)


def _round(target, round_, chance):
    """One program, killed at a moment that nobody knows; the places it told."""
    into, out = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.close(into)
            _write(target, out, round_)
        finally:
            os._exit(1)
    os.close(out)
    told = b""
    for _ in range(chance.randint(0, 6)):
        told += os.read(into, _ACK.size)
    time.sleep(chance.random() * 0.02)
    os.kill(pid, signal.SIGKILL)
    while more := os.read(into, 4096):
        told += more
    os.close(into)
    status = os.waitpid(pid, 0)[1]
    assert os.WTERMSIG(status) == signal.SIGKILL, "the program ended by itself"
    return [seq for (seq,) in _ACK.iter_unpack(told)]


def _run(target, kills, seed):
    chance = random.Random(seed)  # noqa: S311  # moments, not secrets
    SessionLog.open(target).close()
    acknowledged, lost, unheard, last = 0, 0, 0, 0
    for round_ in range(kills):
        told = _round(target, round_, chance)
        acknowledged += len(told)
        with SessionLog.open(target) as log:
            head = log.head()
            there = {link.seq for link in log.links(last + 1)}
            lost += len(set(told) - there)
            unheard += len(there - set(told))
            last = head.seq if head else 0
    with SessionLog.open(target) as log:
        log.check()
        return Kills(
            kills=kills,
            acknowledged=acknowledged,
            lost=lost,
            unheard=unheard,
            chain_intact=is_intact(list(log.links())) and last == acknowledged - lost + unheard,
            differing=log.compare_derived(),
        )


if __name__ == "__main__":
    report = _run(target_of(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
    print(json.dumps(dataclasses.asdict(report)))
