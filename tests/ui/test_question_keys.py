"""③ in few keys: number keys, proposals, short dates."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kakanai.identity.by_hand import person_from_mapping
from kakanai.ui.desk import Desk
from kakanai.ui.text_editor import TextEditor
from tests.ui.conftest import Clerk
from tests.ui.test_questions import line, placed


@pytest.fixture
def asking(make_clerk: Callable[[Desk], Clerk], desk: Desk) -> Clerk:
    return ask(make_clerk(desk))


def ask(clerk: Clerk) -> Clerk:
    """A clerk at ③ for F01 and F07 (転入), the person typed by hand with an address that has a code."""
    clerk.flow.identify_by_hand(person("見本　太郎", "北海道北見市青葉町１丁目２番３号", "1980-01-15", "1"))
    clerk.flow.choose(["residence-certificate", "move-in"])
    clerk.window.open_stretch(2)
    return clerk


def person(name: str, address: str, birth_date: str, sex: str):
    facts = {"name": name, "address": address, "birth_date": birth_date, "sex": sex}
    return person_from_mapping(facts)[0]


def proposal(clerk: Clerk, variable: str) -> TextEditor:
    editor = line(clerk, variable)
    clerk.wait(lambda: editor.is_proposing)
    return editor


# --- proposals --------------------------------------------------------------------------


def test_a_reading_is_proposed_and_reaches_paper_only_when_confirmed(asking: Clerk) -> None:
    editor = proposal(asking, "visitor.kana")
    assert editor.line.text() == "ミホン　タロウ"
    assert asking.talk.question.fields["visitor.kana"]._sign.text() == "？"
    left = asking.flow.unanswered()
    assert "visitor.kana" not in asking.flow.facts.values
    asking.wait(lambda: len(asking.flow.forms) == 2)
    assert "ミホン　タロウ" not in placed(asking, "F07")
    asking.talk.question.go_to("visitor.kana")
    asking.enter()
    assert asking.flow.typed.values["visitor.kana"] == "ミホン　タロウ"
    assert asking.flow.unanswered() == left - 1
    assert not editor.is_proposing
    asking.wait(lambda: "ミホン　タロウ" in placed(asking, "F07"))


def test_typing_replaces_a_proposed_reading(asking: Clerk) -> None:
    editor = proposal(asking, "visitor.kana")
    asking.talk.question.go_to("visitor.kana")
    asking.type("みもと　たろう")
    assert editor.line.text() == "ミモト　タロウ"
    assert asking.flow.typed.values["visitor.kana"] == "ミモト　タロウ"


def test_a_deleted_proposal_does_not_come_again(asking: Clerk) -> None:
    editor = proposal(asking, "visitor.kana")
    asking.talk.question.go_to("visitor.kana")
    asking.press(Qt.Key.Key_Backspace)
    asking.flow.answer("visitor.phone", "0157")  # everything is shown anew
    assert editor.line.text() == ""
    asking.talk.question.go_to("visitor.kana")
    asking.enter()
    assert "visitor.kana" not in asking.flow.typed.values


def test_a_name_of_unknown_parts_has_no_proposal(asking: Clerk) -> None:
    proposer = asking.talk.question.questions.proposer
    asking.flow.identify_by_hand(person("NGUYEN　VAN　AN", "", "", ""))
    proposer.wait()
    QTest.qWait(50)
    assert line(asking, "visitor.kana").line.text() == ""


def test_the_code_of_the_cards_address_is_proposed(asking: Clerk) -> None:
    editor = proposal(asking, "visitor.postal")
    assert editor.line.text() == "090-0018"
    asking.talk.question.go_to("visitor.postal")
    asking.enter()
    assert asking.flow.typed.values["visitor.postal"] == "090-0018"


def test_a_code_puts_its_town_before_the_cursor(asking: Clerk) -> None:
    question = asking.talk.question
    question.go_to("move.new_postal")
    asking.type("0900811")
    address = line(asking, "move.new_address")
    assert address.is_proposing
    assert address.line.text() == "北海道北見市泉町"
    assert "move.new_address" not in asking.flow.typed.values
    question.go_to("move.new_address")
    asking.wait(lambda: address.line.cursorPosition() == 8 and not address.line.hasSelectedText())
    asking.type("１番地")
    assert asking.flow.typed.values["move.new_address"] == "北海道北見市泉町１番地"
    assert asking.flow.typed.values["move.new_postal"] == "090-0811"


def test_a_code_of_several_towns_is_settled_by_one_digit_more(asking: Clerk) -> None:
    question = asking.talk.question
    question.go_to("move.new_postal")
    asking.type("4980000")
    editor = line(asking, "move.new_postal")
    assert editor.choices.words == ("愛知県弥富市", "三重県桑名郡木曽岬町")
    assert not line(asking, "move.new_address").is_proposing
    asking.type("2")
    assert line(asking, "move.new_address").line.text() == "三重県桑名郡木曽岬町"
    assert not question.fields["move.new_postal"].has_focus
    assert asking.flow.typed.values["move.new_postal"] == "498-0000"


def test_nothing_looked_up_outlives_the_case(asking: Clerk) -> None:
    proposal(asking, "visitor.kana")
    asking.flow.cancel_case()
    assert asking.talk.question.questions.proposer._known == {}


# --- number keys ------------------------------------------------------------------------


def test_a_number_answers_a_choice_and_goes_on(asking: Clerk) -> None:
    question = asking.talk.question
    question.go_to("householder.is_visitor")
    asking.type("1")
    assert asking.flow.typed.values["householder.is_visitor"] == "yes"
    assert not question.fields["householder.is_visitor"].has_focus
    question.go_to("householder.is_visitor")
    asking.type("2")
    assert asking.flow.typed.values["householder.is_visitor"] == "no"
    question.go_to("householder.is_visitor")
    asking.type("7")  # there are two
    assert asking.flow.typed.values["householder.is_visitor"] == "no"
    assert question.fields["householder.is_visitor"].has_focus


def test_numbers_mark_several_and_letters_follow_the_tenth(asking: Clerk) -> None:
    question = asking.talk.question
    question.go_to("purpose.kind")
    asking.type("1")
    asking.type("0")
    asking.type("e")
    assert asking.flow.typed.values["purpose.kind"] == ["licence", "company", "other"]
    labels = [b.text() for b in question.fields["purpose.kind"].editor.buttons.values()]  # type: ignore[attr-defined]
    assert labels[0].startswith("1 ")
    assert labels[9].startswith("0 ")
    assert labels[14].startswith("e ")
    assert question.fields["purpose.kind"].has_focus
    asking.type("1")
    assert len(asking.flow.typed.values["purpose.kind"]) == 2  # type: ignore[arg-type]


def test_a_usual_relationship_is_one_key_and_any_other_is_typed(asking: Clerk) -> None:
    question = asking.talk.question
    rows = question.lists["member"]
    rows.add.click()
    (block,) = rows.blocks
    field = block.fields["member.relationship"]
    field.take_focus()
    asking.type("3")
    assert asking.flow.typed.rows["member"][0]["member.relationship"] == "子"
    assert not field.has_focus
    field.take_focus()
    asking.type("縁故者")
    assert asking.flow.typed.rows["member"][0]["member.relationship"] == "縁故者"
    asking.type("1")  # behind a text a digit is a character
    assert asking.flow.typed.rows["member"][0]["member.relationship"] == "縁故者1"


# --- dates and readings -----------------------------------------------------------------


def test_a_count_is_typed_over_its_dash_however_the_clerk_came_there(asking: Clerk) -> None:
    box = asking.talk.question.fields["residence.whole_household"].editor.inputs()[0]
    for reason in (Qt.FocusReason.OtherFocusReason, Qt.FocusReason.MouseFocusReason):
        box.clearFocus()
        box.setValue(0)
        box.setFocus(reason)
        box.lineEdit().deselect() if reason is Qt.FocusReason.MouseFocusReason else None
        asking.type("2")
        assert asking.flow.typed.values["residence.whole_household"] == 2


def test_a_short_date_is_spelled_out_when_it_is_left(asking: Clerk) -> None:
    question = asking.talk.question
    question.go_to("move.date")
    asking.type(".")
    editor = line(asking, "move.date")
    today = asking.flow.today
    assert editor._echo.text().endswith(f"{today.year}年")  # type: ignore[attr-defined]
    asking.enter()
    assert editor.line.text() == f"R{today.year - 2018}.{today.month}.{today.day}"
    assert asking.flow.case is not None
    assert asking.flow.case.answers.values["move.date"] == today


def test_six_digits_of_two_meanings_wait_for_a_letter(asking: Clerk) -> None:
    rows = asking.talk.question.lists["member"]
    rows.add.click()
    (block,) = rows.blocks
    field = block.fields["member.birth_date"]
    field.take_focus()
    asking.type("550217")
    meanings = field.editor._meanings  # type: ignore[attr-defined]
    assert not meanings.isHidden()
    asking.enter()
    assert "書き方が違います" in field.error_text
    field.take_focus()
    QTest.keyClick(asking.focused, Qt.Key.Key_End)
    asking.type("s")
    assert meanings.isHidden()
    assert asking.flow.typed.rows["member"][0]["member.birth_date"] == "S55.2.17"


def test_the_input_method_is_off_where_there_are_only_digits(asking: Clerk) -> None:
    fields = asking.talk.question.fields
    off = Qt.WidgetAttribute.WA_InputMethodEnabled
    for name in ("move.date", "visitor.phone", "visitor.postal", "residence.whole_household"):
        assert not fields[name].editor.inputs()[0].testAttribute(off)
    for name in ("visitor.kana", "move.new_address"):
        assert fields[name].editor.inputs()[0].testAttribute(off)


def test_an_extension_number_needs_no_input_method(asking: Clerk) -> None:
    asking.talk.question.go_to("visitor.phone")
    asking.type("0157-00-0000x12")
    assert asking.flow.typed.values["visitor.phone"] == "0157-00-0000内線12"


def test_a_question_that_opens_behind_the_cursor_is_not_passed_by(asking: Clerk) -> None:
    stretch = asking.talk.question
    seen: list[str] = []
    stretch.noticed.connect(seen.append)
    assert stretch.go_to("move.date")
    asking.flow.answer("subject.relation", "agent")
    asking.wait(lambda: stretch.asks("agent.kind"))
    for _ in range(80):
        if stretch.is_at_end:
            break
        asking.enter()
    assert stretch.is_at_end
    assert "agent.kind" in seen
    assert seen.index("agent.kind") > seen.index("move.date")
