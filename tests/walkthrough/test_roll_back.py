"""A log put back to an earlier state is noticed by the office that opens it, and told until it is known."""

import shutil
from pathlib import Path

from kakanai.sessionlog.entry import ClerkId, EntryKind
from kakanai.sessionlog.roll_back import acknowledge, unacknowledged
from kakanai.settings import Paths
from tests.office import NOON, make_counter


def work(home: Path) -> None:
    """One case more, and the office closed."""
    counter = make_counter(home)
    counter.cancel(counter.open_case())
    counter.office.log.close()


def test_an_older_log_in_place_of_the_last_is_told_once(tmp_path: Path) -> None:
    paths = Paths(tmp_path)
    work(tmp_path)
    older = tmp_path / "older"
    shutil.copy(paths.log_database, older)
    work(tmp_path)
    for beside in tmp_path.glob(f"{paths.log_database.name}-*"):
        beside.unlink()
    shutil.copy(older, paths.log_database)
    counter = make_counter(tmp_path)
    log = counter.office.log
    seen = unacknowledged(log)
    assert seen is not None
    assert seen.kind == EntryKind.ROLLED_BACK_SEEN
    assert acknowledge(log, ClerkId("9001"), NOON)
    log.close()
    again = make_counter(tmp_path).office.log
    assert unacknowledged(again) is None  # nothing was put back since
    again.close()


def test_the_same_log_goes_on_without_a_word(tmp_path: Path) -> None:
    for _ in range(2):
        work(tmp_path)
    log = make_counter(tmp_path).office.log
    assert unacknowledged(log) is None
    log.close()
