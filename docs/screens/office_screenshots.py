"""Save the pages around the counter: first run, sign-in, staff, printers, downtime papers, manual, practice.

make_screenshots.py starts this once for each scale, after window_screenshots.py. Numbers of staff and the
town are invented; passwords are never on the screen.
"""

import dataclasses
import datetime as dt
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from pictures import save_picture
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from window_hands import begin, enter_pin, focused, press, save, type_words, wait

from kakanai.app.log_place import open_log
from kakanai.app.offices import build_office
from kakanai.app.places import draft_places, prepare
from kakanai.app.readers import SimulatedTable
from kakanai.app.resident_cards import PracticeReaderSource, ResidentCards
from kakanai.app.training import TRAINING_CLERK
from kakanai.app.training_window import training_office
from kakanai.app.ways_out import printer_care
from kakanai.cardreader.simulator.virtual_reader import SimulatedReaderSource
from kakanai.counter.town_keeper import TownKeeper
from kakanai.drafts.draft_shelf import DraftShelf
from kakanai.forms.fonts import FontShelf
from kakanai.forms.render import SAMPLE_WATERMARK
from kakanai.printing.errors import PrinterStoppedError
from kakanai.printing.folder import FolderPrinter
from kakanai.printing.print_job import PrintedDocument, Printer, PrintJob
from kakanai.resources import resource_root
from kakanai.sessionlog.entry import UNREGISTERED
from kakanai.settings import Paths, load_town
from kakanai.setup.carrying import export_setup, import_setup
from kakanai.setup.first_run import FirstRun
from kakanai.staff.guard import Guard
from kakanai.staff.password import Password
from kakanai.staff.register import StaffRegister
from kakanai.staff.role import Role
from kakanai.staff.roster import Roster
from kakanai.staff.rules import StaffRules
from kakanai.training.places import prepare_training
from kakanai.training.practice import Practice
from kakanai.training.residents import load_clerk_name, load_residents
from kakanai.ui.conversation import PRINT
from kakanai.ui.desk import Desk
from kakanai.ui.main_window import MainWindow
from kakanai.ui.setup.setup_desk import SetupDesk
from kakanai.ui.setup.setup_window import SetupWindow
from kakanai.ui.theme import Theme, apply_theme, load_theme

_SCREEN = QSize(1366, 768)
_ADMINISTRATOR, _SUPERVISOR, _CLERK = "9001", "9000", "1024"
_PRINTERS = ("窓口プリンター", "控え室の複合機")
_SHIFT = Qt.KeyboardModifier.ShiftModifier


def main() -> None:
    """Write 28 … below docs."""
    application = QApplication([])
    theme = apply_theme(application, load_theme(resource_root() / "style"))
    for scene in (first_run, staffed_office, practice, stopped_set):
        with tempfile.TemporaryDirectory() as home:
            scene(Paths(Path(home)), theme)


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def _shown(window: MainWindow | SetupWindow) -> None:
    window.resize(_SCREEN / window.devicePixelRatioF())
    window.show()
    window.activateWindow()
    QTest.qWaitForWindowActive(window)


# --- first run ----------------------------------------------------------------------------


