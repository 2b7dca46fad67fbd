"""③ on an office screen of 1366×768 at 100 %: every group of questions is in sight without scrolling."""

from collections.abc import Iterator

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from kakanai.counter import Office
from kakanai.identity.by_hand import person_from_mapping
from tests.ui.conftest import Clerk

FORMS = tuple(f"F{number:02}" for number in range(1, 41))
FAMILY = (
    ("見本　花子", "妻", "S58.3.4"),
    ("見本　次郎", "子", "H30.5.5"),
    ("見本　三葉", "子", "R4.2.1"),
)


def person(name: str):
    facts = {
        "name": name,
        "address": "北海道北見市架空町１丁目２番３号",
        "birth_date": "1980-01-15",
        "sex": "1",
    }
    return person_from_mapping(facts)[0]


@pytest.fixture
def asking(clerk: Clerk) -> Clerk:
    clerk.flow.identify_by_hand(person("見本　太郎"))
    clerk.window.open_stretch(2)
    return clerk


def settle() -> None:
    for _ in range(3):
        QApplication.processEvents()
        QTest.qWait(2)


def too_high(clerk: Clerk) -> Iterator[str]:
    """Open every group in turn; those with which ③ scrolls."""
    stretch = clerk.talk.question
    for key in list(stretch.questions.sections):
        stretch._go_to_section(key)
        settle()
        assert stretch.questions.open_key == key
        bar = stretch.scroll_area.verticalScrollBar().maximum()
        if bar > 0:
            yield f"{key}: {bar} pixels too many"


def forms_of(office: Office) -> set[str]:
    return set(office.forms.templates)


@pytest.mark.parametrize("first", range(0, len(FORMS), 5))
def test_every_form_alone(asking: Clerk, office: Office, first: int) -> None:
    assert set(FORMS) <= forms_of(office)
    lost: list[str] = []
    for form in FORMS[first : first + 5]:
        asking.flow.choose(asking.flow.counter.procedures_for_forms([form]))
        assert asking.talk.question.questions.sections, form
        lost += [f"{form} {words}" for words in too_high(asking)]
    assert lost == []


def test_two_certificates(asking: Clerk) -> None:
    asking.flow.choose(["residence-certificate", "seal-certificate"])
    assert list(too_high(asking)) == []


@pytest.mark.parametrize("event", ["move_in", "move_within", "death"])
def test_a_life_event_with_a_family(asking: Clerk, event: str) -> None:
    asking.flow.choose_event(event)
    rows = [
        {"member.name": name, "member.relationship": relation, "member.birth_date": born}
        for name, relation, born in FAMILY
    ]
    if "member" in asking.talk.question.lists:
        asking.flow.answer_rows("member", list(rows))
    everything = {option.variable.id: option for group in asking.flow.groups for option in group.questions}
    # Whatever may be chosen together is: the forms of all of it are asked about.
    for name, question in everything.items():
        if name.startswith("guide.") and question.variable.type == "choices":
            asking.flow.answer(name, [choice.id for choice in question.variable.offered])
        elif name.startswith("guide.") and question.variable.type == "choice":
            asking.flow.answer(name, question.variable.offered[0].id)
    assert len(asking.flow.groups) >= 2
    assert list(too_high(asking)) == []


def test_a_question_in_an_open_row_is_in_sight(asking: Clerk) -> None:
    """Three rows with one of them open are higher than the screen: the area follows the focus."""
    asking.flow.choose(["move-in-with-insurance", "child-allowance"])
    members = asking.talk.question.lists["member"]
    for name, _, _ in FAMILY:
        members.add.click()
        asking.type(name)
    assert len(members.blocks) == len(FAMILY)
    for block in members.blocks:
        for field in block.asked:
            field.take_focus()
            settle()
            assert block.is_open
            focused = asking.focused
            assert focused.visibleRegion().boundingRect().height() >= focused.height() - 2, field.variable.id
