"""Cases put aside and gone on with, corrected after printing, seen before today: by keys, in the window."""

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from kakanai.cardreader.simulator.virtual_reader import SimulatedReaderSource
from kakanai.counter import Office
from kakanai.drafts.draft_shelf import DraftPlaces, DraftShelf
from kakanai.drafts.errors import DraftUnwritableError
from kakanai.sessionlog.entry import JST, Outcome
from kakanai.settings import Paths
from kakanai.ui.desk import Desk
from tests.drafts.conftest import NoKeyring
from tests.ui.conftest import Clerk

pytestmark = pytest.mark.usefixtures("no_stray_windows")

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
CARD, OTHER_CARD = "official-test", "ivs-tsuji"


class Clock:
    """The office's clock, which the test moves on."""

    def __init__(self) -> None:
        self.at = dt.datetime(2026, 11, 20, 1, 42, tzinfo=dt.UTC)

    def __call__(self) -> dt.datetime:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def keeping_desk(desk: Desk, paths: Paths, clock: Clock) -> Desk:
    places = DraftPlaces(paths.drafts_dir, paths.draft_key_file)
    return dataclasses.replace(
        desk,
        office=dataclasses.replace(desk.office, now=clock),
        drafts=lambda: DraftShelf(places, clock, keyring=NoKeyring()),
    )


@pytest.fixture
def keeper(make_clerk: Callable[[Desk], Clerk], keeping_desk: Desk) -> Iterator[Clerk]:
    clerk = make_clerk(keeping_desk)
    yield clerk
    clerk.window.pauses.work.close()


def saved(clerk: Clerk) -> None:
    work = clerk.window.pauses.work
    work.save_now()
    assert work._writer is not None
    assert work._writer.flush(10)


def drafts_on_disk(paths: Paths) -> list[Path]:
    return sorted(paths.drafts_dir.glob("*.draft"))


def list_words(clerk: Clerk) -> list[str]:
    return [button.text() for button in clerk.window.column.findChildren(QPushButton)]


def print_out(clerk: Clerk) -> None:
    clerk.press(Qt.Key.Key_F8)
    clerk.wait(lambda: clerk.talk.printing.print_button.isEnabled())
    clerk.press(Qt.Key.Key_F8)
    clerk.wait(lambda: clerk.flow.documents)


def test_the_top_bar_says_when_the_draft_is_on_disk(
    keeper: Clerk, source: SimulatedReaderSource, paths: Paths
) -> None:
    keeper.read_card(source)
    keeper.wait(lambda: keeper.window.pauses.state.text() == "下書き保存済 10:42")
    assert len(drafts_on_disk(paths)) == 1


def test_the_next_visitor_is_served_while_the_first_fetches_a_paper(
    keeper: Clerk, source: SimulatedReaderSource, office: Office, paths: Paths
) -> None:
    clerk = keeper
    clerk.read_card(source)
    clerk.choose("seal-certificate", forms=1)
    clerk.window.open_stretch(2)
    clerk.talk.question.go_to("seal.card_number")
    clerk.type("123")
    first = clerk.flow.case.number
    clerk.press(Qt.Key.Key_F9)
    assert clerk.flow.case is None
    assert clerk.flow.person is None
    assert f"{first} を保留にしました" in clerk.talk.notice.text
    assert any(text.startswith(f"⏸ {first}") for text in list_words(clerk))
    clerk.take_card(source)
    clerk.read_card(source, OTHER_CARD)
    second = clerk.flow.case.number
    assert clerk.flow.typed.values == {}
    clerk.press(Qt.Key.Key_Down, ALT)
    assert clerk.flow.case.number == first
    assert clerk.talk.current == 2
    clerk.wait(lambda: clerk.flow.typed.values["seal.card_number"] == "123")
    clerk.type("4567")  # the cursor is where it was
    assert clerk.flow.typed.values["seal.card_number"] == "1234567"
    assert [draft.number for draft in clerk.window.pauses.work.held] == [second]
    clerk.press(Qt.Key.Key_1, CTRL)
    assert clerk.flow.case.number == second
    (entry, _) = office.log.day(clerk.flow.today)
    assert entry.outcome is Outcome.OPEN
    saved(clerk)
    assert len(drafts_on_disk(paths)) == 2


