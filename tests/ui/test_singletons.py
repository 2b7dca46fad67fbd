"""PySide6 6.12 on Python 3.11 loses a reference of None whenever a slot returns; the window must not care."""

import subprocess
import sys

import pytest

SCRIPT = """
import sys
from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot
from kakanai.ui.singletons import keep_singletons

class Ear(QObject):
    heard = Signal(bool)

    @Slot(bool)
    def hear(self, value):
        return None

application = QCoreApplication([])
keep_singletons()
keep_singletons()
ear = Ear()
ear.heard.connect(ear.hear)
for _ in range(40_000):
    ear.heard.emit(True)
print("alive", sys.getrefcount(None) > 1 << 50)
"""


def test_the_interpreter_outlives_many_slots() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("alive")


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="immortal by themselves")
def test_the_singletons_have_references_to_spare() -> None:
    # tests/ui/conftest.py has called keep_singletons.
    for singleton in (None, True, False):
        assert sys.getrefcount(singleton) > 1 << 50
