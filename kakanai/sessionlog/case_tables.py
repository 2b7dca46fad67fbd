"""What is told of the chain case by case and day by day, for pages and sums at once; a fold, kept beside it.

Nothing here is evidence: `derived.py` writes it with each entry, and can make it anew from the chain.
"""

from typing import Final

from sqlalchemy import Boolean, Column, Date, Index, Integer, Table, Text, text

from kakanai.sessionlog.tables import METADATA, MOMENT_LENGTH, Seq, word

IS_OVERRIDDEN: Final = "overrides > 0"
IS_REPRINTED: Final = "releases > 1"
HAS_FAILED: Final = "failures > 0"
IS_LOOKUP: Final = "is_lookup"
IS_UNUSUAL: Final = "is_unusual_hour"
"""What few cases are: an index holds just these, and is used by a query that says it in the same words."""


def _few(name: str, rule: str) -> Index:
    return Index(name, "day", "case_seq", sqlite_where=text(rule), postgresql_where=text(rule))


CASE_LINE: Final = Table(
    "case_line",
    METADATA,
    Column("case_seq", Seq, primary_key=True, autoincrement=False),
    Column("case_number", word(16), nullable=False),
    Column("day", Date, nullable=False),
    Column("opened_at", word(MOMENT_LENGTH), nullable=False),
    Column("finished_at", word(MOMENT_LENGTH)),
    Column("staff", word(16), nullable=False),
    Column("counter", word(8), nullable=False),
    Column("card_kind", word(16), nullable=False),
    Column("read_by", word(8), nullable=False),
    Column("authenticity", word(5), nullable=False),
    Column("procedures", Text, nullable=False),
    Column("chosen_at", word(MOMENT_LENGTH), nullable=False),
    Column("forms", Text, nullable=False),
    Column("is_form_filled", Boolean, nullable=False),
    Column("codes", Text, nullable=False),
    Column("pages", Integer, nullable=False),
    Column("outcome", word(12), nullable=False),
    Column("review", word(9), nullable=False),
    Column("entries", Integer, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("releases", Integer, nullable=False),
    Column("overrides", Integer, nullable=False),
    Column("comments", Integer, nullable=False),
    Column("is_lookup", Boolean, nullable=False),
    Column("is_unusual_hour", Boolean, nullable=False),
    Column("worked_s", Integer, nullable=False),
    Column("running_since", word(MOMENT_LENGTH)),
    Column("last_seq", Seq, nullable=False),
    Column("last_at", word(MOMENT_LENGTH), nullable=False),
    Index("ix_case_line_case_number", "case_number", unique=True),
    Index("ix_case_line_day", "day", "case_seq"),
    Index("ix_case_line_staff", "staff", "day", "case_seq"),
    Index("ix_case_line_counter", "counter", "day", "case_seq"),
    Index("ix_case_line_outcome", "outcome", "day", "case_seq"),
    Index("ix_case_line_card_kind", "card_kind", "day", "case_seq"),
    Index("ix_case_line_review", "review", "day", "case_seq"),
    _few("ix_case_line_overridden", IS_OVERRIDDEN),
    _few("ix_case_line_reprinted", IS_REPRINTED),
    _few("ix_case_line_failed", HAS_FAILED),
    _few("ix_case_line_lookup", IS_LOOKUP),
    _few("ix_case_line_unusual", IS_UNUSUAL),
)
"""One case as it stands; `case_seq` is the place of its first entry in the chain."""


def _found_by(name: str, column: Column[str], *more: Column[str]) -> Table:
    """Which cases have a form, a procedure or a code; in the order of the key, which is that of the pages."""
    return Table(
        name,
        METADATA,
        column,
        Column("day", Date, primary_key=True),
        Column("case_seq", Seq, primary_key=True, autoincrement=False),
        *more,
        sqlite_with_rowid=False,
    )


CASE_FORM: Final = _found_by("case_form", Column("form", word(10), primary_key=True))
CASE_PROCEDURE: Final = _found_by(
    "case_procedure",
    Column("procedure", word(40), primary_key=True),
    Column("chosen_at", word(MOMENT_LENGTH), nullable=False),
)
CASE_CODE: Final = _found_by("case_code", Column("code", word(5), primary_key=True))

SUMMED: Final = (
    "cases",
    "finished",
    "pages",
    "worked_s",
    "printed",
    "cancelled",
    "print_failed",
    "failures",
    "overrides",
    "reprints",
    "lookups",
    "unusual",
)
"""What is counted, of each day and of each part of it."""

CASE_SUM: Final = Table(
    "case_sum",
    METADATA,
    Column("dimension", word(15), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("member", word(40), primary_key=True),
    *(Column(name, Seq, nullable=False) for name in SUMMED),
    sqlite_with_rowid=False,
)
"""The sums of one day: of all its cases, and by member of staff, counter, hour, form and procedure.

Those by something are kept for whole months too, by the first of the month (`staff_month` …), so that those
of five years are quick.
"""

DERIVED: Final = (CASE_LINE, CASE_FORM, CASE_PROCEDURE, CASE_CODE, CASE_SUM)
