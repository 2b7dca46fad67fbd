"""Pages of cases and of acts, and sums: they say what going through everything says, on both databases."""

import dataclasses
import datetime as dt
import random

import pytest

from kakanai.sessionlog import case_search, search_queries
from kakanai.sessionlog.case_filter import CaseFilter
from kakanai.sessionlog.case_tables import SUMMED
from kakanai.sessionlog.entry import CaseNumber, FormRecord, Outcome, Review
from kakanai.sessionlog.errors import CaseNumberError, LogDamagedError
from kakanai.sessionlog.page_place import Place
from kakanai.sessionlog.search_queries import Total, TotalBy
from kakanai.sessionlog.store import SessionLog
from tests.sessionlog.acts import DAY, FORMS, TEN, K, entry, walk

READ = (K.CARD_READ, {"card_kind": "mynumber", "read_by": "pin", "codes": ("V-001",)})
LICENCE = (K.CARD_READ, {"card_kind": "driver_licence", "read_by": "pin", "codes": ("V-001",)})
END = (K.CASE_CLOSED, {})
KINDS = [
    [(K.CASE_OPENED, {}), READ, (K.PROCEDURES_CHOSEN, {"procedures": ("water", "dog")}),
     (K.FORMS_FILLED, {"forms": FORMS}), (K.PRINT_RELEASED, {}), (K.PRINT_DONE, {}), END],
    [(K.CASE_OPENED, {}), LICENCE, (K.CASE_CANCELLED, {})],
    [(K.CASE_OPENED, {}), READ, (K.MISMATCH_ACCEPTED, {"codes": ("V-004",)}), END, (K.CASE_APPROVED, {})],
    [(K.CASE_OPENED, {}), (K.READING_FAILED, {"codes": ("C-010",)}), (K.HAND_ENTERED, {"read_by": "hand"}),
     (K.FORMS_FILLED, {"forms": (FormRecord("F05", "1", 3),)}), (K.PRINT_RELEASED, {}),
     (K.PRINT_FAILED, {"codes": ("P-013",)}), (K.PRINT_RELEASED, {}), (K.PRINT_DONE, {}), END],
    [(K.CASE_OPENED, {}), READ, (K.PROCEDURES_CHOSEN, {"procedures": ("dog",)}), END, (K.CASE_SENT_BACK, {})],
]  # fmt: skip
DAYS = [dt.date(2026, 9, 30), dt.date(2026, 10, 1), dt.date(2026, 11, 20), dt.date(2027, 1, 4)]
CASES = 60


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def full(request, tmp_path_factory):
    """A log of 60 cases on four days, in an order that is not that of their days, and acts between them."""
    if request.param == "sqlite":
        place = tmp_path_factory.mktemp("log") / "log.sqlite3"
    else:
        place = request.getfixturevalue("postgres").new_database()
    chance = random.Random(6)  # noqa: S311  # the same each time
    with SessionLog.open(place) as log:
        entries = []
        for serial in range(1, CASES + 1):
            day = chance.choice(DAYS)
            at = dt.datetime.combine(day, dt.time(chance.randint(5, 21)), TEN.tzinfo)
            number = CaseNumber.build(day, serial)
            told = {"clerk": str(chance.randint(1, 3)), "counter": str(chance.randint(1, 2))}
            entries += walk(number, at, chance.choice(KINDS), **told, spool="0f" * 16)
            entries.append(entry(K.SIGNED_IN, None, at, spool="0f" * 16))
            entries.append(entry(K.LOG_VIEWED, number, at, spool="0f" * 16))
        log.append_all(entries)
        assert log.compare_derived() == []
        yield log


@pytest.fixture
def short_reach(monkeypatch):
    """Pages look through a handful of candidates, as if there were millions."""
    monkeypatch.setattr(search_queries, "_REACH", 7)
    monkeypatch.setattr(case_search, "_FIRST_REACH", 7)
    monkeypatch.setattr(case_search, "_SAMPLE", 3)


