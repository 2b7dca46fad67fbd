"""A whole session, window and command line, asks the system for no socket that leads out of this machine."""

import importlib
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.walkthrough.test_walks_killed import KilledClerk
from tests.walkthrough.window_process import WindowNursery

STRACE = shutil.which("strace") or "strace"
WATCHED = [STRACE, "-D", "-f", "--seccomp-bpf", "-qq", "-e", "trace=%network"]
"""What the kernel was asked for, by Qt and libpq too. With -D, signals reach the watched process."""
INSIDE = re.compile(r"\bAF_(?:UNIX|LOCAL)\b|^\d+ +\+\+\+|^\d+ +---")
OUTWARD = re.compile(r"\b(?:socket|connect|bind|sendto|sendmsg)\(.*(?:AF_|PF_|sa_family)")


class CalmClerk(KilledClerk):
    """Walks the same way, and the power stays on."""

    def mark(self, step: str) -> None:
        self.window.wait("the pages", lambda state: state["filled"] == state["forms"])
        self.window.settled()
        self.killed.append(step)


def led_outward(log: Path) -> list[str]:
    """The calls that were for anything but a socket of this machine."""
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    return [line for line in lines if OUTWARD.search(line) and not INSIDE.search(line)]


def test_a_case_in_the_window_opens_no_socket_to_a_network(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = tmp_path / "calls"
    watched = tmp_path / "python"
    watched.write_text(f'#!/bin/sh\nexec {shlex.join([*WATCHED, "-o", str(log), sys.executable])} "$@"\n')
    watched.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(watched))
    with WindowNursery() as nursery:
        clerk = CalmClerk(nursery, tmp_path)
        importlib.import_module("benchmarks.walks.certificate_f01").walk(clerk)
        clerk.window.close()
    assert clerk.killed[-1] == "after print"
    assert "AF_UNIX" in log.read_text()  # the test's own way to the window: strace did see
    assert led_outward(log) == []


def test_the_demo_opens_no_socket_to_a_network(tmp_path: Path) -> None:
    log = tmp_path / "calls"
    subprocess.run(
        [*WATCHED, "-o", str(log), sys.executable, "-m", "kakanai", "demo", "--out", str(tmp_path / "out")],
        env={**os.environ, "KAKANAI_HOME": str(tmp_path / "home"), "PYTHONUTF8": "1"},
        capture_output=True,
        check=True,
    )
    assert list((tmp_path / "out").glob("*.pdf"))
    assert led_outward(log) == []


def test_a_socket_to_a_network_would_be_seen(tmp_path: Path) -> None:
    log = tmp_path / "calls"
    program = "import socket; socket.socket().connect_ex(('127.0.0.1', 9))"
    subprocess.run([*WATCHED, "-o", str(log), sys.executable, "-c", program], check=True)
    calls = "\n".join(led_outward(log))
    assert "socket(AF_INET," in calls
    assert "connect(" in calls
