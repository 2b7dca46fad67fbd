"""What belongs to the window's thread is destroyed there, however much another thread makes meanwhile."""

import gc
import threading
import weakref

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from kakanai.ui.cycle_collector import CycleCollector


def test_a_cycle_is_collected_on_the_windows_thread(qtbot: QtBot) -> None:
    ends: list[int] = []
    with CycleCollector():
        assert not gc.isenabled()
        owner = QObject()
        owner.itself = owner
        weakref.finalize(owner, lambda: ends.append(threading.get_ident()))
        del owner
        other = threading.Thread(target=_make_garbage)
        other.start()
        other.join()
        assert ends == []
        qtbot.waitUntil(lambda: ends != [], timeout=10_000)
    assert ends == [threading.get_ident()]


def test_python_collects_as_ever_afterwards(qtbot: QtBot) -> None:
    before = gc.isenabled()
    gc.enable()
    try:
        with CycleCollector():
            assert not gc.isenabled()
        assert gc.isenabled()
    finally:
        if not before:
            gc.disable()


def _make_garbage() -> None:
    for _ in range(10 * gc.get_threshold()[0]):
        one: list[object] = []
        one.append(one)
