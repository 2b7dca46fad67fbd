"""The tamper trial of benchmarks/, shorter: no single edit that changes what a log says stays unnoticed."""

import pytest

from benchmarks.tamper_trial import EDITS, anchor_of, found_in, run_part, said_by, table
from tests.sessionlog.sample_log import folded_up, make


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    path = tmp_path_factory.mktemp("log") / "sessionlog.sqlite3"
    make(path, days=2, cases=5, purged=True)
    return folded_up(path)


def test_every_edit_that_changes_the_meaning_is_found(made):
    before = made.read_bytes()
    tallies = run_part(made, 300, seed=20261121)
    told = "\n".join(table(tallies))
    assert sum(tally.made for tally in tallies.values()) == 300
    assert set(tallies) == {edit.__name__ for edit, _ in EDITS}
    assert sum(tally.changed for tally in tallies.values()) > 150, told
    assert [one for tally in tallies.values() for one in tally.missed] == [], told
    assert made.read_bytes() == before


def test_the_oracle_sees_a_change_and_sees_none_where_there_is_none(made, tmp_path):
    copy = tmp_path / "copy.sqlite3"
    copy.write_bytes(made.read_bytes())
    assert said_by(copy) == said_by(made) != {}
    copy.write_bytes(made.read_bytes().replace(b"case_opened", b"case_openee", 1))
    assert said_by(copy) != said_by(made)
    copy.write_bytes(made.read_bytes()[:3000])
    assert said_by(copy) == {}


def test_a_log_that_was_not_changed_is_not_told_to_be(made):

    assert not found_in(made, anchor_of(made))
