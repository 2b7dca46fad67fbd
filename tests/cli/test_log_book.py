"""`kakanai log case | search | stats | report | export | approve | send-back | comment`."""

import csv
import datetime as dt
import hashlib
import io
import json

import pytest

from kakanai.sessionlog.store import SessionLog
from kakanai.sessionlog.words import EntryKind as K
from kakanai.sessionlog.words import Review
from tests.cli.conftest import code_of
from tests.daybook.sample_day import DAY, UNFINISHED, SampleDay


@pytest.fixture
def numbers(home):
    """A log with five cases of one day, the last not ended."""
    home.mkdir()
    with SessionLog.open(home / "sessionlog.sqlite3") as log:
        sample = SampleDay(log)
        return [*sample.ordinary(4), sample.case(UNFINISHED, clerk="1025")]


def entries(home):
    with SessionLog.open(home / "sessionlog.sqlite3") as log:
        return [link.to_entry() for link in log.links()]


def test_the_log_lies_where_the_tests_think(home, numbers, kakanai):
    status, out, _ = kakanai("log", "day", DAY.isoformat(), "--json")
    assert status == 0
    assert [case["case_number"] for case in json.loads(out)["entries"]] == numbers


def test_a_case_in_words(kakanai, numbers, home):
    status, out, _ = kakanai("log", "case", numbers[2], "--why", "inquiry", "--clerk", "2001")
    assert status == 0
    assert "手続を選びました: 転入" in out
    assert "令和8年11月20日（金）" in out
    last = entries(home)[-1]
    assert (last.kind, last.case_number, last.clerk, last.purpose) == (
        K.LOG_VIEWED,
        numbers[2],
        "2001",
        ("inquiry",),
    )


def test_a_case_that_is_none(kakanai, numbers):
    status, out, _ = kakanai("log", "case", "R8-1120-0999", "--why", "audit", "--json")
    assert (status, code_of(out)) == (8, "L-060")


def test_no_look_without_a_purpose(kakanai, numbers, home):
    before = len(entries(home))
    for verb in (("case", numbers[0]), ("search",), ("export", "--out", "a.csv")):
        status, out, _ = kakanai("log", *verb, "--json")
        assert (status, code_of(out)) == (2, "U-001")
    assert kakanai("log", "search", "--why", "curiosity")[0] == 2
    assert len(entries(home)) == before


def test_search_by_words(kakanai, numbers):
    status, out, _ = kakanai("log", "search", "1024", "2026-11", "--why", "audit", "--json")
    told = json.loads(out)
    assert status == 0
    assert [case["case_number"] for case in told["cases"]] == [numbers[3], numbers[0]]
    assert told["complete"]
    status, out, _ = kakanai("log", "search", "--why", "audit", "--limit", "2", "--oldest-first")
    assert numbers[0] in out
    assert "続きがあります" in out
    assert numbers[2] not in out


def test_a_name_is_no_word_to_search_by_and_is_not_repeated(kakanai, numbers, home):
    status, out, err = kakanai("log", "search", "黒桐幹也", "--why", "audit", "--json")
    assert (status, code_of(out)) == (2, "L-063")
    assert "黒桐" not in out + err
    assert entries(home)[-1].kind is not K.LOG_SEARCHED


def test_stats_and_their_plots(kakanai, numbers, tmp_path, home):
    plots = tmp_path / "plots.pdf"
    status, out, _ = kakanai("log", "stats", "--from", DAY.isoformat(), "--charts", plots, "--json")
    told = json.loads(out)
    assert status == 0
    assert told["total"]["cases"] == 5
    assert {row["key"]: row["cases"] for row in told["by_form"]} == {"F01": 2, "F05": 2, "F07": 1, "F09": 1}
    assert "仮定" in told["minutes_saved"]["assumption"]
    assert told["charts"]["sha256"] == hashlib.sha256(plots.read_bytes()).hexdigest()
    status, out, _ = kakanai("log", "stats", "--from", DAY.isoformat())
    assert "減った時間（見積もり）" in out
    assert "F01 住民票の写し等交付請求書  受付 2件" in out
    status, out, _ = kakanai("log", "stats", "--from", "2026-11-20", "--to", "2026-11-19", "--json")
    assert (status, code_of(out)) == (2, "L-066")


def test_the_report_of_a_day(kakanai, numbers, tmp_path, home):
    path = tmp_path / "nippo.pdf"
    status, out, _ = kakanai("log", "report", "--day", DAY.isoformat(), "--out", path, "--json")
    told = json.loads(out)
    assert status == 0
    assert (told["cases"], told["sha256"]) == (5, hashlib.sha256(path.read_bytes()).hexdigest())
    last = entries(home)[-1]
    assert (last.kind, last.on, last.digest) == (K.LOG_EXPORTED, DAY, told["sha256"])
    again = kakanai("log", "report", "--day", DAY.isoformat(), "--out", path, "--json")
    assert (again[0], code_of(again[1])) == (9, "L-064")


def test_an_export_for_a_spreadsheet(kakanai, numbers, tmp_path):
    path = tmp_path / "cases.csv"
    status, out, _ = kakanai(
        "log", "export", "転入", "--format", "csv-cp932", "--out", path, "--why", "disclosure", "--json"
    )
    told = json.loads(out)
    assert (status, told["cases"], told["replaced_count"], told["replaced"]) == (0, 1, 0, [])
    (row,) = csv.DictReader(io.StringIO(path.read_bytes().decode("cp932"), newline=""))
    assert row["受付番号"] == numbers[2]


