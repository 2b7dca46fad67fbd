"""A program that crashes leaves no picture of its memory."""

import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="prctl and /proc")

ROOT = Path(__file__).parents[2]
CRASHING = """
import ctypes, os, signal, sys
from kakanai.app.core_dumps import forbid_core_dumps
if sys.argv[1] == "forbidden":
    forbid_core_dumps()
signal.signal(signal.SIGABRT, signal.SIG_DFL)
os.abort()
"""
TOLD = """
import contextlib, ctypes, io, os, resource
from kakanai.app.entry import run
before = ctypes.CDLL(None).prctl(3, 0, 0, 0, 0)
with contextlib.redirect_stdout(io.StringIO()):
    try:
        run(["--version"])
    except SystemExit:
        pass
print(before, ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), resource.getrlimit(resource.RLIMIT_CORE)[0])
print(len(os.listdir("/proc/self/fd")) > 2)
"""


def crashed(folder: Path, how: str) -> int:
    """How a process ended that was let have a core dump; in `folder`, where one would lie."""
    limits = resource.getrlimit(resource.RLIMIT_CORE)
    done = subprocess.Popen(
        [sys.executable, "-c", CRASHING, how],
        cwd=folder,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)},
        stderr=subprocess.DEVNULL,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CORE, (limits[1], limits[1])),
    )
    status = os.waitpid(done.pid, 0)[1]
    done.returncode = -os.WTERMSIG(status)
    assert done.returncode == -signal.SIGABRT
    return status


def test_a_crash_leaves_no_core_dump(tmp_path: Path) -> None:
    if not os.WCOREDUMP(crashed(tmp_path, "allowed")):
        pytest.skip("this system writes no core dumps at all")
    for path in tmp_path.iterdir():
        path.unlink()
    assert not os.WCOREDUMP(crashed(tmp_path, "forbidden"))
    assert list(tmp_path.iterdir()) == []


def test_every_run_of_the_program_forbids_them() -> None:
    """Dumpable before, not after; and what needs /proc/self still finds it there."""
    done = subprocess.run(
        [sys.executable, "-c", TOLD],
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout.split() == ["1", "0", "0", "True"]
