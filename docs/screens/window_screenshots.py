"""Drive the real window with practice cards and save each page in every theme, at one scale.

make_screenshots.py starts this once for each scale. The people are specimens, their photos are drawings; no
個人番号 is ever on the screen.
"""

import dataclasses
import tempfile
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from window_hands import begin, enter_pin, focused, press, save, type_words, wait, wait_quiet

from kakanai.app.offices import build_office
from kakanai.app.places import draft_places, prepare
from kakanai.app.readers import SimulatedTable
from kakanai.cardreader.mynumber.readings import MyNumberCardReading
from kakanai.cardreader.simulator.virtual_reader import SimulatedReaderSource
from kakanai.counter.town_keeper import TownKeeper
from kakanai.drafts.draft_shelf import DraftShelf
from kakanai.forms.render import SAMPLE_WATERMARK
from kakanai.printing.folder import FolderPrinter
from kakanai.resources import resource_root
from kakanai.settings import Paths
from kakanai.ui.conversation import FINDING, PERSON, PRINT, PROCEDURE, QUESTION
from kakanai.ui.desk import Desk
from kakanai.ui.main_window import MainWindow
from kakanai.ui.people_talk import TOPIC as WHOSE
from kakanai.ui.theme import apply_theme, load_theme
from kakanai.ui.unfolding import reveal

_SCREEN = QSize(1366, 768)


def main() -> None:
    """Write 01 … below docs."""
    application = QApplication([])
    with tempfile.TemporaryDirectory() as home:
        paths = Paths(Path(home))
        town = prepare(paths)
        source = SimulatedReaderSource(paths.simulator_state_dir)
        town = dataclasses.replace(town, supervisors=frozenset({"9000"}))
        office = build_office(paths, town, watermark=SAMPLE_WATERMARK, simulated=True)
        desk = Desk(
            office=office,
            source=source,
            clerk="1024",
            printers=lambda: ["フォルダーに保存"],
            printer_for=lambda _name: FolderPrinter(paths.output_dir),
            card_table=SimulatedTable(source),
            keeper=TownKeeper(paths, office.log, office.now, "9900"),
            drafts=lambda: DraftShelf(draft_places(paths), office.now),
        )
        window = MainWindow(desk, apply_theme(application, load_theme(resource_root() / "style")))
        window.resize(_SCREEN / window.devicePixelRatioF())
        window.show()
        window.activateWindow()
        QTest.qWaitForWindowActive(window)
        walk(window, source)
        family(window, source)
        name_without_glyph(window, source)
        by_collation_number(window, source)
        other_cards(window, source)
        mismatch(window, source)
        life_event(window, source)
        bad_print(window)
        put_aside(window, source)
        town_settings(window)
        window.flow.cancel_case()  # or the window would ask whether to close
        window.close()
        office.log.close()


def walk(window: MainWindow, source: SimulatedReaderSource) -> None:
    """One visitor from the card to the signature, with a picture at each step."""
    talk = window.conversation
    wait(lambda: "待機中" in window.top_bar.reader.text())
    save(window, "01-reader-waiting")
    source.insert("official-test")
    wait(lambda: talk.is_asking_pin)
    QTest.keyClicks(focused(), "12")
    save(window, "02-pin")
    QTest.keyClicks(focused(), "34")
    press(focused(), Qt.Key.Key_Return)
    wait(lambda: window.flow.person is not None)
    press(focused(), Qt.Key.Key_Return)
    wait(lambda: talk.current == PROCEDURE)
    for number in ("01", "05", "41"):
        QTest.keyClicks(focused(), number)
        press(focused(), Qt.Key.Key_Return)
    wait(lambda: len(window.flow.forms) == 3 and not window.paper.view.is_empty)
    press(focused(), Qt.Key.Key_Right)
    save(window, "03-procedures")
    press(focused(), Qt.Key.Key_Return)
    wait(lambda: talk.current == QUESTION)
    for words in ("クロギリ　ミキヤ", "204-0000", "042-000-0000"):
        type_words(focused(), words)
        press(focused(), Qt.Key.Key_Return)
    talk.question.fields["residence.whole_household"].take_focus()
    QTest.keyClicks(focused(), "1")
    wait_quiet(window)
    save(window, "04-questions")
    window.open_stretch(FINDING)
    wait_quiet(window)
    save(window, "05-preview")
    window.open_stretch(PRINT)
    wait(lambda: talk.printing.print_button.isEnabled())
    press(focused(), Qt.Key.Key_Return)
    wait(lambda: bool(window.flow.documents))
    save(window, "06-done")
    press(focused(), Qt.Key.Key_Return)
    wait(lambda: window.flow.case is None)
    read_day(window)


