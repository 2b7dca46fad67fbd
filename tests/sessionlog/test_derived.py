"""What is told case by case is the same whether kept along with the chain or made anew from it."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kakanai.sessionlog.case_tables import SUMMED
from kakanai.sessionlog.chain import Link
from kakanai.sessionlog.derived import forget
from kakanai.sessionlog.entry import CaseNumber
from kakanai.sessionlog.errors import LogDamagedError
from kakanai.sessionlog.store import SessionLog
from tests.sessionlog.acts import DAY, FORMS, NUMBER, TEN, K, entry, walk

STEPS = st.sampled_from(
    [
        (K.CASE_OPENED, {}),
        (K.CARD_READ, {"card_kind": "mynumber", "read_by": "pin", "codes": ("V-001", "C-010")}),
        (K.READING_FAILED, {"codes": ("C-010",)}),
        (K.HAND_ENTERED, {"read_by": "hand"}),
        (K.PROCEDURES_CHOSEN, {"procedures": ("water", "dog")}),
        (K.PROCEDURES_CHOSEN, {"procedures": ("dog",)}),
        (K.PROCEDURES_CHOSEN, {}),
        (K.MISMATCH_ACCEPTED, {"codes": ("V-011",)}),
        (K.FORMS_FILLED, {"forms": FORMS}),
        (K.FORMS_FILLED, {"forms": FORMS[:1] * 2}),
        (K.PRINT_RELEASED, {}),
        (K.PRINT_DONE, {}),
        (K.PRINT_FAILED, {"codes": ("P-013",)}),
        (K.CASE_CORRECTED, {"forms": FORMS[1:]}),
        (K.CASE_SUSPENDED, {}),
        (K.CASE_RESUMED, {}),
        (K.CASE_CLOSED, {}),
        (K.CASE_CANCELLED, {}),
        (K.CASE_APPROVED, {}),
        (K.CASE_SENT_BACK, {}),
        (K.CASE_COMMENTED, {}),
        (K.LOG_VIEWED, {}),
    ]
)
ACTS = st.lists(st.tuples(st.integers(1, 3), STEPS, st.integers(-200, 600)), min_size=1, max_size=25)


def appended(log, acts):
    """Write the acts into the log, each so many minutes after ten."""
    entries = []
    for serial, (kind, told), minute in acts:
        number = CaseNumber.build(DAY, serial)
        entries.append(
            entry(kind, number, TEN + dt.timedelta(minutes=minute), clerk=str(serial), counter="2", **told)
        )
    log.append_all(entries)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def many(request, tmp_path_factory):
    """A call that opens a new log each time; of PostgreSQL, one database is emptied."""
    if request.param == "sqlite":
        folder, opened = tmp_path_factory.mktemp("logs"), []

        def new():
            opened.append(0)
            return SessionLog.open(folder / f"{len(opened)}.sqlite3")

        return new
    return lambda: SessionLog.open(request.getfixturevalue("postgres").new_database())


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_kept_along_is_the_same_as_made_anew(many, acts):
    with many() as log:
        appended(log, acts)
        kept = contents(log)
        assert log.compare_derived() == []
        log.rebuild_derived()
        assert contents(log) == kept
        assert log.compare_derived() == []


def contents(log):
    """Every row of the derived tables, without sums that have become nothing."""
    with log.reading() as connection:
        tables = {
            name: sorted(map(repr, connection.exec_driver_sql(f"SELECT * FROM {name}")))  # noqa: S608
            for name in ("case_line", "case_form", "case_procedure", "case_code")
        }
        some = " OR ".join(f"{name} <> 0" for name in SUMMED)
        sums = connection.exec_driver_sql(f"SELECT * FROM case_sum WHERE {some}")  # noqa: S608
        return tables | {"case_sum": sorted(map(repr, sums))}


@pytest.mark.parametrize(
    ("table", "statement"),
    [
        ("case_line", "UPDATE case_line SET review = 'approved'"),
        ("case_line", "DELETE FROM case_line"),
        ("case_form", "DELETE FROM case_form WHERE form = 'F01'"),
        ("case_procedure", "UPDATE case_procedure SET chosen_at = ''"),
        ("case_code", "INSERT INTO case_code VALUES ('X-001', '2026-11-20', 1)"),
        ("case_sum", "UPDATE case_sum SET pages = pages + 1 WHERE dimension = 'staff'"),
    ],
)
def test_what_was_changed_by_another_program_is_found_and_made_good(log, raw, table, statement):
    log.append_all(walk())
    right = contents(log)
    raw(statement)
    assert log.compare_derived() == [table]
    assert log.rebuild_derived() == 1
    assert contents(log) == right


def test_a_chain_with_a_foreign_entry_is_not_told_anew(log, raw):
    log.append_all(walk())
    right = contents(log)
    link = Link.after(None, entry())
    raw(
        f"INSERT INTO entry VALUES (9, '{link.at}', '2026-11-20', 'card_read', '{NUMBER}', '1', '',"  # noqa: S608
        f" '[\"山田\"]', '{link.salt}', '{link.body_hash}', '{link.prev}', '{link.hash}')"
    )
    with pytest.raises(LogDamagedError) as caught:
        log.rebuild_derived()
    assert "山田" not in repr(caught.value.details)
    assert contents(log) == right
    with pytest.raises(LogDamagedError):
        log.compare_derived()


def test_what_is_forgotten_leaves_nothing_behind(log):
    other = CaseNumber.build(DAY, 2)
    log.append_all(walk())
    before = contents(log)
    log.append_all(walk(other, TEN + dt.timedelta(hours=1)))
    with log.writing() as writing:
        assert forget(writing.connection, [other, CaseNumber.build(DAY, 3)]) == 1
    assert contents(log) == before