def first_run(paths: Paths, theme: Theme) -> None:
    """The guided set-up: town, first administrator, printers, reader, and what will be saved."""
    town, log_of = prepare(paths), partial(open_log, paths)
    source = SimulatedReaderSource(paths.simulator_state_dir)
    desk = SetupDesk(
        first_run=FirstRun(paths, _now, log_of),
        town=town,
        sections=town.sections,
        database="",
        printers=lambda: list(_PRINTERS),
        source=source,
        arrive=lambda file, phrase, _password: import_setup(
            paths, file, phrase, who=UNREGISTERED, now=_now, open_log=log_of
        ),
        export=lambda file, phrase, who: export_setup(
            paths, file, phrase, who=who, now=_now, open_log=log_of
        ),
        look_file=paths.look_file,
    )
    window = SetupWindow(desk, theme)
    _shown(window)
    percent = round(window.devicePixelRatioF() * 100)

    def keep(name: str) -> None:
        QApplication.processEvents()
        save_picture(window, f"{name}-light-{percent}")

    keep("28-first-run")
    window.forward.click()
    window.town.rows["name"].line.setText("架空町")
    keep("29-first-run-town")
    for _ in range(3):
        window.forward.click()
    people = window.people
    for row, words in (
        (people.number, _ADMINISTRATOR),
        (people.new, "yoake no mado"),
        (people.again, "yoake no mado"),
    ):
        row.line.setText(words)
    keep("30-first-run-administrator")
    window.forward.click()
    window.printers.choices["A4"].setCurrentIndex(1)
    keep("31-first-run-printers")
    window.forward.click()
    wait(lambda: "リーダーがあります" in window.reader.reader.text())
    source.insert("official-test")
    wait(lambda: "マイナンバーカード" in window.reader.card.text())
    keep("32-first-run-reader")
    window.forward.click()
    keep("33-first-run-end")
    window.forward.click()
    if not window.is_saved:
        raise RuntimeError("the set-up was not saved")
    window.close()


# --- an office where staff are registered -------------------------------------------------


def staffed_office(paths: Paths, theme: Theme) -> None:
    """Who is here, the staff, the lock, printers, downtime papers, and the manual at the right place."""
    town = prepare(paths)
    source = SimulatedReaderSource(paths.simulator_state_dir)
    office = build_office(paths, town, watermark=SAMPLE_WATERMARK, simulated=True)

    def guard_of(machine: str) -> Guard:
        rules = StaffRules.of(town)
        return Guard(Roster(office.log, office.now, rules, machine=machine * 64, account=machine * 64))

    register(guard_of)
    office = dataclasses.replace(office, guard=guard_of("a"))
    desk = Desk(
        office=office,
        source=source,
        clerk=_CLERK,
        printers=lambda: list(_PRINTERS),
        printer_for=lambda _name: _paper(paths),
        card_table=SimulatedTable(source),
        keeper=TownKeeper(paths, office.log, office.now, "", office.guard),
        drafts=lambda: DraftShelf(draft_places(paths), office.now),
        printer_care=dataclasses.replace(printer_care(paths, office), names=lambda: list(_PRINTERS)),
    )
    window = MainWindow(desk, theme)
    _shown(window)
    wait(lambda: window.staff.cover.page is not None)
    QTest.keyClicks(focused(), _ADMINISTRATOR)
    save(window, "34-sign-in")
    press(focused(), Qt.Key.Key_Return)
    sign_in(window, _ADMINISTRATOR)
    pages(window)
    QTest.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier | _SHIFT)
    wait(lambda: window.staff.cover.page is window.staff.lock_page)
    save(window, "39-locked")
    sign_in(window, _ADMINISTRATOR)
    window.close()
    office.log.close()


def register(guard_of: Callable[[str], Guard]) -> None:
    """One administrator, one supervisor and one clerk, each with a password of their own."""
    first = guard_of("f")
    StaffRegister(first).set_up(_ADMINISTRATOR, Password(_words(_ADMINISTRATOR)))
    first.sign_in(_ADMINISTRATOR, Password(_words(_ADMINISTRATOR)))
    for number, role in ((_SUPERVISOR, Role.SUPERVISOR), (_CLERK, Role.CLERK)):
        StaffRegister(first).add(number, role, Password(_words(number)))


def sign_in(window: MainWindow, number: str) -> None:
    """Type the password where it is asked."""
    type_words(focused(), _words(number))
    press(focused(), Qt.Key.Key_Return)
    wait(lambda: not window.staff.work.is_busy and window.staff.cover.page is None)


