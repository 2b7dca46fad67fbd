"""The guided set-up in its window: each step is checked, nothing is set before the last press."""

import dataclasses
import datetime as dt
from functools import partial

import pytest

from kakanai.app import setup_window as setup_app
from kakanai.app.log_place import open_log
from kakanai.cardreader.simulator.virtual_reader import SimulatedReaderSource
from kakanai.sessionlog.entry import UNREGISTERED
from kakanai.sessionlog.errors import LogAccessRefusedError
from kakanai.sessionlog.store import SessionLog
from kakanai.settings import TownSyntaxError, load_town
from kakanai.setup.carrying import export_setup, import_setup
from kakanai.setup.errors import SettingsLostError
from kakanai.setup.first_run import FirstRun
from kakanai.setup.last_good import keep_good
from kakanai.ui.setup.setup_desk import SetupDesk
from kakanai.ui.setup.setup_window import SetupWindow
from tests.ui.conftest import PATIENCE_MS

PHRASE = "awseigo-no-machi"


def now():
    return dt.datetime.now(dt.UTC)


@pytest.fixture(autouse=True)
def quick_scrypt(monkeypatch):
    monkeypatch.setattr("kakanai.setup.setup_file._SCRYPT", {"n": 1 << 4, "r": 8, "p": 1})


@pytest.fixture
def source():
    return SimulatedReaderSource()


@pytest.fixture
def make_window(qtbot, theme, source):
    def make(paths):
        town, log_of = load_town(paths), partial(open_log, paths)
        desk = SetupDesk(
            first_run=FirstRun(paths, now, log_of),
            town=town,
            sections=town.sections,
            database="",
            printers=lambda: ["Ricoh"],
            source=source,
            arrive=lambda file, phrase, password: import_setup(
                paths,
                file,
                phrase,
                who=UNREGISTERED,
                now=now,
                open_log=log_of,
                server_password=password,
            ),
            export=lambda file, phrase, who: export_setup(
                paths, file, phrase, who=who, now=now, open_log=log_of
            ),
            look_file=paths.look_file,
        )
        window = SetupWindow(desk, theme)
        qtbot.addWidget(window)
        window.show()
        return window

    return make


@pytest.fixture
def window(make_window, paths):
    return make_window(paths)


def go_to_people(window):
    window.forward.click()
    window.town.rows["name"].line.setText("架空町")
    for _ in range(3):
        window.forward.click()
    assert window.step is window.people


def test_a_town_is_set_up_in_eight_steps_and_carried_on(qtbot, window, make_window, paths, source, tmp_path):
    window.forward.click()
    window.town.rows["name"].line.setText("架空町")
    assert window.town.rows["mayor_title"].typed == "架空町長"
    window.town.rows["code"].line.setText("012085")
    window.forward.click()
    assert window.step is window.town
    assert window.town.rows["code"].note.text().startswith("×")
    window.town.rows["code"].line.setText("012084")
    window.forward.click()
    window.counters.more.click()
    window.counters.lines[1][0].setText("窓口2")
    window.counters.own.setCurrentIndex(1)
    window.forward.click()
    window.forward.click()
    people = window.people
    for row, text in ((people.number, "9001"), (people.new, "kanri-sha-2026"), (people.again, "kanri")):
        row.line.setText(text)
    window.forward.click()
    assert window.step is people
    assert "A-022" in people.state.text()
    people.new.line.setText("kanri-sha-2026")
    people.again.line.setText("kanri-sha-2026")
    window.forward.click()
    window.printers.choices["A4"].setCurrentIndex(1)
    window.forward.click()
    qtbot.waitUntil(lambda: "リーダーがあります" in window.reader.reader.text(), timeout=PATIENCE_MS)
    source.insert("official-test")
    qtbot.waitUntil(lambda: "マイナンバーカード" in window.reader.card.text(), timeout=PATIENCE_MS)
    window.forward.click()
    assert "kanri" not in window.end.summary.text()
    assert "窓口2" in window.end.summary.text()
    assert not paths.town_file.exists()
    window.forward.click()
    town = load_town(paths)
    assert (town.name, town.code) == ("架空町", "012084")
    assert (town.counter_name, town.printers["A4"]) == ("窓口2", "Ricoh")
    assert window.is_saved
    assert people.new.typed == ""
    with SessionLog.open(paths.log_database) as log:
        assert [link.kind for link in log.links()][:2] == ["settings_changed", "staff_added"]
    for row in (window.end.passphrase, window.end.again):
        row.line.setText("short")
    window.export_to(tmp_path / "town.kks")
    assert "G-013" in window.end.state.text()
    window.end.passphrase.line.setText(PHRASE)
    window.export_to(tmp_path / "town.kks")
    assert "A-022" in window.end.state.text()
    window.end.again.line.setText(PHRASE)
    window.export_to(tmp_path / "town.kks")
    assert window.end.state.text().startswith("✓")
    with qtbot.waitSignal(window.finished) as told:
        window.forward.click()
    assert told.args == [True]


def test_the_file_of_another_pc_is_taken_over(window, make_window, paths, tmp_path):
    other = type(paths)(tmp_path / "other")
    other.ensure_home()
    other.town_file.write_text(
        '[town]\nname = "架空町"\n[counter]\ncounter_name = "窓口2"\n'
        '[counters]\n"窓口1" = "common"\n"窓口2" = "common"\n',
        encoding="utf-8",
    )
    file = tmp_path / "town.kks"
    export_setup(other, file, PHRASE, who=UNREGISTERED, now=now, open_log=partial(open_log, other))
    arrive = window.arrive
    arrive.take.click()
    assert arrive.file.note.text().startswith("×")
    arrive.file.line.setText(str(file))
    arrive.passphrase.line.setText("another-phrase")
    arrive.take.click()
    assert "G-011" in arrive.state.text()
    assert not paths.town_file.exists()
    arrive.passphrase.line.setText(PHRASE)
    arrive.take.click()
    assert "架空町" in arrive.state.text()
    assert "この PC は「窓口1」" in arrive.state.text()
    assert load_town(paths).name == "架空町"
    assert window.is_saved


