"""Every page and every sum goes by an index that gives its rows in order, also after ANALYZE."""

import contextlib
import datetime as dt
import sqlite3

import pytest
from sqlalchemy import event

from benchmarks.log_load import load
from benchmarks.log_pages import SEARCHES, pages_of
from kakanai.sessionlog.case_filter import CaseFilter
from kakanai.sessionlog.page_place import Place
from kakanai.sessionlog.search_queries import TotalBy
from kakanai.sessionlog.store import SessionLog

DRIVES = {
    "day": "ix_case_line_day",
    "staff": "ix_case_line_staff",
    "outcome": "ix_case_line_outcome",
    "form": "PRIMARY KEY",
    "procedure": "PRIMARY KEY",
    "code": "PRIMARY KEY",
    "common code": "PRIMARY KEY",
    "card kind": "ix_case_line_card_kind",
    "counter": "ix_case_line_counter",
    "not reviewed": "ix_case_line_review",
    "sent back (none is)": "ix_case_line_review",
    "number R8-11": "ix_case_line_day",
    "number R8-1120-0001": "ix_case_line_case_number",
    "look-ups": "ix_case_line_lookup",
    "overrides": "ix_case_line_overridden",
    "reprints": "ix_case_line_reprinted",
    "failures": "ix_case_line_failed",
    "unusual hours (none are)": "ix_case_line_unusual",
    "staff, form, code": "PRIMARY KEY",
    "sign-ins, five years": "ix_entry_act",
    "timeline": "ix_entry_case_number",
    "acts of a day": "ix_entry_day",
    "settings of a day": "ix_entry_act",
    "procedures, 30 days": "PRIMARY KEY",
}
"""By what the first step of a page goes."""


@pytest.fixture(scope="module", params=["as it is", "after ANALYZE"])
def log(request, tmp_path_factory):
    """A log of five years, in a file."""
    path = tmp_path_factory.mktemp("log") / "log.sqlite3"
    with SessionLog.open(path) as log:
        load(log, 3000)
        if request.param == "after ANALYZE":
            with contextlib.closing(sqlite3.connect(path)) as raw:
                raw.execute("ANALYZE")
        yield log


def plans_of(log, page):
    """How SQLite goes about each query of a page."""
    asked = []

    def note(_connection, _cursor, statement, parameters, *_rest):
        if statement.startswith("SELECT"):
            asked.append((statement, parameters))

    engine = log._database.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        page()
    finally:
        event.remove(engine, "before_cursor_execute", note)
    with contextlib.closing(sqlite3.connect(log.target)) as raw:
        return [
            [row[3] for row in raw.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)]
            for statement, parameters in asked
        ]


def test_no_page_goes_through_a_table_or_sorts_more_than_it_reaches(log):
    (end_of_chain,) = plans_of(log, log.head)  # a scan that ends with its first row
    for name, page in pages_of(log).items():
        for plan in plans_of(log, page):
            if plan == end_of_chain:
                continue
            told = f"{name}: {plan}"
            scans = [step for step in plan if step.startswith("SCAN") and "(subquery" not in step]
            assert [step for step in scans if "anon_" not in step] == [], told
            if "sums by" not in name and "procedures" not in name:
                # What is sorted is what was found among the candidates, never the candidates themselves.
                assert plan.count("USE TEMP B-TREE FOR ORDER BY") <= 1, told


def test_whether_a_candidate_fits_is_asked_of_indexes_and_not_of_its_row(log):
    asked = []
    for name, page in pages_of(log).items():
        for plan in plans_of(log, page) if name in SEARCHES and "number" not in name else ():
            inside = [place for place, step in enumerate(plan) if step.startswith("CORRELATED")]
            asked += [(name, step) for place, step in enumerate(plan) if place - 1 in inside]
    assert {name for name, _ in asked} >= {
        "staff, form, code",
        "staff, outcome",
        "form, procedure, none fits",
    }
    for name, step in asked:
        assert "USING COVERING INDEX" in step or "USING PRIMARY KEY" in step, (name, step)


@pytest.mark.parametrize("newest_first", [True, False])
@pytest.mark.parametrize("wanted", [CaseFilter(form="F05"), CaseFilter(staff="1001"), CaseFilter()], ids=repr)
def test_a_later_page_begins_at_its_place(log, wanted, newest_first):
    place = Place(dt.date(2024, 5, 1), 9000)
    (plan,) = plans_of(log, lambda: log.cases(wanted, after=place, newest_first=newest_first))
    search = next(step for step in plan if step.startswith("SEARCH"))
    # Of a table with row numbers SQLite takes the place for two comparisons, and tells the day's.
    begins = "(day,case_seq)" if wanted.form else "day>? AND day<?"
    assert begins in search


@pytest.mark.parametrize("name", DRIVES)
def test_each_page_goes_by_its_index(log, name):
    (plan, *_) = plans_of(log, pages_of(log)[name])
    first = next(step for step in plan if step.startswith("SEARCH"))
    assert DRIVES[name] in first, plan


def test_every_search_is_looked_at():
    single = {name for name in SEARCHES if "," not in name}
    assert single <= DRIVES.keys()


def test_sums_over_years_are_made_of_months(log):
    statements = []
    event.listen(log._database.engine, "before_cursor_execute", lambda *args: statements.append(args[3]))
    log.totals(dt.date(2022, 4, 2), dt.date(2027, 3, 31), TotalBy.STAFF)
    asked = [parameters for parameters in statements if parameters]
    assert [parameters[0] for parameters in asked] == ["staff", "staff_month"]
