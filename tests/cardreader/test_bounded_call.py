import threading

import pytest

from kakanai.cardreader.bounded_call import CallThread


def test_results_and_errors_come_back():
    calls = CallThread("test")
    assert calls.call(lambda: 7, 5) == 7
    with pytest.raises(ZeroDivisionError):
        calls.call(lambda: 1 // 0, 5)
    assert calls.finish(lambda: None, 5)


def test_the_functions_own_timeout_is_no_overdue_call():
    calls = CallThread("test")

    def fail():
        raise TimeoutError

    with pytest.raises(TimeoutError):
        calls.call(fail, 5)
    assert calls.call(lambda: 7, 5) == 7
    assert calls.finish(lambda: None, 5)


def test_nothing_is_begun_behind_an_overdue_call():
    calls = CallThread("test")
    go_on, made = threading.Event(), []
    with pytest.raises(TimeoutError):
        calls.call(go_on.wait, 0.01)
    with pytest.raises(TimeoutError):
        calls.call(lambda: made.append("second"), 5)
    assert not calls.finish(lambda: made.append("last"), 0.01)
    (thread,) = (thread for thread in threading.enumerate() if thread.name == "test")
    go_on.set()
    thread.join(5)
    assert made == ["last"]


def test_an_unused_one_ends_without_ever_starting():
    made = []
    assert CallThread("unused").finish(lambda: made.append(1), 5)
    assert made == []
    assert not any(thread.name == "unused" for thread in threading.enumerate())