def test_putting_aside_works_without_drafts(clerk: Clerk, source: SimulatedReaderSource) -> None:
    clerk.read_card(source)
    number = clerk.flow.case.number
    clerk.press(Qt.Key.Key_F9)
    assert clerk.flow.case is None
    clerk.press(Qt.Key.Key_Up, ALT)
    assert clerk.flow.case is not None
    assert clerk.flow.case.number == number


def test_a_case_that_ends_leaves_no_draft(keeper: Clerk, source: SimulatedReaderSource, paths: Paths) -> None:
    keeper.read_card(source)
    saved(keeper)
    cancel = next(b for b in keeper.window.column.findChildren(QPushButton) if "取りやめ" in b.text())
    QTest.mouseClick(cancel, Qt.MouseButton.LeftButton)
    keeper.press(Qt.Key.Key_Tab)
    keeper.enter()
    keeper.wait(lambda: keeper.flow.case is None)
    saved(keeper)
    assert drafts_on_disk(paths) == []


def test_closing_the_window_puts_the_case_aside(
    make_clerk: Callable[[Desk], Clerk],
    keeping_desk: Desk,
    source: SimulatedReaderSource,
    paths: Paths,
    office: Office,
) -> None:
    clerk = make_clerk(keeping_desk)
    clerk.read_card(source)
    clerk.choose("seal-certificate", forms=1)
    assert not clerk.window.close()
    assert "保留になります" in clerk.talk.notice.text
    assert clerk.window.close()
    assert len(drafts_on_disk(paths)) == 1
    (entry,) = office.log.day(dt.date(2026, 11, 20))
    assert entry.outcome is Outcome.OPEN


def test_a_case_left_over_night_is_given_up(
    make_clerk: Callable[[Desk], Clerk],
    keeping_desk: Desk,
    source: SimulatedReaderSource,
    clock: Clock,
    paths: Paths,
    office: Office,
) -> None:
    clerk = make_clerk(keeping_desk)
    clerk.read_card(source)
    number, day = clerk.flow.case.number, clerk.flow.today
    clerk.press(Qt.Key.Key_F9)
    clerk.take_card(source)
    clerk.read_card(source, OTHER_CARD)
    present = clerk.flow.case.number
    saved(clerk)
    clock.at += dt.timedelta(days=1)
    clerk.window.pauses.work.end_earlier_days()
    assert clerk.flow.case is None
    assert number in clerk.talk.notice.text
    assert present in clerk.talk.notice.text
    saved(clerk)
    assert drafts_on_disk(paths) == []
    for entry in office.log.day(day):
        assert entry.outcome is Outcome.CANCELLED
        assert "D-001" in entry.codes
    clerk.window.pauses.work.close()


def test_a_disk_that_takes_no_draft_keeps_nobody_from_working(
    make_clerk: Callable[[Desk], Clerk], keeping_desk: Desk, source: SimulatedReaderSource, office: Office
) -> None:
    def refuse() -> DraftShelf:
        raise DraftUnwritableError(folder="drafts", reason="EROFS")

    clerk = make_clerk(dataclasses.replace(keeping_desk, drafts=refuse))
    clerk.wait(lambda: "D-011" in clerk.talk.notice.text)
    assert clerk.window.pauses.state.text() == "▲ 下書き保存できません"
    clerk.read_card(source)
    clerk.choose("seal-certificate", forms=1)
    print_out(clerk)
    clerk.enter()
    clerk.wait(lambda: clerk.flow.case is None)
    clerk.window.pauses.work.close()


def test_todays_other_visit_is_pointed_out_and_blocks_nothing(
    keeper: Clerk, source: SimulatedReaderSource
) -> None:
    clerk = keeper
    clerk.read_card(source)
    clerk.choose("seal-certificate", forms=1)
    first = clerk.flow.case.number
    print_out(clerk)
    clerk.enter()
    clerk.wait(lambda: clerk.flow.case is None)
    assert [(done.number, done.clock) for done in clerk.window.pauses.work.done] == [(first, "10:42")]
    clerk.take_card(source)
    clerk.read_card(source)
    clerk.wait(lambda: "もう受付しています" in clerk.talk.notice.text)
    assert f"{first}（10:42、F05）" in clerk.talk.notice.text
    assert clerk.flow.person is not None
    assert clerk.flow.person.name not in clerk.talk.notice.text