def test_a_password_of_the_server_is_asked_for_when_the_server_does(window, monkeypatch, tmp_path):
    given = []

    def refuse(_file, _phrase, password):
        given.append(password)
        raise LogAccessRefusedError(path="db/kakanai", reason="")

    monkeypatch.setattr(window, "_desk", dataclasses.replace(window._desk, arrive=refuse))
    arrive = window.arrive
    assert not arrive.server.isVisible()
    arrive.file.line.setText(str(tmp_path / "town.kks"))
    arrive.passphrase.line.setText(PHRASE)
    arrive.take.click()
    assert "L-022" in arrive.state.text()
    assert arrive.server.isVisible()
    assert arrive.server.line.hasFocus()
    arrive.server.line.setText("himitsu no basho")
    arrive.take.click()
    assert given == ["", "himitsu no basho"]
    assert arrive.server.typed == ""


def test_the_server_s_password_is_told_with_the_server_alone(window):
    log = window.log
    log.server.setChecked(True)
    log.address.line.setText("postgresql://db.example.jp/kakanai?user=k")
    log.password.line.setText("himitsu no basho")
    assert log.told()["server_password"] == "himitsu no basho"
    log.file.setChecked(True)
    assert not log.password.isEnabled()
    assert log.told() == {"database": "", "server_password": ""}
    window.close()
    assert log.password.typed == ""


def test_a_server_that_does_not_answer_is_told_and_nothing_is_set(window, paths):
    go_to_people(window)
    window.back.click()
    window.log.server.setChecked(True)
    window.log.address.line.setText("postgresql://127.0.0.1:1/kakanai?user=k")
    window.log.trial.click()
    assert "L-017" in window.log.state.text()
    window.log.address.line.setText("postgresql://h/d?password=x")
    window.forward.click()
    assert window.step is window.log
    assert not paths.town_file.exists()


def test_each_counter_has_a_name_of_its_own_and_this_pc_stays_at_its_own(window):
    window.forward.click()
    window.town.rows["name"].line.setText("架空町")
    window.forward.click()
    counters = window.counters
    counters.more.click()
    counters.lines[1][0].setText("窓口2")
    counters.own.setCurrentIndex(1)
    counters.lines[1][0].setText("窓口1")
    window.forward.click()
    assert window.step is counters
    assert "違う名前" in counters.state.text()
    counters.own.setCurrentIndex(1)
    for name in ("保", "保険"):
        counters.lines[1][0].setText(name)
    window.forward.click()
    told = counters.told()
    assert (told["counter"], list(told["counters"])) == ("保険", ["窓口1", "保険"])


def test_a_server_without_an_address_is_not_taken_for_the_file(window, paths):
    go_to_people(window)
    window.back.click()
    window.log.server.setChecked(True)
    for press in (window.log.trial, window.forward):
        press.click()
        assert window.step is window.log
        assert window.log.address.note.text().startswith("×")
        assert "postgresql://" in window.log.state.text()
    assert not paths.log_database.exists()


def test_later_changes_nothing(qtbot, window, paths):
    go_to_people(window)
    window.people.later.setChecked(True)
    window.forward.click()
    with qtbot.waitSignal(window.finished) as told:
        window.later.click()
    assert told.args == [False]
    assert not paths.town_file.exists()
    assert not paths.log_database.exists()


def test_the_first_run_asks_once_and_a_damaged_file_goes_back(paths, monkeypatch):
    runs = []
    monkeypatch.setattr(setup_app, "_run", lambda _paths, *, is_asked_for: runs.append(is_asked_for))
    opened = []

    def open_window():
        opened.append(load_town(paths).name)
        SessionLog.open(paths.log_database).close()
        return 0

    assert setup_app.open_window_or_setup(paths, open_window) == 0
    assert setup_app.open_window_or_setup(paths, open_window) == 0
    assert (runs, opened) == ([False], ["見本町", "見本町"])
    paths.town_file.write_text('[town]\nname = "架空町"\n', encoding="utf-8")
    keep_good(paths)
    paths.town_file.write_text("[town\n", encoding="utf-8")
    answers = iter([False, True])
    monkeypatch.setattr("kakanai.ui.start_failure.tell_start_failure", lambda *_: next(answers))
    with pytest.raises(TownSyntaxError):
        setup_app.open_window_or_setup(paths, open_window)
    assert setup_app.open_window_or_setup(paths, open_window) == 0
    assert opened[-1] == "架空町"
    with SessionLog.open(paths.log_database) as log:
        assert [link.to_entry().names for link in log.links()] == [("setup.restored",)]
    paths.town_file.unlink()  # 見本町 is not served in its place
    monkeypatch.setattr("kakanai.ui.start_failure.tell_start_failure", lambda *_: False)
    with pytest.raises(SettingsLostError):
        setup_app.open_window_or_setup(paths, open_window)
    assert opened[-1] == "架空町"
    # Where the log is on a server this PC has none; that is no first run either.
    paths.log_database.unlink()
    with pytest.raises(SettingsLostError):
        setup_app.open_window_or_setup(paths, open_window)
    assert runs == [False]