def test_cases_are_judged(kakanai, numbers, home):
    assert kakanai("log", "approve", numbers[0], numbers[1], "--clerk", "2001")[0] == 0
    assert kakanai("log", "send-back", numbers[2], "--phrase", "wrong_form")[0] == 0
    status, out, _ = kakanai("log", "comment", numbers[3], "--phrase", "職員に指導した")
    assert (status, out) == (0, f"{numbers[3]} に付記しました。\n")
    with SessionLog.open(home / "sessionlog.sqlite3") as log:
        reviews = [log.case(number).review for number in numbers]
    assert reviews == [Review.APPROVED, Review.APPROVED, Review.SENT_BACK, Review.NONE, Review.NONE]
    kinds = [entry.kind for entry in entries(home)][-4:]
    assert kinds == [K.CASE_APPROVED, K.CASE_APPROVED, K.CASE_SENT_BACK, K.CASE_COMMENTED]


def test_what_cannot_be_judged(kakanai, numbers):
    status, out, _ = kakanai("log", "approve", numbers[4], "--json")
    assert (status, code_of(out)) == (8, "L-062")
    status, out, _ = kakanai("log", "send-back", numbers[0], "--phrase", "黒桐さん", "--json")
    assert (status, code_of(out)) == (2, "L-061")
    assert "黒桐" not in out
    status, out, _ = kakanai("log", "approve", "12", "--json")
    assert (status, code_of(out)) == (2, "L-020")


def test_the_phrases_are_listed(kakanai, numbers):
    status, out, _ = kakanai("log", "phrases", "--json")
    assert status == 0
    assert {"id": "checked", "words": "記録と紙を確かめた"} in json.loads(out)["approve"]


def test_once_staff_are_registered_only_who_may(kakanai, numbers, home, tmp_path):
    password = "mado-guchi-2026"
    assert (
        kakanai("staff", "add", "9001", "--role", "administrator", "--password-stdin", stdin=password)[0] == 0
    )
    for verb in (
        ("case", numbers[0], "--why", "audit"),
        ("search", "--why", "audit"),
        ("stats",),
        ("report", "--out", tmp_path / "a.pdf"),
        ("export", "--out", tmp_path / "a.csv", "--why", "audit"),
        ("approve", numbers[0]),
        ("send-back", numbers[0], "--phrase", "wrong_form"),
        ("comment", numbers[0], "--phrase", "taught"),
    ):
        status, out, _ = kakanai("log", *verb, "--json")
        assert (status, code_of(out)) == (15, "A-003"), verb
    assert not list(tmp_path.glob("a.*"))
    assert {entry.kind for entry in entries(home)}.isdisjoint(
        {K.LOG_SEARCHED, K.LOG_EXPORTED, K.CASE_APPROVED}
    )


def signed_in(kakanai, number, role, password):
    """Register a number by the administrator, give it its own password, and leave it signed in."""
    kakanai("staff", "sign-in", "9001", "--password-stdin", stdin="kanri-sha-2026\n")
    kakanai("staff", "add", number, "--role", role, "--password-stdin", stdin="hajime-no-1kai\n")
    kakanai("staff", "sign-out")
    kakanai("staff", "sign-in", number, "--password-stdin", stdin="hajime-no-1kai\n")
    kakanai("staff", "password", "--password-stdin", stdin=f"hajime-no-1kai\n{password}\n")
    kakanai("staff", "sign-in", number, "--password-stdin", stdin=f"{password}\n")
    status, out, _ = kakanai("staff", "whoami", "--json")
    assert (status, json.loads(out)["number"]) == (0, number)


def test_a_supervisor_judges_and_a_clerk_does_not(kakanai, numbers, home):
    first = ("staff", "add", "9001", "--role", "administrator", "--password-stdin")
    assert kakanai(*first, stdin="kanri-sha-2026\n")[0] == 0
    signed_in(kakanai, "1024", "clerk", "tanto-sha-2026")
    status, out, _ = kakanai("log", "approve", numbers[0], "--json")
    assert (status, code_of(out)) == (15, "A-005")
    assert kakanai("log", "search", "--why", "audit")[0] == 15
    kakanai("staff", "sign-out")
    signed_in(kakanai, "2001", "supervisor", "sekinin-sha-26")
    status, out, _ = kakanai("log", "approve", numbers[0], "--clerk", "1024", "--json")
    assert (status, code_of(out)) == (2, "A-012")
    assert kakanai("log", "approve", numbers[0])[0] == 0
    last = entries(home)[-1]
    assert (last.kind, last.clerk, last.case_number) == (K.CASE_APPROVED, "2001", numbers[0])


def test_dates_without_a_day_mean_today(kakanai, home, tmp_path):
    path = tmp_path / "today.pdf"
    status, out, _ = kakanai("log", "report", "--out", path, "--json")
    assert status == 0
    assert abs((dt.date.fromisoformat(json.loads(out)["day"]) - dt.datetime.now(dt.UTC).date()).days) <= 1
