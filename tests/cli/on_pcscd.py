"""The command line on a real pcscd of the test's own, with a specimen on its reader."""

import contextlib
import os
import signal
import subprocess
import sys
from pathlib import Path

KAKANAI = [sys.executable, "-m", "kakanai"]


@contextlib.contextmanager
def inserted(pcscd, home, specimen, *faults):
    """`kakanai card insert SPECIMEN` running beside the pcscd."""
    pcscd.remove()  # another test of this run may have left its card on the reader
    card = subprocess.Popen(
        pcscd.command([*KAKANAI, "card", "insert", specimen, *faults]),
        env={**environment(home), "PYTHONPATH": str(Path(__file__).parents[2])},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    try:
        assert specimen in card.stdout.readline()
        pcscd.wait_for_card(present=True)
        yield card
    finally:
        card.send_signal(signal.SIGTERM)
        card.communicate(timeout=10)
    pcscd.wait_for_card(present=False)


def environment(home):
    return {**os.environ, "KAKANAI_HOME": str(home), "PYTHONUTF8": "1"}


def run(pcscd, home, *arguments, pin="1234"):
    """A verb on that pcscd with one line of standard input; exit code, standard output and error."""
    done = pcscd.run([*KAKANAI, *arguments], input=f"{pin}\n", env=environment(home))
    return done.returncode, done.stdout, done.stderr