def all_lines(log):
    """Every case in the order of the pages."""
    lines = [line for day in DAYS for line in log.cases(CaseFilter(day, day), size=1000).lines]
    assert len(lines) == CASES
    return lines


def paged(log, wanted, size, *, newest_first=False, patience_s=60.0):
    """Every page, one after the other; the cases of each are in order and none comes twice."""
    lines, after, pages = [], None, 0
    while True:
        page = log.cases(wanted, after=after, size=size, newest_first=newest_first, patience_s=patience_s)
        assert len(page.lines) <= size
        lines += page.lines
        pages += 1
        assert pages < 500
        if page.next is None:
            return lines
        after = page.next


FILTERS = [
    CaseFilter(),
    CaseFilter(first_day=DAYS[1], last_day=DAYS[2]),
    CaseFilter(last_day=DAYS[1]),
    CaseFilter(staff="2"),
    CaseFilter(counter="1"),
    CaseFilter(counter=""),
    CaseFilter(outcome=Outcome.PRINTED),
    CaseFilter(outcome=Outcome.OPEN),
    CaseFilter(form="F09"),
    CaseFilter(form="F40"),
    CaseFilter(procedure="dog"),
    CaseFilter(code="C-010"),
    CaseFilter(code="V-001"),
    CaseFilter(card_kind="driver_licence"),
    CaseFilter(review=Review.APPROVED),
    CaseFilter(review=Review.SENT_BACK),
    CaseFilter(review=Review.NONE),
    CaseFilter(is_lookup=True),
    CaseFilter(is_overridden=True),
    CaseFilter(is_reprinted=True),
    CaseFilter(is_unusual_hour=True),
    CaseFilter(has_failed=True),
    CaseFilter(number="R8-11"),
    CaseFilter(number="R9"),
    CaseFilter(number="R"),
    CaseFilter(number="R8-1120-00"),
    CaseFilter(number="R8-1399"),
    CaseFilter(staff="1", form="F05", code="P-013"),
    CaseFilter(staff="3", outcome=Outcome.PRINTED, counter="2"),
    CaseFilter(form="F05", procedure="dog"),
    CaseFilter(is_lookup=True, card_kind="mynumber", review=Review.SENT_BACK),
    CaseFilter(code="V-001", procedure="dog", first_day=DAYS[1], number="R8-1"),
]


def is_wanted(line, wanted):
    """Whether a case is as wanted, told from its line alone."""
    return all(
        [
            wanted.first_day is None or line.day >= wanted.first_day,
            wanted.last_day is None or line.day <= wanted.last_day,
            not wanted.staff or line.staff == wanted.staff,
            wanted.counter is None or line.counter == wanted.counter,
            wanted.outcome is None or line.outcome is wanted.outcome,
            not wanted.form or wanted.form in [form.form for form in line.forms],
            not wanted.procedure or wanted.procedure in line.procedures,
            not wanted.code or wanted.code in line.codes,
            not wanted.card_kind or line.card_kind == wanted.card_kind,
            wanted.review is None or line.review is wanted.review,
            line.case_number.startswith(wanted.number),
            not wanted.is_lookup or line.is_lookup,
            not wanted.is_overridden or line.is_overridden,
            not wanted.is_reprinted or line.is_reprinted,
            not wanted.is_unusual_hour or line.is_unusual_hour,
            not wanted.has_failed or line.failures > 0,
        ]
    )


def test_every_part_of_a_filter_was_tried_and_finds_some_but_not_all(full):
    lines = all_lines(full)
    for field in dataclasses.fields(CaseFilter):
        tried = [wanted for wanted in FILTERS if getattr(wanted, field.name) != field.default]
        assert any(0 < sum(is_wanted(line, wanted) for line in lines) < CASES for wanted in tried), field.name


@pytest.mark.parametrize("newest_first", [False, True])
@pytest.mark.parametrize("wanted", FILTERS, ids=repr)
def test_what_is_found_is_what_going_through_all_finds(full, wanted, newest_first):
    right = [line for line in all_lines(full) if is_wanted(line, wanted)]
    right = right[::-1] if newest_first else right
    for size in (7, 1000):
        assert paged(full, wanted, size, newest_first=newest_first) == right


