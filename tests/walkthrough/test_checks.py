"""Documents, deadlines, 本人確認 and the papers beside the forms, from the opened case to the log."""

import datetime as dt
import json
import sqlite3
import subprocess

import pytest
import zxingcpp

from kakanai.counter.case_terms import DOCUMENT_CODES, IDENTITY_CODES, LATE_CODE, WAY_CODES
from kakanai.forms.errors import UnknownFormError
from kakanai.forms.filled import PlacedMark, PlacedText
from kakanai.identity.by_hand import person_from_mapping
from kakanai.printing.folder import FolderPrinter
from kakanai.reception.case import Step
from kakanai.reception.checklist import DocumentState
from kakanai.reception.errors import CaseStateError
from kakanai.reception.identity_check import Sufficiency, Way
from kakanai.sessionlog.entry import EntryKind
from tests.forms.poppler import pictures
from tests.office import make_counter, read_specimen

NAME, ADDRESS, NUMBER = "黒桐　幹也", "東京都清瀬市観布子南１２－７－２０２", "123456789018"
PAPERS = ("G01", "G02", "G03")


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


@pytest.fixture
def counter(home):
    counter = make_counter(home)
    yield counter
    counter.office.log.close()


def start(counter, *forms, by_hand=False):
    case = counter.open_case()
    counter.choose(case, counter.procedures_for_forms(forms), forms)
    if by_hand:
        person, _ = person_from_mapping(
            {"name": "見本　太郎", "address": "見本町架空１番地", "birth_date": "1980-02-17"}
        )
        counter.identify_by_hand(case, person)
    else:
        number = bool(counter.wants_my_number(case))
        counter.identify_by_card(case, read_specimen("official-test", with_my_number=number))
    return case


def item(counter, case, label):
    return next(one for one in counter.documents(case) if one.label == label)


def codes_of(counter, kind):
    """The codes of every entry of that kind, as they stand in the file."""
    with sqlite3.connect(counter.office.log.target) as file:
        found = file.execute("SELECT body FROM entry WHERE kind = ? ORDER BY seq", (kind.value,)).fetchall()
    file.close()
    return [tuple(json.loads(body).get("codes", ())) for (body,) in found]


def released(counter, case, folder):
    return counter.release(case, counter.fill(case), FolderPrinter(folder))


def text_of(path):
    done = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True)
    return done.stdout.decode()


# --- documents ------------------------------------------------------------------------------


def test_the_card_settles_what_shows_who_somebody_is(counter):
    case = start(counter, "F01", "F07")
    counter.answer(case, {"move.kind": "move_in"})
    assert item(counter, case, "窓口に来た人の本人確認書類").state is DocumentState.SEEN
    assert item(counter, case, "転出証明書").state is DocumentState.OPEN
    by_hand = start(counter, "F01", by_hand=True)
    assert item(counter, by_hand, "窓口に来た人の本人確認書類").state is DocumentState.OPEN
    counter.check_identity(by_hand, ["passport"])
    assert item(counter, by_hand, "窓口に来た人の本人確認書類").state is DocumentState.SEEN


def test_the_number_settles_a_document_only_on_the_forms_that_get_it(counter):
    case = start(counter, "F11")
    assert item(counter, case, "個人番号か基礎年金番号が分かるもの").state is DocumentState.OPEN
    counter.answer(case, {"pension.is_visitor": "yes"})
    counter.identify_by_card(case, read_specimen("official-test", with_my_number=True))
    assert item(counter, case, "個人番号か基礎年金番号が分かるもの").state is DocumentState.SEEN


def test_what_the_clerk_ticked_is_kept_until_taken_back(counter):
    case = start(counter, "F05")
    card = item(counter, case, "印鑑登録証")
    counter.tick_document(case, card.id, DocumentState.LATER)
    assert item(counter, case, "印鑑登録証").state is DocumentState.LATER
    counter.tick_document(case, card.id, None)
    assert item(counter, case, "印鑑登録証").state is DocumentState.OPEN


def test_paper_that_is_out_freezes_the_ticks(counter, tmp_path):
    case = start(counter, "F05")
    released(counter, case, tmp_path / "out")
    with pytest.raises(CaseStateError):
        counter.tick_document(case, "show:印鑑登録証", DocumentState.SEEN)
    assert case.step is Step.RELEASED