def test_a_correction_prints_what_changed_and_lists_what_is_void(
    keeper: Clerk, source: SimulatedReaderSource, paths: Paths, office: Office
) -> None:
    clerk = keeper
    clerk.read_card(source)
    clerk.choose("residence-certificate", "seal-certificate", forms=2)
    print_out(clerk)
    printing = clerk.talk.printing
    clerk.press(Qt.Key.Key_F8)
    assert printing.correction.isVisible()
    clerk.press(Qt.Key.Key_3)  # 職員の誤り
    clerk.wait(lambda: clerk.flow.is_correcting and clerk.talk.current == 2)
    clerk.talk.question.go_to("seal.card_number")
    clerk.type("7654321")
    clerk.wait(lambda: [form.template.id for form in clerk.flow.due()] == ["F05"])
    clerk.press(Qt.Key.Key_F8)
    clerk.wait(lambda: "変わった様式 1" in printing._what.text())
    assert "F05" in printing.shred.text()
    clerk.wait(lambda: printing.print_button.isEnabled())
    clerk.press(Qt.Key.Key_F8)
    clerk.wait(lambda: clerk.flow.documents)
    assert [document.form for document in clerk.flow.documents] == ["F05"]
    assert "廃棄する紙" in printing.shred.text()
    assert len(list(paths.output_dir.glob("*.pdf"))) == 3
    clerk.enter()
    clerk.wait(lambda: clerk.flow.case is None)
    (entry,) = office.log.day(dt.date(2026, 11, 20))
    assert {"K-003", "K-010"} <= set(entry.codes)
    assert entry.finished_at is not None
    assert entry.finished_at.astimezone(JST).hour == 10


def test_a_jammed_sheet_comes_out_again_by_two_numbers(keeper: Clerk, source: SimulatedReaderSource) -> None:
    clerk = keeper
    clerk.read_card(source)
    clerk.choose("residence-certificate", "seal-certificate", forms=2)
    print_out(clerk)
    clerk.press(Qt.Key.Key_F8)
    clerk.press(Qt.Key.Key_4)  # 印刷不良
    clerk.press(Qt.Key.Key_2)  # F05
    clerk.wait(lambda: [document.form for document in clerk.flow.documents] == ["F05"])
    assert [one.form for one in clerk.flow.to_shred()] == ["F05"]


def test_a_correction_that_changes_nothing_goes_back(keeper: Clerk, source: SimulatedReaderSource) -> None:
    clerk = keeper
    clerk.read_card(source)
    clerk.choose("seal-certificate", forms=1)
    print_out(clerk)
    clerk.press(Qt.Key.Key_F8)
    clerk.press(Qt.Key.Key_5)
    clerk.wait(lambda: clerk.flow.is_correcting)
    clerk.window.open_stretch(4)
    printing = clerk.talk.printing
    clerk.wait(lambda: printing.keep_button.isVisible())
    assert not printing.print_button.isEnabled()
    QTest.mouseClick(printing.keep_button, Qt.MouseButton.LeftButton)
    assert clerk.flow.is_released
    assert [document.form for document in clerk.flow.documents] == ["F05"]
    clerk.press(Qt.Key.Key_F8)
    clerk.press(Qt.Key.Key_Escape)
    assert not printing.correction.isVisible()


def test_people_of_a_list_are_there_again(keeper: Clerk, source: SimulatedReaderSource) -> None:
    clerk = keeper
    clerk.read_card(source)
    clerk.choose("move-in", forms=1)
    clerk.window.open_stretch(2)
    rows = clerk.talk.question.lists["member"]
    rows.add_row()
    clerk.talk.question.go_to("member.name[m1]")
    clerk.type("見本　花")
    before = clerk.window.pauses.work._body()
    assert before is not None
    clerk.press(Qt.Key.Key_F9)
    clerk.press(Qt.Key.Key_Down, ALT)
    clerk.wait(lambda: clerk.flow.forms)
    assert clerk.window.pauses.work._body() == before
    clerk.type("子")
    assert clerk.flow.typed.rows["member"][0]["member.name"] == "見本　花子"
