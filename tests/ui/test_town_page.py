"""町の設定 on the window: by keys alone, for administrators alone, and counting from the next case."""

import dataclasses
from collections.abc import Callable

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QScrollArea

from kakanai.app.offices import renew_office
from kakanai.cardreader.simulator.virtual_reader import SimulatedReaderSource
from kakanai.counter.town_keeper import TownKeeper
from kakanai.forms.fonts import FontShelf
from kakanai.sessionlog.entry import JST
from kakanai.settings import Paths, load_town
from kakanai.ui.desk import Desk
from kakanai.ui.town_page import TownPage
from tests.ui.conftest import Clerk
from tests.ui.test_fits import cut_off
from tests.ui.test_targets import TARGET, controls, told

TRAINER = "9900"


@pytest.fixture
def desk(desk: Desk, paths: Paths, shelf: FontShelf) -> Desk:
    office = desk.office
    return dataclasses.replace(
        desk,
        keeper=TownKeeper(paths, office.log, office.now, TRAINER),
        renew=lambda town: renew_office(paths, office, town, shelf),
    )


@pytest.fixture
def page(clerk: Clerk) -> TownPage:
    clerk.press(Qt.Key.Key_F12, Qt.KeyboardModifier.ShiftModifier)
    page = clerk.window.town_link.page
    assert page is not None
    clerk.wait(page.isVisible)
    return page


def unlock(clerk: Clerk, number: str = TRAINER) -> None:
    clerk.type(number)
    clerk.enter()


def retype(clerk: Clerk, page: TownPage, name: str, words: str) -> None:
    page.show_field(name)
    line = clerk.focused
    assert isinstance(line, QLineEdit)
    line.selectAll()
    if words:
        clerk.type(words)
    else:
        clerk.press(Qt.Key.Key_Delete)


def save(clerk: Clerk) -> None:
    clerk.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)


def changes(desk: Desk) -> list[tuple[str, ...]]:
    today = desk.office.now().astimezone(JST).date()
    return [change.names for change in desk.office.log.settings_changes(today)]


def test_every_sheet_fits_the_screen_without_a_sideways_scroll(clerk: Clerk, page: TownPage) -> None:
    for number, tab in enumerate(page.row.tabs):
        tab.setChecked(True)
        clerk.qtbot.wait(30)
        area = page.row.sheets.widget(number)
        assert isinstance(area, QScrollArea)
        assert area.widget().minimumSizeHint().width() <= area.viewport().width()
        assert clerk.window.size() == QSize(1366, 768)
        if area.verticalScrollBar().maximum() == 0:
            assert cut_off(area.widget()) == []


def test_the_labels_grow_with_the_letters(clerk: Clerk, page: TownPage) -> None:
    label = next(label for label in page.fields["town.name"].findChildren(QLabel) if label.text())
    before = label.width()
    clerk.window.look.enlarge()
    try:
        assert label.width() > before
    finally:
        clerk.window.look.set_ordinary_size()


def test_every_control_of_every_sheet_can_be_hit_and_has_a_name(clerk: Clerk, page: TownPage) -> None:
    unlock(clerk)
    for tab in page.row.tabs:
        tab.setChecked(True)
        clerk.qtbot.wait(30)
        shown = controls(clerk.window)
        assert len(shown) > 10
        assert [told(widget) for widget in shown if min(widget.width(), widget.height()) < TARGET] == []
        assert [told(w) for w in shown if not (w.accessibleName() or w.property("text"))] == []


def test_anybody_may_look_and_nobody_without_a_number_may_change(
    clerk: Clerk, page: TownPage, desk: Desk, paths: Paths
) -> None:
    assert clerk.focused is page.number
    assert not any(field.isEnabled() for field in page.fields.values())
    save(clerk)
    unlock(clerk, "1024")
    assert "S-017" in page.state.text()
    assert not page.save_button.isEnabled()
    assert not paths.town_file.exists()
    clerk.press(Qt.Key.Key_Escape)
    clerk.wait(lambda: not page.isVisible())


def test_the_trainer_may_only_while_the_town_names_nobody(clerk: Clerk, page: TownPage, paths: Paths) -> None:
    paths.town_file.write_text('[counter]\nadministrators = ["2001"]\n', encoding="utf-8")
    unlock(clerk)
    assert "S-017" in page.state.text()
    unlock(clerk, "2001")
    assert page.fields["town.name"].isEnabled()


def test_an_administrator_changes_settings_by_keys_alone(
    clerk: Clerk, page: TownPage, desk: Desk, paths: Paths
) -> None:
    unlock(clerk)
    for _ in range(3):
        clerk.press(Qt.Key.Key_Right)
    assert page.row.sheets.currentIndex() == 3
    for _ in range(len(page.row.tabs)):
        clerk.press(Qt.Key.Key_Tab)
        if clerk.focused is page.fields["fees.residence_certificate"].focusProxy():
            break
    clerk.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    clerk.type("250")
    retype(clerk, page, "town.name", "架空町")
    assert "2" in page.state.text()
    save(clerk)
    assert page.state.text().startswith("✓")
    town = load_town(paths)
    assert (town.name, town.fees["residence_certificate"]) == ("架空町", 250)
    assert changes(desk) == [("town.name", "fees.residence_certificate")]
    office = clerk.flow.counter.office
    assert (office.town.name, office.town.fees["residence_certificate"]) == ("架空町", 250)
    assert "架空町" in clerk.window.windowTitle()
    save(clerk)
    assert len(changes(desk)) == 1  # nothing more to save


