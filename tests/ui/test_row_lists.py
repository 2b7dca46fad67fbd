"""Lists of people and things in ③: rows by key, folded and taken out, and nobody too many."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from kakanai.reception.variables import LISTS
from kakanai.ui.question_stretch import QuestionStretch
from kakanai.ui.row_list import RowList
from tests.ui.conftest import Clerk
from tests.ui.test_questions import placed

PROCEDURE_OF_LIST = {
    "member": "move-in",
    "person": "residence-certificate",
    "record": "family-register-wide",
    "child": "child-allowance",
    "student": "child-allowance",
    "family": "nursery-application",
    "heir": "heirs-representative",
    "asset": "heirs-representative",
    "stay": "care-certification",
    "holder": "card-change",
    "vehicle": "moped-scrap",
    "dog": "dog",
}


def asking(clerk: Clerk, *procedures: str) -> QuestionStretch:
    clerk.press(Qt.Key.Key_F3)
    clerk.type("見本　太郎")
    clerk.talk.person.hand_entry._done.click()
    clerk.flow.choose(list(procedures))
    clerk.flow.answer("residence.part_of_household", 1)  # who else is on it is asked of a part alone
    clerk.window.open_stretch(2)
    return clerk.talk.question


def add_row(clerk: Clerk, rows: RowList) -> None:
    rows.add.setFocus()
    clerk.press(Qt.Key.Key_Space)


def test_every_list_has_a_procedure_here() -> None:
    assert PROCEDURE_OF_LIST.keys() == LISTS.keys()


@pytest.mark.parametrize("list_name", LISTS)
def test_rows_are_added_filled_and_taken_out_by_key(clerk: Clerk, list_name: str) -> None:
    question = asking(clerk, PROCEDURE_OF_LIST[list_name])
    rows = question.lists[list_name]
    for count in (1, 2):
        add_row(clerk, rows)
        assert len(rows.blocks) == count
        assert rows.blocks[-1].asked[0].has_focus
    first, second = rows.blocks
    assert not first.is_open
    assert second.is_open
    texts = [field for field in second.asked if isinstance(field.editor.inputs()[0], QLineEdit)]
    texts[0].take_focus()
    clerk.type("見本")
    told = clerk.flow.typed.rows[list_name]
    key = f"{list_name}.key"
    assert told == [{key: "m1"}, {key: "m2", texts[0].variable.id: "見本"}]
    assert "見本" in second.header.whole_text
    first.header.setFocus()
    clerk.enter()  # unfold
    assert first.is_open
    first.remove.setFocus()
    clerk.enter()
    assert rows.blocks == [second]
    assert clerk.focused is rows.add
    assert clerk.flow.typed.rows[list_name] == [{key: "m2", texts[0].variable.id: "見本"}]
    assert "1" in second.title


def test_the_sixth_person_has_a_place_on_paper(clerk: Clerk) -> None:
    question = asking(clerk, "move-in-with-insurance")
    names = [f"見本　{letter}子" for letter in "春夏秋冬花月"]
    for name in names:
        add_row(clerk, question.lists["member"])
        clerk.type(name)
    clerk.wait(lambda: len(clerk.flow.forms) == 2 and set(names) <= placed(clerk, "F07"))
    clerk.wait(lambda: set(names) <= placed(clerk, "F09"))
    assert "異動する人・世帯員　6人" in question.lists["member"]._heading.text()


def test_rows_keep_the_focus_when_other_questions_come(clerk: Clerk) -> None:
    question = asking(clerk, "move-in")
    add_row(clerk, question.lists["member"])
    clerk.type("見本　花子")
    focused = clerk.focused
    clerk.flow.answer("subject.relation", "spouse")
    clerk.flow.answer("visitor.is_member", "no")
    assert clerk.focused is focused


def test_foreign_residents_have_their_own_boxes(clerk: Clerk) -> None:
    question = asking(clerk, "move-in")
    add_row(clerk, question.lists["member"])
    (block,) = question.lists["member"].blocks
    assert "member.nationality" not in [field.variable.id for field in block.asked]
    block.more.click()
    assert block.fields["member.job"].has_focus
    assert block.fields["member.nationality"].isVisible()
    assert "member.nationality" in [field.variable.id for field in block.asked]


def test_enter_passes_the_buttons_that_add_rows(clerk: Clerk) -> None:
    question = asking(clerk, "child-allowance", "heirs-representative")
    question.go_to("visitor.kana")
    for _ in range(len(question.path.places())):
        if clerk.focused is question._done:
            break
        clerk.enter()
    assert clerk.focused is question._done
    assert all(not rows.blocks for rows in question.lists.values())


def test_a_box_on_the_paper_leads_into_a_folded_row(clerk: Clerk) -> None:
    question = asking(clerk, "child-allowance")
    add_row(clerk, question.lists["child"])
    (block,) = question.lists["child"].blocks
    block.toggle()
    assert not block.is_open
    assert question.go_to("child.birth_date")
    assert block.is_open
    assert block.fields["child.birth_date"].has_focus


def test_groups_are_jumped_by_key_and_by_list(clerk: Clerk) -> None:
    question = asking(clerk, "move-in", "child-allowance")
    question.go_to("visitor.kana")
    assert question.index.currentText().strip("　 ✓").startswith("1/")
    clerk.press(Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert question.path.group_in_focus() == 1
    clerk.press(Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    assert question.path.group_in_focus() == 0
    last = question.index.count() - 1
    question.index.wanted.emit(last)
    assert question.path.group_in_focus() == last
    assert "あと" in question.index.itemText(0)


def test_the_end_of_a_case_leaves_no_rows(clerk: Clerk) -> None:
    question = asking(clerk, "child-allowance")
    add_row(clerk, question.lists["child"])
    clerk.type("見本　花子")
    clerk.flow.cancel_case()
    assert question.lists == {}
    assert not any(clerk.flow.typed.rows.values())


def test_questions_keep_their_height_however_many_people_there_are(clerk: Clerk) -> None:
    """The list was laid out anew by an answer before: Qt must not keep the height it had then."""
    question = asking(clerk, "move-in-with-insurance")
    rows = question.lists["member"]
    add_row(clerk, rows)
    assert question.go_to("insurance.other_kind")
    clerk.press(Qt.Key.Key_Space)  # asks more, and moves every field to a new row
    for _ in range(3):
        add_row(clerk, rows)
        clerk.type("見本")
    last = rows.blocks[-1]
    clerk.wait(lambda: last.asked[0].height() > 0 and rows.height() >= rows.heightForWidth(rows.width()))
    assert last.height() >= last.heightForWidth(last.width())
    assert all(field.height() >= field.minimumSizeHint().height() for field in last.asked)


def test_the_box_of_this_person_is_lit_and_no_other(clerk: Clerk) -> None:
    question = asking(clerk, "move-in")
    rows = question.lists["member"]
    for _ in range(4):  # with the visitor, the fourth has no place on the first page of F07
        add_row(clerk, rows)
        clerk.type("見本")
    view = clerk.window.paper.view
    clerk.wait(lambda: len(clerk.flow.forms) == 1 and len(clerk.flow.forms[0].pages) == 2)
    clerk.wait(lambda: clerk.window.paper.page == 1)  # it turned to the page that came for this person
    seen = []
    for block in reversed(rows.blocks):
        block.set_open(is_open=True)
        block.fields["member.kana"].take_focus()
        clerk.wait(view.lit_boxes)
        (lit,) = view.lit_boxes()
        seen.append((view._page, lit))
    assert [page for page, _lit in seen] == [1, 0, 0, 0]
    heights = [lit.y for _page, lit in seen[1:]]
    assert heights == sorted(heights, reverse=True)
    assert len(set(heights)) == 3
