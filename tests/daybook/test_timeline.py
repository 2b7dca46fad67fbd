"""One case's timeline in Japanese: every kind of act and every code has its sentence."""

import datetime as dt
import re
from pathlib import Path

import pytest

from kakanai.daybook.act_sentences import ActSentences
from kakanai.daybook.code_sentences import RECORDED, code_sentence
from kakanai.daybook.errors import UnknownLoggedCaseError
from kakanai.daybook.look_purpose import LookPurpose
from kakanai.daybook.review_phrases import load_phrases
from kakanai.sessionlog.case_number import CaseNumber, ClerkId
from kakanai.sessionlog.entry import FormRecord, LogEntry
from kakanai.sessionlog.words import EntryKind as K
from tests.daybook.sample_day import LOOKUP, OVERRIDDEN

ROOT = Path(__file__).resolve().parents[2]


def test_a_case_told_from_beginning_to_end(book, sample):
    number = sample.case(seconds=10)
    told = book.timeline(number, LookPurpose.INQUIRY)
    assert [act.sentence for act in told.acts] == [
        "受付を始めました。",
        "マイナンバーカードを暗証番号で読み取りました。",
        "手続を選びました: 住民票の写し",
        "本人確認をしました。",
        "様式を作りました（1様式・1枚）。",
        "印刷を許しました（1様式・1枚）。",
        "印刷しました（1様式・1枚）。",
        "受付を終えました。",
    ]
    assert told.acts[1].details == ("V-001 真正性: 検証済",)
    assert told.acts[4].details == ("様式: F01 住民票の写し等交付請求書（1枚）",)
    assert [act.clock for act in told.acts[:2]] == ["08:30:00", "08:30:10"]


def test_who_looked_before_stands_in_it_too(book, sample, guard, clock):
    number = sample.case(LOOKUP)
    book.timeline(number, LookPurpose.INCIDENT)
    clock.pass_by(hours=1)
    last = book.timeline(number, LookPurpose.AUDIT).acts[-1]
    assert (last.sentence, last.details) == ("この受付の経過を見ました。", ("目的: 事故・苦情の調査",))
    assert last.staff == guard.number


def test_an_unknown_case(book):
    with pytest.raises(UnknownLoggedCaseError):
        book.timeline(CaseNumber("R8-1120-0999"), LookPurpose.AUDIT)


def test_a_decision_of_the_supervisor_is_told_with_its_codes(book, sample):
    number = sample.case(OVERRIDDEN)
    act = book.timeline(number, LookPurpose.AUDIT).acts[1]
    assert act.sentence == "真正性が不一致のカードを、責任者の判断で使いました。"
    assert act.details == (
        "V-004 真正性: 不一致（責任者の判断で使った）",
        "V-012 責任者の判断: 別の本人確認書類で確かめた",
    )


@pytest.mark.parametrize("kind", list(K))
def test_every_kind_of_act_has_a_sentence(kind, titles):
    entry = LogEntry(
        kind,
        None,
        ClerkId("1024"),
        dt.datetime(2026, 11, 20, 1, tzinfo=dt.UTC),
        card_kind="mynumber",
        read_by="pin",
        procedures=("move-in", "no-such-procedure"),
        forms=(FormRecord("F01", "2026.11", 2), FormRecord("Z99", "1", 1)),
        codes=("V-001", "Z-999"),
        on=dt.date(2026, 11, 20),
        counts={"seconds": 90, "no_such_count": 3},
        about=ClerkId("1025"),
        role="clerk",
        digest="ab" * 32,
        names=("review.checked", "file.csv"),
        purpose=("audit", "move-in"),
        spool="ab" * 16,
    )
    told = ActSentences(titles, load_phrases())
    sentence = told.sentence(entry)
    assert re.search("[ぁ-ん]", sentence)
    assert kind.value not in sentence
    assert sentence.endswith("。") or "手続を選びました" in sentence
    details = " ".join(told.details(entry))
    assert "no-such-procedure" in sentence + details or kind is not K.PROCEDURES_CHOSEN
    assert "Z-999" in details
    assert "Z99（1枚）" in details


def test_every_code_of_the_list_has_a_sentence():
    document = (ROOT / "docs" / "failure-codes.md").read_text(encoding="utf-8")
    records = document[document.index("## 指摘のコード") :]
    listed = set(re.findall(r"^\| ([A-Z]-[0-9]{3}) \|", records, re.MULTILINE))
    assert len(listed) > 30
    assert listed <= set(RECORDED)


def test_a_failures_sentence_has_no_brace_in_it():
    assert code_sentence("P-010").startswith("P-010 ")
    assert "{" not in code_sentence("C-011")
    assert code_sentence("C-011") == "C-011 …が違います。あと … 回まちがえるとロックされます。"
    assert code_sentence("Z-999") == "Z-999"