def pages(window: MainWindow) -> None:
    """The pages that have a key of their own."""
    window.staff.toggle_page()
    wait(lambda: not window.staff.work.is_busy)
    save(window, "35-staff")
    window.staff.toggle_page()
    page = window.printer_page
    if page is None:
        raise RuntimeError("the desk has no printers to care for")
    window.toggle_printers()
    wait(lambda: page.printers.count() == len(_PRINTERS))
    save(window, "36-printers")
    page.tabs.tabs[2].click()
    save(window, "43-printers-by-form")
    window.toggle_printers()
    window.toggle_page(window.downtime, window.downtime.open)
    save(window, "37-downtime")
    window.downtime.more.click()
    save(window, "44-downtime-ahead")
    window.toggle_help()
    wait(lambda: window.manual.isVisible())
    save(window, "38-manual")
    window.show_counter()


def _words(number: str) -> str:
    return f"mado no yoake {number}!"


def _paper(paths: Paths) -> Printer:
    return FolderPrinter(paths.output_dir)


# --- practice -----------------------------------------------------------------------------


def practice(paths: Paths, theme: Theme) -> None:
    """The first lesson, the residents, and the faults to practise."""
    places = prepare_training(paths)
    town = prepare(places, load_town)
    office = training_office(places, town, FontShelf())
    source = PracticeReaderSource(places.simulator_state_dir)
    training = Practice(load_residents(), ResidentCards(source))
    desk = Desk(
        office=office,
        source=source,
        clerk=TRAINING_CLERK,
        clerk_name=load_clerk_name(),
        printers=lambda: list(_PRINTERS),
        printer_for=lambda name: training.printer(name, lambda _name: _paper(places)),
        card_table=ResidentCards(source),
        keeper=TownKeeper(places, office.log, office.now, ""),
        practice=training,
    )
    window = MainWindow(desk, theme)
    _shown(window)
    panel = window.practice.panel
    panel.lesson.begin.click()
    save(window, "40-practice-lesson")
    panel.show_sheet(panel.residents)
    panel.residents.search.setText("けんいち")
    panel.residents.search.taken.emit()
    wait(lambda: window.conversation.is_asking_pin)
    save(window, "41-practice-residents")
    panel.show_sheet(panel.faults)
    save(window, "42-practice-faults")
    window.flow.cancel_case()
    window.close()
    office.log.close()


# --- paper that stops half-way ------------------------------------------------------------


class StoppingPrinter(FolderPrinter):
    """Puts the first document into its folder and stops at the second, as one does that is out of order."""

    def release(self, job: PrintJob) -> list[PrintedDocument]:
        """One document, then PrinterStoppedError."""
        first, second, *_ = job.documents
        out = super().release(dataclasses.replace(job, documents=(first,)))
        error = PrinterStoppedError(printer=_PRINTERS[0], printed=1, total=len(job.documents))
        error.came_out, error.begun = tuple(out), (second.form,)
        raise error


def stopped_set(paths: Paths, theme: Theme) -> None:
    """⑤ when the first of three forms is out."""
    town = prepare(paths)
    source = SimulatedReaderSource(paths.simulator_state_dir)
    office = build_office(paths, town, watermark=SAMPLE_WATERMARK, simulated=True)
    desk = Desk(
        office=office,
        source=source,
        clerk=_CLERK,
        printers=lambda: list(_PRINTERS),
        printer_for=lambda _name: StoppingPrinter(paths.output_dir),
        card_table=SimulatedTable(source),
    )
    window = MainWindow(desk, theme)
    _shown(window)
    begin(window, source, "official-test", window.conversation.pin_pad)
    enter_pin(window)
    window.flow.choose(["residence-certificate", "seal-certificate", "pension-exemption"])
    wait(lambda: len(window.flow.forms) == 3)
    window.open_stretch(PRINT)
    wait(lambda: window.conversation.printing.print_button.isEnabled())
    window.print_forms()
    wait(lambda: window.flow.is_part_out and not window.flow.is_printing)
    save(window, "45-rest-of-set")
    window.flow.cancel_case()
    window.close()
    office.log.close()


if __name__ == "__main__":
    main()