# --- 本人確認 ---------------------------------------------------------------------------------


def test_the_card_is_the_check_and_the_log_gets_codes(counter, tmp_path):
    case = start(counter, "F01")
    assert counter.identity_notes(case) == []
    released(counter, case, tmp_path / "out")
    assert codes_of(counter, EntryKind.IDENTITY_CHECKED) == [
        (IDENTITY_CODES[Sufficiency.ONE], WAY_CODES[Way.CHIP])
    ]


def test_a_person_typed_in_is_told_of_but_never_stopped(counter, tmp_path):
    case = start(counter, "F01", by_hand=True)
    assert counter.identity_notes(case) == ["本人確認の書類が、まだ記録されていません"]
    counter.check_identity(case, ["student", "bank"])
    assert "足りません" in counter.identity_notes(case)[0]
    released(counter, case, tmp_path / "out")
    assert codes_of(counter, EntryKind.IDENTITY_CHECKED) == [
        (IDENTITY_CODES[Sufficiency.SHORT], WAY_CODES[Way.SHOWN])
    ]


@pytest.mark.parametrize(
    ("form", "answers"),
    [
        ("F03", {}),
        ("F27", {}),
        ("F04", {"seal.request": ["register"], "seal.method": "photo"}),
        ("F01", {"residence.wide_area": "1"}),
    ],
)
def test_forms_that_want_a_photo_or_two_papers_say_so(counter, form, answers):
    case = start(counter, form, by_hand=True)
    counter.answer(case, answers)
    counter.check_identity(case, ["insurance", "pension"])
    [note] = counter.identity_notes(case)
    assert note.startswith(form)
    counter.check_identity(case, ["passport", "insurance"])
    assert counter.identity_notes(case) == []


def test_another_visitor_must_show_something_again(counter):
    case = start(counter, "F01", by_hand=True)
    counter.check_identity(case, ["passport"])
    other, _ = person_from_mapping(
        {"name": "例示　花子", "address": "見本町架空２番地", "birth_date": "1985-05-05"}
    )
    counter.identify_by_hand(case, other)
    assert counter.identity_check(case) is None


@pytest.mark.parametrize("wanted", [True, False])
def test_the_squares_of_the_clerks_box_are_printed_where_the_town_wants_it(home, wanted):
    home.mkdir()
    (home / "town.toml").write_text(
        f"[paper]\nprint_identity_check = {str(wanted).lower()}\n", encoding="utf-8"
    )
    counter = make_counter(home)
    case = start(counter, "F01")
    [form] = counter.fill(case)
    marks = [p for page in form.pages for p in page.placed if isinstance(p, PlacedMark)]
    assert [mark.field for mark in marks if mark.field == "identity.boxes"] == ["identity.boxes"] * wanted
    counter.office.log.close()


# --- deadlines ------------------------------------------------------------------------------


def test_a_late_notice_asks_why_once_for_all_forms_and_prints_it(counter, tmp_path):
    case = start(counter, "F07", "F09")
    counter.answer(case, {"move.kind": "move_in", "move.date": "R8.10.1"})
    asked = [q.variable.id for group in counter.questions(case) for q in group.questions]
    assert asked.count("late.reason") == 1
    counter.answer(
        case, {"move.kind": "move_in", "move.date": "R8.10.1", "late.reason": "書類がそろわなかった"}
    )
    forms = counter.fill(case)
    texts = [p for page in forms[0].pages for p in page.placed if isinstance(p, PlacedText)]
    assert "書類がそろわなかった" in {line for text in texts for line in text.lines}
    assert not any(form.stopping for form in forms)
    released(counter, case, tmp_path / "out")
    [codes] = codes_of(counter, EntryKind.DOCUMENTS_CHECKED)
    assert LATE_CODE in codes


def test_in_time_nobody_is_asked_why(counter):
    case = start(counter, "F07")
    counter.answer(case, {"move.kind": "move_in", "move.date": "R8.11.15", "late.reason": "古い答え"})
    asked = [q.variable.id for group in counter.questions(case) for q in group.questions]
    assert "late.reason" not in asked
    assert "late.reason" not in counter.facts(case).values