def read_day(window: MainWindow) -> None:
    """The day, one case beside the table, the plots and the day close."""
    page = window.day_log
    window.toggle_day_log()
    wait(lambda: page.cases.table.shown.rowCount() > 0)
    press(focused(), Qt.Key.Key_Down)
    wait(lambda: bool(page.cases.panel.text.toPlainText()) and not page.link.is_busy)
    press(focused(), Qt.Key.Key_Return)
    wait(lambda: "受付を始めました" in page.cases.panel.text.toPlainText())
    save(window, "07-day-log")
    for key, name in ((Qt.Key.Key_Z, "26-plots"), (Qt.Key.Key_J, "27-day-close")):
        press(focused(), key)
        wait(lambda: not page.link.is_busy)
        save(window, name)
    window.toggle_day_log()


def family(window: MainWindow, source: SimulatedReaderSource) -> None:
    """A family that moves in: rows of two lists, one of them folded."""
    talk = window.conversation
    begin(window, source, "official-test", talk.pin_pad)
    QTest.keyClicks(focused(), "1234")
    press(focused(), Qt.Key.Key_Return)
    wait(lambda: window.flow.person is not None)
    window.flow.choose(["move-in-with-insurance", "child-allowance", "water"])
    window.open_stretch(QUESTION)
    for rows, names in (("member", ("見本　花子", "見本　次郎")), ("child", ("見本　次郎", "見本　三葉"))):
        for name in names:
            add = talk.question.lists[rows].add
            reveal(add)
            add.setFocus()
            press(focused(), Qt.Key.Key_Space)
            type_words(focused(), name)
    wait_quiet(window)
    save(window, "15-people-of-a-list")


def name_without_glyph(window: MainWindow, source: SimulatedReaderSource) -> None:
    """A character that no font has: the card's own picture, or the hand."""
    by_number(window, source)
    told = window.flow.told
    if told is None or window.flow.case is None or not isinstance(told.reading, MyNumberCardReading):
        raise RuntimeError("the card was not read")
    basic = told.reading.basic_four
    strange = dataclasses.replace(basic, name=f"\U0001f600{basic.name}")
    window.flow.counter.identify_by_card(
        window.flow.case, dataclasses.replace(told.reading, basic_four=strange)
    )
    window.flow.choose(["seal-certificate", "child-medical-aid"])
    window.open_stretch(FINDING)
    wait_quiet(window)
    save(window, "16-no-glyph")


def by_number(window: MainWindow, source: SimulatedReaderSource) -> None:
    """The face of a card, by 照合番号B."""
    talk = window.conversation
    begin(window, source, "ivs-watanabe", talk.pin_pad)
    window.read_by_number()
    wait(lambda: talk.shows(talk.collation))
    QTest.keyClicks(focused(), "S24.12.8")
    press(focused(), Qt.Key.Key_Return)
    QTest.keyClicks(focused(), "6430")
    press(focused(), Qt.Key.Key_Return)
    wait(lambda: window.flow.person is not None)


def by_collation_number(window: MainWindow, source: SimulatedReaderSource) -> None:
    """A locked PIN, 照合番号B instead of it, and an address that is no longer so."""
    talk = window.conversation
    begin(window, source, "locked-pin", talk.pin_pad)
    save(window, "08-pin-locked")
    begin(window, source, "ivs-watanabe", talk.pin_pad)
    window.read_by_number()
    wait(lambda: talk.shows(talk.collation))
    QTest.keyClicks(focused(), "S24.12.8")
    save(window, "09-collation-number")
    press(focused(), Qt.Key.Key_Return)
    QTest.keyClicks(focused(), "6430")
    press(focused(), Qt.Key.Key_Return)
    wait(lambda: window.flow.person is not None)
    save(window, "10-person-with-photo")


