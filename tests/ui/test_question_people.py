"""What ③ asks and what it passes by, people who are known already, and answers taken back."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt

from kakanai.reception.variables import ValueType
from kakanai.ui.desk import Desk
from kakanai.ui.question_stretch import QuestionStretch
from tests.ui.conftest import Clerk
from tests.ui.test_question_keys import ask, person
from tests.ui.test_questions import line

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def asking(make_clerk: Callable[[Desk], Clerk], desk: Desk) -> Clerk:
    return ask(make_clerk(desk))


# --- what is asked ----------------------------------------------------------------------


def enter_to_the_end(clerk: Clerk, question: QuestionStretch) -> list[str]:
    """Which questions Enter stops at when nothing is answered."""
    seen = []
    for _ in range(len(question.path.places()) + 1):
        here = question.path.here()
        if here < 0:
            break
        seen.append(question.path.places()[here].name)
        clerk.press(Qt.Key.Key_Backspace)  # no proposal is confirmed
        clerk.enter()
    return seen


def test_enter_stops_exactly_where_something_is_left_to_ask(asking: Clerk) -> None:
    question = asking.talk.question
    asking.flow.answer("purpose.kind", ["licence"])
    question.take_focus()
    seen = enter_to_the_end(asking, question)
    variables = asking.flow.counter.office.variables.variables
    counts = [name for name in seen if name and variables[name].type is ValueType.COUNT]
    assert asking.focused is question._done
    # The counts of a group are one question, and the button that adds people is none.
    assert len([name for name in seen if name]) - max(len(counts) - 1, 0) == asking.flow.unanswered()
    assert "subject.relation" not in seen  # it has a default, in sight
    assert "purpose.kind" not in seen
    assert "residence.show" not in seen  # なければ選ばない


def test_what_may_be_left_is_folded_and_opens_by_key(asking: Clerk) -> None:
    question = asking.talk.question
    left = asking.flow.unanswered()
    field = question.fields["residence.show"]
    assert not field.isVisible()
    question.go_to("residence.whole_household")
    asking.press(Qt.Key.Key_O, CTRL)
    assert field.isVisible()
    assert asking.flow.unanswered() == left
    assert question.go_to("residence.show")
    asking.type("1")
    assert asking.flow.typed.values["residence.show"] == ["householder"]


def test_a_box_on_the_paper_opens_the_fold_of_its_question(asking: Clerk) -> None:
    question = asking.talk.question
    asking.window.boxes.go_to_variable("move.special")
    assert question.fields["move.special"].has_focus


# --- people -----------------------------------------------------------------------------


def add_child(clerk: Clerk) -> None:
    case = clerk.flow.case
    assert case is not None
    child = person("見本　花", "北海道北見市青葉町１丁目２番３号", "2018-06-20", "2")
    clerk.flow.counter.add_person_by_hand(case, "member", child)
    clerk.flow._tell_change()


def test_of_a_known_person_only_the_rest_is_asked(asking: Clerk) -> None:
    question = asking.talk.question
    add_child(asking)
    (block,) = question.lists["member"].blocks
    asked = [field.variable.id for field in block.asked]
    assert "member.name" not in asked
    assert "member.birth_date" not in asked
    assert "member.kana" in asked
    assert "平成30年6月20日" in block._told.text()
    assert "見本　花" in block.header.whole_text
    assert question.go_to("member.kana[2]")
    editor = block.fields["member.kana"].editor
    asking.wait(lambda: editor.is_proposing)
    asking.enter()
    assert asking.flow.typed.rows["member"][0] == {"member.key": "c1", "member.kana": "ミホン　ハナ"}


def test_somebody_who_enters_a_list_alone_is_left_out_and_taken_back(asking: Clerk) -> None:
    asking.flow.choose(["move-in", "child-allowance"])
    question = asking.talk.question
    add_child(asking)
    children = question.lists["child"]
    (block,) = children.blocks
    assert not block.is_by_hand
    block.remove.click()
    assert children.blocks == []
    assert asking.flow.typed.rows["child"] == [{"child.key": "c1", "child.out": "yes"}]
    assert asking.flow.facts.rows["child"] == []
    assert not children.take_back.isHidden()
    children.take_back.click()
    assert [row.key for row in children.blocks] == ["c1"]
    assert len(question.lists["member"].blocks) == 1


def test_a_member_added_by_hand_is_asked_once_for_all_lists(asking: Clerk) -> None:
    asking.flow.choose(["move-in", "child-allowance"])
    question = asking.talk.question
    question.lists["member"].add.click()
    asking.type("見本　花")
    (block,) = question.lists["member"].blocks
    block.fields["member.birth_date"].take_focus()
    asking.type("H30.6.20")
    (child,) = question.lists["child"].blocks
    assert child.key == block.key == "m1"
    assert "child.name" not in [field.variable.id for field in child.asked]
    block.remove.click()
    assert question.lists["child"].blocks == []
    question.lists["member"].add.click()
    assert question.lists["member"].blocks[0].key == "m2"  # one key is one person, for ever


def test_a_row_stays_while_nothing_in_it_is_right_yet(asking: Clerk) -> None:
    members = asking.talk.question.lists["member"]
    members.add.click()
    (block,) = members.blocks
    block.fields["member.birth_date"].take_focus()
    asking.type("5")
    assert members.blocks == [block]
    assert block.fields["member.birth_date"].has_focus
    assert asking.flow.facts.rows["member"][1:] == []


# --- taking back ------------------------------------------------------------------------


def test_ctrl_z_takes_back_one_answer_after_the_other(asking: Clerk) -> None:
    question = asking.talk.question
    question.go_to("householder.is_visitor")
    asking.type("1")
    question.go_to("visitor.phone")
    asking.type("0157-00-0000")
    asking.press(Qt.Key.Key_Z, CTRL)
    assert "visitor.phone" not in asking.flow.typed.values
    assert line(asking, "visitor.phone").line.text() == ""
    assert question.fields["visitor.phone"].has_focus
    assert asking.flow.typed.values["householder.is_visitor"] == "yes"
    asking.press(Qt.Key.Key_Z, CTRL)
    assert "householder.is_visitor" not in asking.flow.typed.values
    assert question.fields["householder.is_visitor"].has_focus
    assert asking.flow.case is not None
    assert "householder.is_visitor" not in asking.flow.case.answers.values
    asking.press(Qt.Key.Key_Z, CTRL)  # nothing is left to take back
    assert question.fields["householder.is_visitor"].has_focus


def test_ctrl_z_takes_back_rows_and_what_is_in_them(asking: Clerk) -> None:
    question = asking.talk.question
    members = question.lists["member"]
    members.add.click()
    asking.type("見本　花子")
    members.blocks[0].fields["member.relationship"].take_focus()
    asking.type("1")
    members.blocks[0].remove.click()
    assert members.blocks == []
    asking.press(Qt.Key.Key_Z, CTRL)
    (block,) = members.blocks
    assert block.answers == {"member.name": "見本　花子", "member.relationship": "妻"}
    asking.press(Qt.Key.Key_Z, CTRL)
    assert block.answers == {"member.name": "見本　花子"}
    assert block.fields["member.relationship"].has_focus
    assert block.fields["member.relationship"].editor.raw() is None


def test_nothing_is_taken_back_from_another_case(asking: Clerk) -> None:
    asking.talk.question.go_to("visitor.phone")
    asking.type("0157")
    asking.flow.cancel_case()
    assert asking.flow.take_back() is None
