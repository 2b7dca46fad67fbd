"""The 日報 as poppler and a QR reader find it: whole, in our fonts, every case on it."""

import dataclasses
import datetime as dt
import hashlib
import re
import shutil
from pathlib import Path

import pytest
import zxingcpp

from kakanai.daybook.daybook import Daybook
from kakanai.daybook.look_purpose import LookPurpose
from kakanai.daybook.paper_words import PaperWords
from kakanai.daybook.report_front import ReportFacts
from kakanai.daybook.report_pdf import report_pdf
from kakanai.forms.fontfiles import FontRole
from kakanai.sessionlog.case_number import ClerkId
from kakanai.sessionlog.entry import JST
from kakanai.sessionlog.office_key import OfficeKey
from kakanai.sessionlog.seals import DaySeals
from kakanai.sessionlog.store import SessionLog
from kakanai.sessionlog.words import EntryKind as K
from tests.daybook.conftest import SHELF
from tests.daybook.sample_day import DAY, LOOKUP, SampleDay
from tests.forms.poppler import pictures, text_of, tool, words_of
from tests.sessionlog.sample_log import folded_up

MARGIN = 11.9  # mm
KEY = OfficeKey(bytes(range(32)))


def plain(pdf):
    return re.sub(r"\s", "", text_of(pdf, "-raw"))


def page_texts(pdf):
    return text_of(pdf, "-layout").split("\f")[:-1]


def beyond(pdf):
    """Every word of every page that reaches beyond the margins."""
    return [
        word.text
        for page in words_of(pdf)
        for word in page
        if word.box.x < MARGIN
        or word.box.x + word.box.w > 210 - MARGIN
        or word.box.y + word.box.h > 297 - MARGIN
    ]


@pytest.fixture(scope="module")
def busy_file(tmp_path_factory):
    """The log of a day of three hundred cases, written once; tests copy it."""
    path = tmp_path_factory.mktemp("busy") / "sessionlog.sqlite3"
    with SessionLog.open(path) as log:
        sample = SampleDay(log)
        sample.ordinary(292)
        sample.odd()
        sample.case(at=dt.datetime.combine(DAY, dt.time(20, 30), tzinfo=JST))
    return folded_up(path)


@pytest.fixture
def busy_log(busy_file, tmp_path):
    with SessionLog.open(Path(shutil.copy(busy_file, tmp_path))) as log:
        yield log


@pytest.fixture
def busy(busy_log, town, titles, guard, clock):
    """A day of three hundred cases."""
    return Daybook(busy_log, town, titles, guard, clock, SHELF)


def test_a_busy_day_has_every_case_on_numbered_pages(busy):
    page = busy.day(DAY)
    report = busy.report(DAY)
    pages = page_texts(report.pdf)
    for number, text in enumerate(pages, start=1):
        assert f"{number}/{len(pages)}" in text
        assert "見本町" in text
    text = plain(report.pdf)
    listed = text[text.index("受付の一覧") :]
    found = re.findall(r"R8-1120-[0-9]{4}", listed)
    assert found == [line.case_number for line in page.lines]
    assert report.cases == len(found) == 300
    assert beyond(report.pdf) == []


def test_the_front_says_whose_day_and_has_boxes_for_seals(busy):
    front = re.sub(r"\s", "", page_texts(busy.report(DAY).pdf)[0])
    for words in (
        "令和8年11月20日（金）",
        "2026-11-20",
        "見本町",
        "担当",
        "係長",
        "課長",
        "未締め",
        "職員2001",
    ):
        assert words in front
    for label, value in busy.day(DAY).figures.told():
        assert label in front
        assert value in front
    assert "職員2001" in front
    assert "仮定" in front


def test_the_fonts_are_ours_and_in_the_file(book, sample):
    sample.ordinary(2)
    listed = tool("pdffonts", book.report(DAY).pdf, "-").decode().splitlines()[2:]
    assert {line.split()[0].partition("+")[2] for line in listed} == {
        "BIZUDGothic-Regular",
        "BIZUDGothic-Bold",
    }
    assert all(line.split()[-5:-2] == ["yes", "yes", "yes"] for line in listed)


def test_the_head_is_scanned_from_paper(book, sample, log):
    sample.ordinary(2)
    head = log.head()
    pdf = book.report(DAY).pdf
    (code,) = zxingcpp.read_barcodes(pictures(pdf, 150)[0])
    assert code.text == f"kakanai-head:{head.seq}:{head.hash}"
    text = plain(pdf)
    assert head.hash[:16] in text
    assert f"--seq{head.seq}--head{head.hash[:16]}" in text


def test_a_closed_days_paper_has_the_signed_head(book, sample, log, clock):
    sample.ordinary(2)
    close = DaySeals(log).close(DAY, ClerkId("2001"), clock(), KEY)
    book.stats(DAY, DAY)  # the chain goes on
    pdf = book.report(DAY).pdf
    (code,) = zxingcpp.read_barcodes(pictures(pdf, 150)[0])
    assert code.text == f"kakanai-head:{close.last_seq}:{close.head}"
    text = plain(pdf)
    assert "締め済2026-11-2018:30職員2001" in text
    assert close.key_id in text


