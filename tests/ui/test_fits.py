"""Every page about cards fits the counter's screen, however much it has to say."""

import contextlib
import json
from collections.abc import Callable

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QScrollArea, QWidget
from pytestqt.exceptions import TimeoutError as NeverSettledError

from kakanai.cardreader.simulator.virtual_reader import SimulatedReaderSource
from kakanai.resources import resource_root
from kakanai.ui.card_page import Rung
from tests.ui.conftest import Clerk

SCREEN = QSize(1366, 768)


def content(specimen: str) -> dict:
    return json.loads((resource_root() / "simulator" / f"{specimen}.json").read_text(encoding="utf-8"))


def require_fit(clerk: Clerk, page: QWidget | None = None) -> None:
    clerk.qtbot.wait(30)  # the layout settles
    assert clerk.window.size() == SCREEN
    hint = clerk.window.minimumSizeHint()
    assert hint.width() <= SCREEN.width()
    assert hint.height() <= SCREEN.height()
    for area in clerk.window.conversation.findChildren(QScrollArea):
        if area.isVisible():
            assert area.verticalScrollBar().maximum() == 0
            assert area.widget().minimumSizeHint().width() <= area.viewport().width()
    where = page or clerk.window.conversation
    # Heights follow widths in further turns of the event loop: on a busy machine that takes a while.
    with contextlib.suppress(NeverSettledError):
        clerk.qtbot.waitUntil(lambda: not cut_off(where), timeout=3000)
    assert cut_off(where) == []


def cut_off(where: QWidget) -> list[str]:
    return [
        label.text()
        for label in where.findChildren(QLabel)
        if label.isVisible() and label.text() and _is_cut_off(label)
    ]


def _is_cut_off(label: QLabel) -> bool:
    inside: QWidget = label.window()
    area = label.rect().translated(label.mapTo(inside, label.rect().topLeft()))
    if not inside.rect().contains(area):
        return True
    needed = label.heightForWidth(label.width()) if label.wordWrap() else label.sizeHint().height()
    return label.height() < needed - 1


def at_the_pin_pad(clerk: Clerk, source: SimulatedReaderSource) -> None:
    clerk.choose("insurance-acquire", forms=1)
    clerk.put_card(source, "official-test")


def after_a_wrong_pin(clerk: Clerk, source: SimulatedReaderSource) -> None:
    clerk.put_card(source, "official-test")
    for digits, tries in (("9999", 2), ("9998", 1)):
        clerk.enter_pin(digits)
        clerk.wait(lambda tries=tries: f"{tries} 回" in clerk.talk.pin_pad.tries.text())


def at_a_locked_pin(clerk: Clerk, source: SimulatedReaderSource) -> None:
    clerk.put_card(source, "locked-pin")


def at_the_collation_number(clerk: Clerk, source: SimulatedReaderSource) -> None:
    clerk.put_card(source, "official-test")
    clerk.window.read_by_number()
    clerk.wait(lambda: clerk.talk.shows(clerk.talk.collation))
    clerk.talk.collation.born.line.setText("R40.1.1")
    clerk.talk.collation.say_wrong(1)


def at_a_licence(clerk: Clerk, source: SimulatedReaderSource) -> None:
    clerk.put_card(source, "licence-plain", clerk.talk.licence)
    clerk.enter_pin("1234")
    clerk.enter_pin("0000")
    clerk.wait(lambda: "ちがいます" in clerk.talk.licence.state.text())


def at_a_locked_licence(clerk: Clerk, source: SimulatedReaderSource) -> None:
    clerk.put_card(source, "licence-locked", clerk.talk.licence)


def at_a_residence_card(clerk: Clerk, source: SimulatedReaderSource) -> None:
    clerk.put_card(source, "residence-front-address", clerk.talk.card_number)
    clerk.type("AB12345678CD")
    clerk.enter()
    clerk.wait(lambda: "合いません" in clerk.talk.card_number.state.text())


def typing_from(specimen: str) -> Callable[[Clerk, SimulatedReaderSource], None]:
    def step(clerk: Clerk, source: SimulatedReaderSource) -> None:
        clerk.put_card(source, specimen, clerk.talk.card_number)
        clerk.type(content(specimen)["residence_card"]["number"])
        clerk.enter()
        clerk.wait(lambda: clerk.talk.shows(clerk.talk.residence_entry))

    return step


