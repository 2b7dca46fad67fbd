"""What a program costs from its start to its end: wall time, CPU time and peak memory."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Cost:
    """Seconds of wall and CPU time, peak memory in MB, and what was printed.

    CPU time includes processes that the program started and waited for; memory is that of the largest one.
    """

    wall_s: float
    cpu_s: float
    peak_mb: float
    printed: str


def cost_of(command: Sequence[str | Path], **environment: str) -> Cost:
    """Run a command to its end and count what it used.

    Raises:
        CalledProcessError: it failed; what it said of it is on standard error.
    """
    argv = [str(part) for part in command]
    # Into files: a pipe that fills up would stop the program, and reading it would cost time of ours.
    with tempfile.TemporaryFile() as printed, tempfile.TemporaryFile() as complained:
        start = time.perf_counter()
        process = subprocess.Popen(  # noqa: S603
            argv,
            stdout=printed,
            stderr=complained,
            stdin=subprocess.DEVNULL,
            env={**os.environ, **environment},
        )
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        printed.seek(0)
        complained.seek(0)
        if process.returncode:
            sys.stderr.write(complained.read().decode())
            raise subprocess.CalledProcessError(process.returncode, argv)
        return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, printed.read().decode())