def other_cards(window: MainWindow, source: SimulatedReaderSource) -> None:
    """A licence at its second PIN, and the name of a 在留カード typed from the picture."""
    talk = window.conversation
    begin(window, source, "licence-plain", talk.licence)
    QTest.keyClicks(focused(), "1234")
    press(focused(), Qt.Key.Key_Return)
    save(window, "11-licence")
    begin(window, source, "residence-front-address", talk.card_number)
    QTest.keyClicks(focused(), "CD23456789EF")
    press(focused(), Qt.Key.Key_Return)
    wait(lambda: talk.shows(talk.residence_entry))
    type_words(focused(), "MARTINEZ MIHON ELENA")
    save(window, "12-residence-card")


def mismatch(window: MainWindow, source: SimulatedReaderSource) -> None:
    """A forged card, and the supervisor's decision."""
    talk = window.conversation
    begin(window, source, "forged", talk.pin_pad)
    QTest.keyClicks(focused(), "1234")
    press(focused(), Qt.Key.Key_Return)
    wait(lambda: window.flow.pending is not None)
    save(window, "13-mismatch")
    press(focused(), Qt.Key.Key_Tab)
    press(focused(), Qt.Key.Key_Return)
    wait(lambda: talk.shows(talk.supervisor))
    QTest.keyClicks(focused(), "9000")
    press(focused(), Qt.Key.Key_Return)
    press(focused(), Qt.Key.Key_Space)
    save(window, "14-supervisor")


def life_event(window: MainWindow, source: SimulatedReaderSource) -> None:
    """The board of events, a family with its cards, what moving in brings and why, and the papers beside."""
    talk = window.conversation
    begin(window, source, "family-father", talk.pin_pad)
    enter_pin(window)
    window.open_stretch(PROCEDURE)
    save(window, "19-events")
    QTest.keyClicks(focused(), "1")
    press(focused(), Qt.Key.Key_Return)
    window.open_stretch(PERSON)
    for people, specimen in enumerate(("family-mother", "family-daughter", "family-son"), start=1):
        source.remove()
        wait(lambda: "待機中" in window.top_bar.reader.text())
        source.insert(specimen)
        wait(lambda: talk.notice.topic == WHOSE)
        if people == 1:
            save(window, "20-whose-card")
        QTest.keyClicks(focused(), "1")
        wait(lambda: talk.is_asking_pin)
        QTest.keyClicks(focused(), "1234")
        press(focused(), Qt.Key.Key_Return)
        wait(lambda people=people: len(window.flow.companions) == people)
    answers: dict[str, object] = {
        "guide.move_in_way": "certificate",
        "guide.living": ["dog"],
        "guide.insurance": "all",
    }
    for variable, given in answers.items():
        window.flow.answer(variable, given)
    window.open_stretch(PROCEDURE)
    press(focused(), Qt.Key.Key_Down)
    wait_quiet(window)
    save(window, "21-guided")
    window.open_stretch(FINDING)
    wait_quiet(window)
    save(window, "22-documents")
    window.open_stretch(PRINT)
    wait_quiet(window)
    save(window, "23-papers")


def bad_print(window: MainWindow) -> None:
    """Paper is out, and one sheet is to be made anew."""
    talk = window.conversation
    if window.flow.stopping:
        raise RuntimeError("a finding waits for a decision")
    window.print_forms()
    wait(lambda: bool(window.flow.documents))
    window.print_forms()
    save(window, "24-correction")
    press(focused(), Qt.Key.Key_Escape)
    wait(lambda: focused() is talk.printing.close_button)


def put_aside(window: MainWindow, source: SimulatedReaderSource) -> None:
    """A case that waits in the left column, while the next visitor is served."""
    by_number(window, source)
    window.flow.choose(["seal-certificate"])
    window.pauses.suspend()
    source.remove()
    wait(lambda: bool(window.pauses.work.held) and "待機中" in window.top_bar.reader.text())
    save(window, "25-put-aside")


def town_settings(window: MainWindow) -> None:
    """The town's settings before the number, and a fee that cannot be."""
    page = window.town_link.page
    if page is None:
        raise RuntimeError("the desk has no settings")
    window.toggle_town()
    save(window, "17-town-settings")
    QTest.keyClicks(focused(), "9900")
    press(focused(), Qt.Key.Key_Return)
    page.show_field("fees.seal_certificate")
    QTest.keyClick(focused(), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(focused(), "-300")
    save(window, "18-town-fees")
    for _ in range(2):  # what is not saved is thrown away the second time
        press(focused(), Qt.Key.Key_Escape)


if __name__ == "__main__":
    main()
