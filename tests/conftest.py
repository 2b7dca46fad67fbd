"""What all tests share: the one pcscd, and which tests stay together when two run at a time."""

import pytest

from tests.faults.tally import TALLY
from tests.pcscd import PrivatePcscd

WEIGHTY = ("tests/faults/", "tests/cardreader/test_counts.py", "tests/walkthrough/")
"""What takes longest, to be started first: a long test that starts last is waited for alone."""
_TOLD = "fault test"
_LINES = pytest.StashKey[list]()


@pytest.fixture(scope="session")
def pcscd():
    """A running PrivatePcscd, one for all tests of the session."""
    with PrivatePcscd() as private:
        yield private


def pytest_collection_modifyitems(config, items):
    """Group the tests for pytest-xdist (`-n 2 --dist loadgroup`): each group runs in order in one process.

    There can be but one pcscd on a machine without namespaces, so all that touch it are one group, and all
    with a CUPS server are one. The rest goes by file, unless the test names a group of its own.
    """
    for item in items:
        if item.get_closest_marker("xdist_group"):
            continue
        if item.get_closest_marker("pcsc") or "pcscd" in item.fixturenames:
            group = "pcscd"
        elif item.get_closest_marker("cups") or "cups" in item.fixturenames:
            group = "cups"
        else:
            group = item.nodeid.partition("::")[0]
        item.add_marker(pytest.mark.xdist_group(group))
    if hasattr(config, "workerinput"):
        items.sort(key=_turn)


def _turn(item):
    group = item.get_closest_marker("xdist_group").args[0]
    return group != "pcscd", not group.startswith(WEIGHTY)


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