def at_a_mismatch(clerk: Clerk, source: SimulatedReaderSource) -> None:
    clerk.put_card(source, "forged")
    clerk.enter_pin()
    clerk.wait(lambda: "不一致" in clerk.talk.notice.text)


def at_a_card_that_is_not_read(clerk: Clerk, source: SimulatedReaderSource) -> None:
    source.insert("juki-card")
    clerk.wait(lambda: "C-021" in clerk.talk.notice.text)


def at_the_supervisors_page(clerk: Clerk, source: SimulatedReaderSource) -> None:
    at_a_mismatch(clerk, source)
    clerk.window.card_talk.mismatch._ask_supervisor()
    page = clerk.talk.supervisor
    clerk.type("4444")
    page.reasons.buttons()[0].setChecked(True)
    page.confirm.click()
    assert page.state.text()


def read_by_number(specimen: str) -> Callable[[Clerk, SimulatedReaderSource], None]:
    def step(clerk: Clerk, source: SimulatedReaderSource) -> None:
        told = content(specimen)
        born = told["person"]["birth_date"]
        clerk.put_card(source, specimen)
        clerk.window.read_by_number()
        page = clerk.talk.collation
        clerk.wait(lambda: clerk.talk.shows(page))
        page.born.line.setText(f"{born[:4]}/{born[4:6]}/{born[6:]}")
        page.is_western.setChecked(bool(told.get("western_birth_year")))
        page.code.line.setText(told["security_code"])
        page.confirm.click()
        clerk.wait(lambda: clerk.flow.person is not None)

    return step


def with_another_address(clerk: Clerk, source: SimulatedReaderSource) -> None:
    read_by_number("ivs-watanabe")(clerk, source)
    clerk.talk.person.address.address_entered.emit(
        "京都府京都市上京区架空通見本西入例示町８８８番地　例示荘１０１号"
    )


@pytest.mark.parametrize(
    "step",
    [
        at_the_pin_pad,
        after_a_wrong_pin,
        at_a_locked_pin,
        at_the_collation_number,
        at_a_licence,
        at_a_locked_licence,
        at_a_residence_card,
        typing_from("residence-front-address"),
        typing_from("residence-second-generation"),
        typing_from("residence-special-permanent"),
        at_a_mismatch,
        at_a_card_that_is_not_read,
        at_the_supervisors_page,
        read_by_number("official-test"),
        read_by_number("long-address"),
        read_by_number("foreign-resident"),
        with_another_address,
    ],
    ids=lambda step: step.__qualname__.replace(".<locals>.step", ""),
)
def test_nothing_is_cut_off_or_scrolled(
    clerk: Clerk, source: SimulatedReaderSource, step: Callable[[Clerk, SimulatedReaderSource], None]
) -> None:
    step(clerk, source)
    require_fit(clerk)


def test_the_help_fits(clerk: Clerk) -> None:
    clerk.window.toggle_help()
    require_fit(clerk, clerk.window.manual)
    clerk.window.toggle_help()
    require_fit(clerk, clerk.window.help)
    help_labels = [label.text() for label in clerk.window.help.findChildren(QLabel)]
    assert "F10" in help_labels


def test_tab_goes_through_the_fields_and_then_down_the_ladder(
    clerk: Clerk, source: SimulatedReaderSource
) -> None:
    at_the_collation_number(clerk, source)
    page = clerk.talk.collation
    page.born.line.setText("S55.2.17")
    page.code.line.setText("2285")
    page.born.take_focus()
    seen = [clerk.focused]
    for _ in range(7):
        clerk.press(Qt.Key.Key_Tab)
        seen.append(clerk.focused)
    fields = [page.born.line, page.is_western, page.expiry.line, page.code.line, page.confirm]
    assert seen == [*fields, *page.rungs.values()]
    assert list(page.rungs) == [Rung.PIN, Rung.OTHER_CARD, Rung.HAND]


def test_tab_leaves_the_digits_for_the_ladder(clerk: Clerk, source: SimulatedReaderSource) -> None:
    clerk.put_card(source, "official-test")
    for rung in clerk.talk.pin_pad.rungs.values():
        clerk.press(Qt.Key.Key_Tab)
        assert clerk.focused is rung
