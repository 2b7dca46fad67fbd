"""A line of words to search by, pages that are turned without a new entry, what was sought in the log."""

import datetime as dt

import pytest

from kakanai.daybook import found
from kakanai.daybook.case_query import query_from
from kakanai.daybook.errors import QueryWordError
from kakanai.daybook.look_purpose import LookPurpose
from kakanai.sessionlog import case_search
from kakanai.sessionlog.case_filter import CaseFilter
from kakanai.sessionlog.words import EntryKind as K
from kakanai.sessionlog.words import Outcome, Review
from tests.daybook.sample_day import DAY, SampleDay


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("", {}),
        ("1024", {"staff": "1024"}),
        ("１０２４", {"staff": "1024"}),
        ("職員:ab.9", {"staff": "ab.9"}),
        ("f05", {"form": "F05"}),
        ("P-010", {"code": "P-010"}),
        ("R8-1120", {"number": "R8-1120"}),
        ("r8-1120-0003", {"number": "R8-1120-0003"}),
        ("窓口3", {"counter": "3"}),
        ("2026-11-20", {"first_day": DAY, "last_day": DAY}),
        ("2026-11", {"first_day": dt.date(2026, 11, 1), "last_day": dt.date(2026, 11, 30)}),
        ("2026-12", {"first_day": dt.date(2026, 12, 1), "last_day": dt.date(2026, 12, 31)}),
        ("2026-11-20..", {"first_day": DAY}),
        ("〜2026-11-20", {"last_day": DAY}),
        ("2026-11-01..2026-11-20", {"first_day": dt.date(2026, 11, 1), "last_day": DAY}),
        ("転入", {"procedure": "move-in"}),
        ("住民票の写し", {"procedure": "residence-certificate"}),
        ("再印刷 取消", {"is_reprinted": True, "outcome": Outcome.CANCELLED}),
        ("差戻し 印刷なし　時間外", {"review": Review.SENT_BACK, "is_lookup": True, "is_unusual_hour": True}),
        ("1024 F05 上書き判断", {"staff": "1024", "form": "F05", "is_overridden": True}),
    ],
)
def test_words_that_mean_something(words, parts, titles):
    assert query_from(words, titles) == CaseFilter(**parts)


@pytest.mark.parametrize(
    "words",
    [
        "黒桐幹也",
        "1024 黒桐",
        "1024 1025",
        "2026-02-30",
        "2026-11-20..2026-11-01",
        "証明",
        "取消 印刷済",
        "R0-1",
        "R8-11-99999",
    ],
)
def test_words_that_do_not_are_told_without_repeating_them(words, titles):
    with pytest.raises(QueryWordError) as caught:
        query_from(words, titles)
    assert "黒桐" not in str(caught.value)


def searches(log):
    return [link.to_entry() for link in log.links() if link.kind == K.LOG_SEARCHED.value]


def test_pages_are_turned_without_a_new_entry(book, sample, log):
    numbers = sample.ordinary(12)
    sought = book.search(CaseFilter(), LookPurpose.AUDIT, size=5)
    assert [line.case_number for line in sought.lines] == numbers[:-6:-1]
    assert len(sought.next_page()) == 5
    assert not sought.is_complete
    assert len(sought.next_page()) == 2
    assert sought.is_complete
    assert sought.next_page() == ()
    assert [line.case_number for line in sought.lines] == numbers[::-1]
    assert len(searches(log)) == 1


def test_a_page_takes_as_many_looks_as_it_needs(book, sample, log, monkeypatch):
    monkeypatch.setattr(case_search, "_FIRST_REACH", 1)
    monkeypatch.setattr(found, "_MOMENT_S", 0)
    monkeypatch.setattr(found, "_WHILE_S", 0)
    right = sample.ordinary(12)[3::4][::-1]  # both at once is every fourth visit
    query = CaseFilter(form="F05", procedure="residence-certificate")
    assert [line.case_number for line in book.search(query, LookPurpose.AUDIT).lines] == right
    hurried = book.search(query, LookPurpose.AUDIT, is_hurried=True)
    assert len(hurried.lines) <= 1
    assert hurried.is_short
    assert hurried.looked_to == DAY
    while hurried.is_short:
        hurried.go_on()
    assert [line.case_number for line in hurried.lines] == right
    assert hurried.is_complete
    assert hurried.go_on() == ()
    assert len(searches(log)) == 1


def test_over_years_and_oldest_first(book, log):
    for year in (2024, 2025, 2026):
        SampleDay(log, DAY.replace(year=year)).ordinary(2)
    query = book.query_from("2024-01-01..2025-12-31 F01")
    sought = book.search(query, LookPurpose.INQUIRY, newest_first=False)
    assert [line.day.year for line in sought.lines] == [2024, 2025]


def test_what_was_sought_stands_in_the_log_in_words(book, sample, log, guard, clock):
    sample.ordinary(4)
    words = (
        "2026-11-01..2026-11-30 1025 F05 印鑑登録証明書 P-010 印刷済 未確認 再印刷 窓口2 マイナンバーカード"
    )
    book.search(book.query_from(words), LookPurpose.INCIDENT)
    (entry,) = searches(log)
    assert (entry.about, entry.on, entry.counts) == ("1025", dt.date(2026, 11, 1), {"days": 30})
    assert entry.codes == ("P-010",)
    clock.pass_by(minutes=1)
    told = [act for act in book.day(DAY).office_acts if act.kind == K.LOG_SEARCHED.value]
    details = " ".join(told[0].details)
    for part in (
        "30日間",
        "職員: 1025",
        "F05 印鑑登録証明書交付申請書",
        "手続: 印鑑登録証明書",
        "結果: 印刷済",
        "確認: 未確認",
        "再印刷",
        "窓口: 2",
        "カード: マイナンバーカード",
        "目的: 事故・苦情の調査",
    ):
        assert part in details


def test_looking_for_one_number_stands_in_that_cases_timeline(book, sample, log):
    number = sample.case()
    book.search(book.query_from(str(number)), LookPurpose.DISCLOSURE)
    assert searches(log)[0].case_number == number
    assert "操作ログを検索しました。" in [
        act.sentence for act in book.timeline(number, LookPurpose.AUDIT).acts
    ]


def test_another_search_is_another_entry(book, sample, log, clock):
    sample.ordinary(1)
    query = book.query_from("1024")
    book.search(query, LookPurpose.AUDIT)
    book.search(query, LookPurpose.AUDIT)
    assert len(searches(log)) == 1
    book.search(book.query_from("1025"), LookPurpose.AUDIT)
    clock.pass_by(minutes=20)
    book.search(query, LookPurpose.AUDIT)
    assert len(searches(log)) == 3
