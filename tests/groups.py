"""Which tests stay together in one process when two run at a time (`make test`)."""

import re
from functools import cache
from pathlib import Path

from xdist.scheduler import LoadScopeScheduling

ROOT = Path(__file__).resolve().parents[1]
WEIGHTY = (
    "tests/faults/",
    "tests/cardreader/test_counts.py",
    "tests/walkthrough/",
    "tests/ui/test_counted_walks.py",
    "tests/ui/test_small_screen.py",
    "tests/ui/test_step_fits.py",
    "tests/ui/staff/test_pages_fit.py",
)
"""What takes longest, to be started first: a long test that starts last is waited for alone."""

_FORM = re.compile(r"\[(F[0-9]{2})\b")
_WALK = re.compile(r"tests/walkthrough/test_walks_killed\.py::\w+\[(\w+)\]")
_DAEMONS = {"pcscd": re.compile(r"\bpcscd\b|mark\.pcsc\b"), "cups": re.compile(r"mark\.cups\b")}


def group_of(nodeid: str) -> str:
    """The group of a test by its id: a daemon, the walk or form it is about, or its file.

    There can be but one pcscd on a machine without namespaces, so every file that speaks of it is in one
    group; tests of one form share its drawn paper, those of a killed walk the walk.
    """
    file = nodeid.partition("::")[0]
    daemon = _daemon_of(file)
    if daemon:
        return daemon
    if walk := _WALK.match(nodeid):
        return f"{file}[{walk[1]}]"
    form = _FORM.search(nodeid) if file.startswith("tests/forms/") else None
    return form[1] if form else file


def turn_of(nodeid: str) -> tuple[bool, bool]:
    """Sorts first what is to be started first."""
    group = group_of(nodeid)
    return group != "pcscd", not group.startswith(WEIGHTY)


@cache
def _daemon_of(file: str) -> str:
    source = (ROOT / file).read_text(encoding="utf-8")
    return next((daemon for daemon, told in _DAEMONS.items() if told.search(source)), "")


class ByGroup(LoadScopeScheduling):
    """Hands whole groups to the processes of pytest-xdist.

    Its own `--dist loadgroup` writes the group into the test's id, which pytest 9.2 does not let it do
    (observed with pytest-xdist 3.8: the tests of a group ran in both processes).
    """

    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid)