def test_a_wrong_value_is_told_beside_its_field_and_not_saved(
    clerk: Clerk, page: TownPage, desk: Desk, paths: Paths
) -> None:
    unlock(clerk)
    retype(clerk, page, "fees.dog_registration", "-5")
    field = page.fields["fees.dog_registration"]
    assert "整数" in field.note.text()
    assert "犬の登録" in page.state.text()
    page.show_field("town.name")
    save(clerk)
    assert clerk.focused is field.focusProxy()
    assert (paths.town_file.exists(), changes(desk)) == (False, [])
    retype(clerk, page, "fees.dog_registration", "2500")
    assert field.note.isHidden()
    retype(clerk, page, "counter.counter_name", "窓口9")
    page.fields["counters"].add.click()
    clerk.type("窓口2")
    save(clerk)
    assert "窓口1" in page.fields["counter.counter_name"].note.text()
    assert not paths.town_file.exists()


def test_a_change_counts_from_the_next_case(
    clerk: Clerk, desk: Desk, source: SimulatedReaderSource, paths: Paths
) -> None:
    clerk.choose("residence-certificate", forms=1)
    page = clerk.window.town_link.page
    assert page is not None
    clerk.press(Qt.Key.Key_F12, Qt.KeyboardModifier.ShiftModifier)
    unlock(clerk)
    retype(clerk, page, "fees.residence_certificate", "999")
    save(clerk)
    assert load_town(paths).fees["residence_certificate"] == 999
    assert clerk.flow.facts.values["fee.residence_certificate"] == 300
    clerk.press(Qt.Key.Key_Escape)
    clerk.flow.cancel_case()
    clerk.choose("residence-certificate", forms=1)
    assert clerk.flow.facts.values["fee.residence_certificate"] == 999


def test_new_reasons_of_exemption_can_be_chosen_in_the_next_case(clerk: Clerk, page: TownPage) -> None:
    unlock(clerk)
    retype(clerk, page, "fee_exemptions.reasons", "罹災、町長が認めたとき")
    save(clerk)
    clerk.press(Qt.Key.Key_Escape)
    clerk.choose("residence-certificate", forms=1)
    clerk.flow.answer("fee.exemption", "町長が認めたとき")
    assert clerk.flow.facts.values["fee.exemption"] == "町長が認めたとき"
    assert clerk.flow.typed.fault("fee.exemption", "公用")


def test_what_is_not_saved_is_not_lost_without_a_word(clerk: Clerk, page: TownPage, paths: Paths) -> None:
    unlock(clerk)
    retype(clerk, page, "town.name", "架空町")
    clerk.press(Qt.Key.Key_F11)
    clerk.press(Qt.Key.Key_F12, Qt.KeyboardModifier.ShiftModifier)
    assert "保存していない" in page.state.text()
    assert not page.fields["town.name"].isEnabled()  # somebody else may stand here now
    unlock(clerk)
    clerk.press(Qt.Key.Key_Escape)
    assert page.isVisible()
    clerk.press(Qt.Key.Key_Escape)
    clerk.wait(lambda: not page.isVisible())
    clerk.press(Qt.Key.Key_F12, Qt.KeyboardModifier.ShiftModifier)
    assert "保存していない" not in page.state.text()
    assert not paths.town_file.exists()


def test_a_broken_file_is_told_and_can_be_corrected_while_the_window_is_open(
    clerk: Clerk, paths: Paths
) -> None:
    paths.town_file.write_text("[town\n", encoding="utf-8")
    clerk.press(Qt.Key.Key_F12, Qt.KeyboardModifier.ShiftModifier)
    page = clerk.window.town_link.page
    assert page is not None
    assert "S-011" in page.state.text()
    assert not page.unlock.isEnabled()
    paths.town_file.unlink()
    clerk.press(Qt.Key.Key_F12, Qt.KeyboardModifier.ShiftModifier)
    clerk.press(Qt.Key.Key_F12, Qt.KeyboardModifier.ShiftModifier)
    unlock(clerk)
    assert page.fields["town.name"].isEnabled()


def test_settings_of_the_next_start_are_named(clerk: Clerk, page: TownPage) -> None:
    unlock(clerk)
    retype(clerk, page, "counter.default_clerk", "0001")
    save(clerk)
    assert "職員番号の初期値" in page.state.text()


def test_forms_and_printers_are_offered_by_name(clerk: Clerk, page: TownPage, paths: Paths) -> None:
    unlock(clerk)
    page.show_field("my_number.forms")
    clerk.press(Qt.Key.Key_Space)
    save(clerk)
    assert load_town(paths).my_number_forms == {"F14"}
    page.show_printers(("用紙ごと(A4: x)", "madoguchi-a4"))
    assert "madoguchi-a4" in page.fields["printers.A5"].note.text()
    assert "用紙ごと" not in page.fields["printers.A5"].note.text()


def test_a_desk_without_a_keeper_has_no_page(make_clerk: Callable[[Desk], Clerk], desk: Desk) -> None:
    clerk = make_clerk(dataclasses.replace(desk, keeper=None))
    clerk.press(Qt.Key.Key_F12, Qt.KeyboardModifier.ShiftModifier)
    assert clerk.window.town_link.page is None
