"""SIGTERM, SIGHUP and Ctrl+C while a verb runs: what is under way is withdrawn, and the log says so."""

import contextlib
import signal
import threading
import time
from collections.abc import Iterator
from types import FrameType
from typing import Final

_TIDYING_S: Final = 15.0
"""Seconds that withdrawing paper and closing the log may take at most before a second signal counts."""

_NAMES: Final = ("SIGTERM", "SIGHUP", "SIGINT")  # Windows has no SIGHUP

_SIGNALS: Final = tuple(getattr(signal, name) for name in _NAMES if hasattr(signal, name))


class ToldToStop(BaseException):
    """The system or an administrator ended the program; like KeyboardInterrupt it is no error.

    `exit_status` is 128 and the signal's number.
    """

    def __init__(self, number: int) -> None:
        super().__init__()
        self.exit_status = 128 + number


@contextlib.contextmanager
def stop_signals() -> Iterator[None]:
    """Within, a stop signal comes as an exception: ToldToStop, or KeyboardInterrupt for Ctrl+C.

    A second signal does not cut off the tidying up that the first one began. A signal that the caller had
    set to be ignored (nohup) stays so. Outside the main thread nothing is changed.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    first: float | None = None

    def stop(number: int, _frame: FrameType | None) -> None:
        nonlocal first
        now = time.monotonic()
        if first is not None and now < first + _TIDYING_S:
            return
        first = now
        if number == signal.SIGINT:
            raise KeyboardInterrupt
        raise ToldToStop(number)

    before = {}
    for number in _SIGNALS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            before[number] = signal.signal(number, stop)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, signal.SIG_DFL if handler is None else handler)


@contextlib.contextmanager
def finish_first() -> Iterator[None]:
    """Within, a stop signal waits; it comes when this ends. For what takes milliseconds and must be whole."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
