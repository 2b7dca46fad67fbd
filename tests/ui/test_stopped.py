"""The system ends the program while a case is open: the log says so, and nothing personal is left."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kakanai.sessionlog.entry import Outcome
from kakanai.sessionlog.store import SessionLog
from tests.office import NOON

ROOT = str(Path(__file__).parents[2])

WINDOW = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from kakanai.identity.person import Person
from kakanai.ui import window_run
from tests.ui.stopped_desk import desk_on

class Window(window_run.MainWindow):
    def __init__(self, *arguments):
        super().__init__(*arguments)
        QTimer.singleShot(300, self.begin)

    def begin(self):
        self.flow.identify_by_hand(Person("見本　太郎", "東京都架空町", None, None))
        self.flow.choose(["seal-certificate"])
        print("open", flush=True)

window_run.MainWindow = Window
sys.exit(window_run.run_window(desk_on(Path(sys.argv[1]))))
"""


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_stop_signal_cancels_the_open_case(tmp_path: Path, number: signal.Signals) -> None:
    window = subprocess.Popen(
        [sys.executable, "-c", WINDOW, str(tmp_path)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": ROOT, "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    assert window.stdout is not None
    assert window.stdout.readline() == "open\n"
    time.sleep(0.1)
    window.send_signal(number)
    out, _ = window.communicate(timeout=20)
    assert (window.returncode, out) == (0, "")
    with SessionLog.open(tmp_path / "sessionlog.sqlite3") as log:
        (entry,) = log.day(NOON.date())
    assert entry.outcome is Outcome.CANCELLED
