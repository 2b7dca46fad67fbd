"""Calls that may never return, made on a thread of their own so that the caller waits only so long."""

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

_T = TypeVar("_T")


class CallThread:
    """Carries out calls one after another; nothing can stop one, but its caller need not wait for it.

    The thread starts with the first call and does not keep the program alive.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._calls: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._overdue: threading.Event | None = None  # set when the call that took too long returns

    def call(self, function: Callable[[], _T], limit_s: float) -> _T:
        """What the function returns or raises.

        Raises:
            TimeoutError: it has not returned in time and goes on; or an earlier one still has not, and this
                one was not made.
        """
        if self._overdue is not None and not self._overdue.is_set():
            raise TimeoutError
        future = self._put(function)
        # The wait is apart from the result, so that the function's own TimeoutError is not taken for ours.
        done = threading.Event()
        future.add_done_callback(lambda _: done.set())
        if not done.wait(limit_s):
            self._overdue = done
            raise TimeoutError
        return future.result()

    def finish(self, function: Callable[[], object], limit_s: float) -> bool:
        """Make a last call once all earlier ones have returned, then end the thread; whether it came to that.

        Never raises. After `limit_s` seconds it is left to itself.
        """
        if self._thread is None:  # nothing was ever called, and at the program's end none can be started
            return True
        done = threading.Event()
        self._put(function).add_done_callback(lambda _: done.set())
        self._calls.put(None)
        return done.wait(limit_s)

    def _put(self, function: Callable[[], _T]) -> "Future[_T]":
        future: Future[_T] = Future()

        def run() -> None:
            try:
                result = function()
            except BaseException as error:  # noqa: BLE001  # handed to the caller, whatever it is
                future.set_exception(error)
            else:
                future.set_result(result)

        self._calls.put(run)
        if self._thread is None:
            self._thread = threading.Thread(
                target=_run_all, args=(self._calls,), name=self._name, daemon=True
            )
            self._thread.start()
        return future


def _run_all(calls: "queue.SimpleQueue[Callable[[], None] | None]") -> None:
    # Not a method: a thread that holds its CallThread would keep it from ever being given up.
    while (run := calls.get()) is not None:
        run()
