"""What all tests share: the one pcscd, and which tests stay together when two run at a time."""

import contextlib
import logging
import os
import signal

import pytest

from tests.faults.tally import TALLY
from tests.groups import ByGroup, group_of, turn_of
from tests.memory_folder import folder_in_memory
from tests.pcscd import PrivatePcscd
from tests.postgres import PrivatePostgres, why_not
from tests.read_once import read_data_once

os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"  # not the developer's own
for ignored in (getattr(signal, name, None) for name in ("SIGHUP", "SIGINT")):
    # Tests started by nohup or in the background inherit it, and so would the programs that they stop.
    if ignored is not None and signal.getsignal(ignored) is signal.SIG_IGN:
        signal.signal(ignored, signal.SIG_DFL if ignored != signal.SIGINT else signal.default_int_handler)
read_data_once()
if folder := folder_in_memory():
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", folder)

_TOLD = "fault test"
_LINES = pytest.StashKey[list]()


@contextlib.contextmanager
def _log_given_back():
    logger = logging.getLogger("kakanai")
    before = logger.propagate, logger.level, list(logger.handlers)
    yield
    for handler in [one for one in logger.handlers if one not in before[2]]:
        logger.removeHandler(handler)
        handler.close()
    logger.propagate, logger.level = before[:2]


@pytest.fixture(autouse=True, scope="module")
def _diagnostics_end_with_the_module():
    """Nor must what a whole module shares, such as a walk that was driven once."""
    with _log_given_back():
        yield


@pytest.fixture(autouse=True)
def _diagnostics_end_with_the_test(_diagnostics_end_with_the_module):
    """A test that starts the program in this process must not take the log away from those after it."""
    with _log_given_back():
        yield


@pytest.fixture(scope="session")
def pcscd():
    """A running PrivatePcscd, one for all tests of the session."""
    with PrivatePcscd() as private:
        yield private


@pytest.fixture(scope="session")
def postgres():
    """A running PrivatePostgres, one for all tests of the process; make a new_database() in it."""
    if reason := why_not():
        pytest.skip(reason)
    with PrivatePostgres() as private:
        yield private


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers():
    """One process more than there are cores: a fourth of the time a test waits for a thread or a daemon."""
    return (os.cpu_count() or 1) + 1


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Two processes share out groups of tests, not single ones (tests/groups.py)."""
    return ByGroup(config, log)


def pytest_collection_modifyitems(config, items):
    """Begin with what takes longest; see that nobody asks for pcscd without being known to."""
    for item in items:
        if "pcscd" in item.fixturenames and group_of(item.nodeid) != "pcscd":
            raise pytest.UsageError(f"{item.nodeid} must be in the group of pcscd")
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: turn_of(item.nodeid))


def pytest_sessionfinish(session):
    """A process of pytest-xdist tells its controller what the fault test did."""
    if TALLY.openings and hasattr(session.config, "workeroutput"):
        session.config.workeroutput[_TOLD] = TALLY.line()


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node):
    """The controller keeps what a process told it."""
    node.config.stash.setdefault(_LINES, []).append(getattr(node, "workeroutput", {}).get(_TOLD, ""))


def pytest_terminal_summary(terminalreporter):
    """Print the fault test's summary line at the end of the run, if it ran."""
    told = [TALLY.line()] if TALLY.openings else []
    for line in told + terminalreporter.config.stash.get(_LINES, []):
        if line:
            terminalreporter.write_line(line)