def test_a_last_day_on_a_holiday_is_told_with_the_day_the_town_hall_opens(counter):
    case = start(counter, "F07")
    # 14 days after 9 November 2026 is 23 November 勤労感謝の日.
    counter.answer(case, {"move.kind": "move_in", "move.date": "R8.11.9"})
    [one] = counter.dues(case)
    assert (one.due.last_day, one.due.open_day) == (dt.date(2026, 11, 23), dt.date(2026, 11, 24))


# --- papers beside the forms ----------------------------------------------------------------


def test_three_papers_come_with_the_forms_and_bear_nothing_personal(counter, tmp_path):
    case = start(counter, "F07", "F09")
    counter.answer(case, {"move.kind": "move_in", "move.date": "R8.11.15"})
    counter.choose_papers(case, reversed(PAPERS))
    later = item(counter, case, "転出証明書")
    counter.tick_document(case, later.id, DocumentState.LATER)
    printed = released(counter, case, tmp_path / "out")
    assert [document.form for document in printed] == ["F07", "F09", *PAPERS]
    for document in printed[2:]:
        text = text_of(document.path)
        assert case.number in text
        for personal in (NAME, "黒桐", ADDRESS, "清瀬", NUMBER, "幹也"):
            assert personal not in text.replace("\n", "").replace(" ", "")
    guide, slip, card = (text_of(document.path) for document in printed[2:])
    assert "転出証明書" in guide
    assert "きょう受け付けました" in guide
    assert "マイナンバーカードのICチップ" in card
    assert "読み取りました" in card
    assert "町民課" in slip
    [codes] = codes_of(counter, EntryKind.DOCUMENTS_CHECKED)
    assert DOCUMENT_CODES[DocumentState.LATER] in codes


def test_the_slip_has_the_number_alone_in_its_code(counter, tmp_path):
    case = start(counter, "F01")
    counter.choose_papers(case, ["G02"])
    [_, slip] = released(counter, case, tmp_path / "out")
    [page] = pictures(slip.path.read_bytes())
    [code] = zxingcpp.read_barcodes(page, formats=zxingcpp.BarcodeFormat.QRCode)
    assert code.text == case.number


def test_the_card_says_what_was_not_read(counter, tmp_path):
    case = start(counter, "F01", by_hand=True)
    counter.choose_papers(case, ["G03"])
    [_, card] = released(counter, case, tmp_path / "out")
    text = text_of(card.path)
    assert "読み取っていません" in text
    assert "聞き取り" in text
    assert "ICチップ" not in text


def test_a_town_can_want_papers_from_the_first(home):
    home.mkdir()
    (home / "town.toml").write_text('[paper]\nbeside = ["G03", "G01"]\n', encoding="utf-8")
    counter = make_counter(home)
    case = start(counter, "F01")
    assert [form.template.id for form in counter.fill(case)] == ["F01", "G01", "G03"]
    counter.choose_papers(case, [])
    assert [form.template.id for form in counter.fill(case)] == ["F01"]
    counter.office.log.close()


def test_no_other_form_is_a_paper(counter):
    case = start(counter, "F01")
    with pytest.raises(UnknownFormError):
        counter.choose_papers(case, ["F05"])
    assert case.papers == ()


def test_a_paper_never_stops_the_forms(counter, tmp_path):
    case = start(counter, "F07", "F09", "F13", "F16", "F18", "F25", "F26", "F29", "F31", "F12", "F19", "F30")
    counter.choose_papers(case, PAPERS)
    papers = [form for form in counter.fill(case) if form.template.id in PAPERS]
    assert [form.stopping for form in papers] == [()] * 3
    assert len(papers[0].pages) > 1


def test_the_guide_follows_the_event_and_tells_what_is_left_to_do(counter):
    case = start(counter)
    counter.choose_event(case, "death")
    counter.answer(case, {"guide.deceased_property": ["estate"]})
    items = counter.guide(case)
    assert [item.is_done for item in items] == sorted((item.is_done for item in items), reverse=True)
    [registration] = [item for item in items if item.title.startswith("土地・家屋の相続登記")]
    assert not registration.is_done
    assert "法務局" in registration.notice
    assert registration.why
    counter.choose_papers(case, ["G01"])
    guide = counter.fill(case)[-1]
    texts = [p for page in guide.pages for p in page.placed if isinstance(p, PlacedText)]
    assert any("法務局" in "".join(text.lines) for text in texts)
    assert "3年" in "".join("".join(text.lines) for text in texts)