@pytest.mark.parametrize("wanted", FILTERS, ids=repr)
def test_it_is_found_as_well_where_a_page_reaches_only_so_far(full, wanted, short_reach):
    right = [line for line in all_lines(full) if is_wanted(line, wanted)]
    assert paged(full, wanted, 3) == right
    assert paged(full, wanted, 3, newest_first=True, patience_s=0) == right[::-1]


def test_pages_are_in_the_order_of_days_and_places(full):
    places = [(line.day, line.case_seq) for line in paged(full, CaseFilter(), 7)]
    assert places == sorted(places)


@pytest.mark.parametrize(
    "number", ["R0", "r8", "R8-", "S8", "R8-11-", "R8-1120-00011", "8-1120", "Ｒ8", "R8-112０"]
)
def test_what_no_number_begins_with_is_refused(number):
    if number == "R8-":
        assert CaseFilter(number=number).days()[1] == dt.date(2027, 1, 1)
        return
    if number == "R8-11-":
        assert CaseFilter(number=number).number == number
        return
    with pytest.raises(CaseNumberError):
        CaseFilter(number=number)


@pytest.mark.parametrize(
    ("number", "first", "last"),
    [
        ("R8-1120", dt.date(2026, 11, 19), dt.date(2026, 11, 21)),
        ("R8-11", dt.date(2026, 10, 31), dt.date(2026, 12, 1)),
        ("R8-1", dt.date(2026, 9, 30), dt.date(2027, 1, 1)),
        ("R8-0229-0001", dt.date(2019, 1, 2), dt.date(2019, 1, 2)),
        ("R1", dt.date(2018, 12, 31), dt.date(2038, 1, 1)),
        ("R1-", dt.date(2018, 12, 31), dt.date(2020, 1, 1)),
    ],
)
def test_the_days_that_a_number_can_be_of(number, first, last):
    assert CaseFilter(number=number).days() == (first, last)


def test_one_case_and_one_that_is_not_there(full):
    line = all_lines(full)[3]
    assert full.case(line.case_number) == line
    assert full.case(CaseNumber.build(DAY, 9999)) is None


def test_a_line_says_itself_as_json(full):
    line = next(line for line in all_lines(full) if line.is_overridden)
    told = line.to_mapping()
    assert told["case_number"] == str(line.case_number)
    assert (told["review"], told["overrides"], told["is_lookup"]) == ("approved", 1, True)
    assert told["day"] == line.day.isoformat()


def test_a_line_of_another_program_is_damage(place, raw):
    with SessionLog.open(place) as log:
        log.append_all(walk())
        raw("UPDATE case_line SET outcome = '山田'")
        with pytest.raises(LogDamagedError) as caught:
            log.cases(CaseFilter())
    assert "山田" not in repr(caught.value.details)


def test_a_case_that_is_found_and_has_no_line_is_damage(place, raw):
    with SessionLog.open(place) as log:
        log.append_all(walk())
        wanted = CaseFilter(form="F09", procedure="seal-certificate")
        assert len(log.cases(wanted).lines) == 1
        raw("DELETE FROM case_line")
        with pytest.raises(LogDamagedError):
            log.cases(wanted)


def acts_paged(log, size, **asked):
    """Every page of acts, one after the other."""
    links, after = [], None
    for _ in range(1000):
        page = log.acts(DAYS[0], DAYS[-1], after=after, size=size, **asked)
        assert len(page.links) <= size
        links += page.links
        if page.next is None:
            return links
        after = page.next
    raise AssertionError("no end")


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"kinds": [K.LOG_VIEWED]},
        {"kinds": [K.SIGNED_IN, K.CASE_OPENED]},
        {"without_case": True},
        {"kinds": [K.SIGNED_IN, K.SIGNED_OUT], "without_case": True},
        {"kinds": [K.LOG_VIEWED], "without_case": True},
    ],
)
@pytest.mark.parametrize("size", [5, 1000])
def test_acts_are_found_by_their_kinds(full, short_reach, asked, size):
    kinds = [kind.value for kind in asked.get("kinds", [])]
    right = sorted(
        (
            link
            for link in full.links()
            if (not kinds or link.kind in kinds) and not (asked.get("without_case") and link.case_number)
        ),
        key=lambda link: (link.day, link.seq),
    )
    assert acts_paged(full, size, **asked) == right