def test_the_plots_have_their_numbers_in_words(book, sample):
    sample.ordinary(12)
    pdf = book.report(DAY).pdf
    text = plain(pdf)
    for row in book.stats(DAY, DAY).by_form:
        assert f"{row.label.replace(' ', '').replace('　', '')}{row.cases}" in text
    alternatives = re.findall(rb"/S/Figure[^>]*?/Alt<FEFF([0-9A-F]+)>", pdf)
    told = [bytes.fromhex(one.decode()).decode("utf-16-be") for one in alternatives]
    assert any(one.startswith("時間帯ごとの受付（件）: 8 ") for one in told)
    assert len([one for one in told if "ごと" in one]) == 4


def test_plots_are_seen_in_grey(book, sample):
    sample.ordinary(12)
    picture = pictures(book.charts(book.stats(DAY, DAY)), 100)[0]
    greys = picture.histogram()
    dark = sum(greys[:80])
    assert dark > 5000  # the bars are dark in grey, not a colour that turns light
    assert sum(greys[100:200]) < dark / 2


def test_a_day_without_a_case_is_a_report_too(book):
    pdf = book.report(DAY).pdf
    text = plain(pdf)
    assert "受付はありません。" in text
    assert "この期間の受付はありません" in text
    assert beyond(pdf) == []


def test_many_warnings_long_names_and_many_clerks_stay_on_the_page(book, log, town, titles, guard, clock):
    sample = SampleDay(log)
    for place in range(30):
        sample.case(LOOKUP if place % 2 else None, clerk=f"clerk-of-hall-{place % 15:02d}")
    for _ in range(4):
        for number in range(15):
            sample.case(LOOKUP, clerk=f"clerk-of-hall-{number:02d}")
    for kind in (K.ROLLED_BACK_SEEN, K.RESTORED, K.DISK_LOW, K.SPOOL_MERGED, K.PURGED):
        sample.act(kind)
    long_town = dataclasses.replace(
        town,
        name="見本県見本郡とても長い名前の見本町役場総合支所第二庁舎仮設窓口見本県見本郡",
        sign_boxes=("担当", "係長", "補佐", "課長", "町長"),
    )
    long_book = Daybook(log, long_town, titles, guard, clock, SHELF)
    pdf = long_book.report(DAY).pdf
    assert beyond(pdf) == []
    text = plain(pdf)
    assert "【重要】" in text
    assert "件の警告は画面で確かめてください。" in text
    assert "町長" in text
    assert "ほか7" in text  # of fifteen clerks eight have a bar


def test_a_titles_missing_glyph_is_a_geta_and_no_box(book, sample, log, town, titles, guard, clock):
    sample.ordinary(1)
    page = book.day(DAY)
    stats = book.stats(DAY, DAY)

    class OddTitles:
        def procedure(self, _procedure):
            return "手続\U0002a6d6の\u200b名前" + "とても長い" * 40

        form = form_in_full = procedure

    facts = ReportFacts("見本町", ("担当",), "2001", clock())
    pdf = report_pdf(page, stats, OddTitles(), SHELF, facts)
    assert "手続〓の〓名前" in plain(pdf)
    assert beyond(pdf) == []


def test_a_practised_day_says_so_on_each_page(busy, busy_log, town, titles, guard, clock):
    practised = Daybook(busy_log, town, titles, guard, clock, SHELF, watermark="練習")
    texts = page_texts(practised.report(DAY).pdf)
    assert len(texts) > 1
    assert all("練習" in text for text in texts)
    assert "練習" not in plain(busy.report(DAY).pdf)


def test_each_report_is_logged_with_its_digest(book, sample, log, tmp_path):
    sample.ordinary(2)
    first = book.report(DAY)
    entry = log.link(log.head().seq).to_entry()
    assert (entry.kind, entry.on, entry.digest) == (
        K.LOG_EXPORTED,
        DAY,
        hashlib.sha256(first.pdf).hexdigest(),
    )
    assert (entry.purpose, entry.names) == (("daily-review",), ("file.report_pdf",))
    written = book.write_report(DAY, tmp_path / "nippo.pdf", LookPurpose.AUDIT)
    assert (tmp_path / "nippo.pdf").read_bytes().startswith(b"%PDF")
    assert written.digest == log.link(log.head().seq).to_entry().digest


def test_lines_do_not_begin_with_a_comma():
    words = PaperWords(SHELF)
    lines = words.lines("あいうえお、かきくけこ。さしすせそ）", 19.0, 10.8)  # five characters wide
    assert "".join(lines) == "あいうえお、かきくけこ。さしすせそ）"
    assert all(line[0] not in "、。）" for line in lines)
    assert all(words.width_mm(line, 10.8) <= 19.06 for line in lines)
    assert words.cut("あいうえおか", 19.06, 10.8) == "あいうえ…"
    assert words.printable("\U0002a6d6", FontRole.LABEL) == "〓"