@pytest.mark.parametrize("kinds", [[K.SIGNED_IN], [K.SIGNED_IN, K.SIGNED_OUT, K.LOG_VIEWED]])
def test_acts_of_no_case_of_one_day(full, kinds):
    right = [link for link in full.links() if link.day == DAYS[2] and link.kind == K.SIGNED_IN.value]
    assert len(right) > 5
    found, after = [], None
    while True:
        page = full.acts(DAYS[2], DAYS[2], kinds=kinds, without_case=True, after=after, size=3)
        found += page.links
        if page.next is None:
            break
        after = page.next
    assert found == right


def test_acts_of_a_day_alone(full):
    page = full.acts(DAYS[2], DAYS[2], size=1000)
    assert page.next is None
    assert {link.day for link in page.links} == {DAYS[2]}
    assert full.acts(dt.date(2020, 1, 1), dt.date(2020, 1, 2)) == search_queries.ActPage((), None)
    after = Place(DAYS[2], page.links[3].seq)
    assert full.acts(DAYS[2], DAYS[2], after=after, size=1000).links == page.links[4:]


SPANS = [
    (DAYS[0], DAYS[-1]),
    (DAYS[1], DAYS[1]),
    (dt.date(2026, 9, 1), dt.date(2026, 9, 30)),
    (dt.date(2026, 9, 2), dt.date(2026, 12, 31)),
    (dt.date(2026, 10, 1), dt.date(2026, 11, 19)),
    (dt.date(2026, 10, 2), dt.date(2026, 11, 30)),
    (dt.date(2026, 11, 5), dt.date(2026, 11, 25)),
    (dt.date.min, dt.date(9999, 12, 31)),
    (dt.date(2028, 1, 1), dt.date(2029, 1, 1)),
    (dt.date(2026, 11, 20), dt.date(2026, 11, 19)),
]


def keys_of(line, by):
    """Under which keys a case is summed."""
    return {
        TotalBy.DAY: [line.day.isoformat()],
        TotalBy.STAFF: [line.staff],
        TotalBy.COUNTER: [line.counter],
        TotalBy.HOUR: [f"{line.opened_at.astimezone(TEN.tzinfo).hour:02d}"],
        TotalBy.FORM: sorted({form.form for form in line.forms}),
        TotalBy.PROCEDURE: sorted(set(line.procedures)),
    }[by]


@pytest.mark.parametrize("by", TotalBy)
@pytest.mark.parametrize("span", SPANS, ids=str)
def test_sums_are_those_of_going_through_all(full, by, span):
    right = {}
    for line in all_lines(full):
        if not span[0] <= line.day <= span[1]:
            continue
        for key in keys_of(line, by):
            form_pages = sum(form.pages for form in line.forms if form.form == key)
            told = {
                "cases": 1,
                "finished": int(line.finished_at is not None),
                "pages": form_pages if by is TotalBy.FORM else line.pages,
                "worked_s": line.worked_s,
                "printed": int(line.outcome is Outcome.PRINTED),
                "cancelled": int(line.outcome is Outcome.CANCELLED),
                "print_failed": int(line.outcome is Outcome.PRINT_FAILED),
                "failures": line.failures,
                "overrides": line.overrides,
                "reprints": max(0, line.releases - 1),
                "lookups": int(line.is_lookup),
                "unusual": int(line.is_unusual_hour),
            }
            before = right.setdefault(key, dict.fromkeys(SUMMED, 0))
            right[key] = {name: before[name] + told[name] for name in SUMMED}
    assert full.totals(*span, by) == [Total(key, **right[key]) for key in sorted(right)]
