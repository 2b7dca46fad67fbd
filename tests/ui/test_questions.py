"""The questions at the window: typed text, understood dates, choices that ask anew, people of a list."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from kakanai.reception.variables import VariableCatalog
from kakanai.ui.count_editor import CountEditor
from kakanai.ui.desk import Desk
from kakanai.ui.option_editor import OptionEditor
from kakanai.ui.question_stretch import QuestionStretch
from kakanai.ui.text_editor import TextEditor
from kakanai.ui.typed_answers import TypedAnswers
from tests.ui.conftest import Clerk


@pytest.fixture
def asking(make_clerk: Callable[[Desk], Clerk], desk: Desk) -> Clerk:
    """A clerk at ③ for F05 (印鑑登録証明書) and F07 (転入), the person typed by hand."""
    clerk = make_clerk(desk)
    clerk.press(Qt.Key.Key_F3)
    clerk.type("見本　太郎")
    clerk.talk.person.hand_entry._done.click()
    clerk.choose("seal-certificate", "move-in", forms=2)
    clerk.enter()
    clerk.wait(lambda: clerk.talk.current == 2)
    return clerk


def line(clerk: Clerk, variable: str) -> TextEditor:
    editor = clerk.talk.question.fields[variable].editor
    assert isinstance(editor, TextEditor)
    return editor


def placed(clerk: Clerk, form: str) -> set[str]:
    filled = next(f for f in clerk.flow.forms if f.template.id == form)
    return {"".join(p.lines) for page in filled.pages for p in page.placed if hasattr(p, "lines")}


def test_what_is_typed_appears_on_the_paper(asking: Clerk) -> None:
    asking.talk.question.go_to("visitor.phone")
    asking.type("0157-00-0000")
    asking.wait(lambda: "0157-00-0000" in placed(asking, "F05"))


def test_the_reach_of_an_answer_is_told(asking: Clerk) -> None:
    asking.talk.question.go_to("visitor.phone")
    assert asking.talk.question._reach_label.text() == "▸ この答えは 2 様式に入ります（F05・F07）"
    asking.talk.question.go_to("seal.card_number")
    assert "1 様式" in asking.talk.question._reach_label.text()


def test_hiragana_becomes_katakana(asking: Clerk) -> None:
    asking.talk.question.go_to("visitor.kana")
    asking.type("みほん　たろう")
    asking.enter()
    assert line(asking, "visitor.kana").line.text() == "ミホン　タロウ"
    assert str(asking.flow.case.answers.values["visitor.kana"]) == "ミホン　タロウ"  # type: ignore[union-attr]


def test_a_date_is_echoed_as_it_was_understood(asking: Clerk) -> None:
    asking.talk.question.go_to("move.date")
    asking.type("R8.11.15")
    assert line(asking, "move.date")._echo.text() == "= 令和8年11月15日（日）2026年"


def test_a_wrong_form_is_told_beside_the_field_and_stays_off_the_paper(asking: Clerk) -> None:
    question = asking.talk.question
    question.go_to("move.date")
    asking.type("R8.11.31")
    field = question.fields["move.date"]
    assert field.error_text == ""  # not while typing
    asking.enter()
    assert "書き方が違います" in field.error_text
    assert asking.flow.case is not None
    assert "move.date" not in asking.flow.case.answers.values
    question.go_to("visitor.phone")
    asking.type("0157")
    assert "visitor.phone" in asking.flow.case.answers.values  # one wrong answer holds no other back
    question.go_to("move.date")
    asking.type("R8.11.30")
    assert field.error_text == ""
    assert "move.date" in asking.flow.case.answers.values


def test_a_choice_that_asks_more_keeps_focus_and_typed_text(asking: Clerk) -> None:
    question = asking.talk.question
    question.go_to("visitor.phone")
    asking.type("0157-")
    assert not question.asks("subject.name")
    options = question.fields["subject.relation"].editor
    assert isinstance(options, OptionEditor)
    question.go_to("subject.relation")
    asking.press(Qt.Key.Key_Right)
    asking.press(Qt.Key.Key_Right)
    asking.press(Qt.Key.Key_Space)
    assert options.raw() == "spouse"
    asking.wait(lambda: question.asks("subject.name"))
    assert asking.focused in options.inputs()
    assert line(asking, "visitor.phone").line.text() == "0157-"
    question.go_to("subject.name")
    asking.type("見本　次郎")
    question.go_to("subject.relation")
    asking.press(Qt.Key.Key_Delete)  # back to the default: the visitor in person
    asking.wait(lambda: not question.asks("subject.name"))
    asking.wait(lambda: "見本　次郎" not in placed(asking, "F05"))
    options.buttons["spouse"].click()
    asking.wait(lambda: question.asks("subject.name"))
    assert line(asking, "subject.name").line.text() == "見本　次郎"


def test_a_second_mouse_press_takes_a_choice_back(asking: Clerk) -> None:
    asking.talk.question.go_to("householder.is_visitor")
    options = asking.talk.question.fields["householder.is_visitor"].editor
    assert isinstance(options, OptionEditor)
    asking.wait(lambda: not options.buttons["no"].visibleRegion().isEmpty())
    QTest.mouseClick(options.buttons["yes"], Qt.MouseButton.LeftButton)
    assert options.raw() == "yes"
    QTest.mouseClick(options.buttons["no"], Qt.MouseButton.LeftButton)
    assert options.raw() == "no"
    QTest.mouseClick(options.buttons["no"], Qt.MouseButton.LeftButton)
    assert options.raw() is None
    assert "householder.is_visitor" not in asking.flow.typed.values


def test_a_default_is_shown_as_derived_and_is_not_counted_as_open(asking: Clerk) -> None:
    field = asking.talk.question.fields["subject.relation"]
    assert field._sign.text() == "="
    assert field.editor.raw() == "self"
    assert "subject.relation" in asking.flow.facts.values


def test_counts_take_digits_and_buttons(asking: Clerk) -> None:
    asking.talk.question.go_to("seal.copies")
    asking.type("2")
    editor = asking.talk.question.fields["seal.copies"].editor
    assert isinstance(editor, CountEditor)
    assert editor.box.lineEdit().width() > 30  # the digits have room to be seen
    editor._step(1)
    assert editor.raw() == 3
    asking.wait(lambda: "3" in placed(asking, "F05"))
    for _ in range(3):
        editor._step(-1)
    assert editor.raw() is None
    assert asking.flow.case is not None
    assert "seal.copies" not in asking.flow.case.answers.values


def test_people_are_added_and_removed(asking: Clerk) -> None:
    members = asking.talk.question.lists["member"]
    members.add.click()
    members.add.click()
    first, second = members.blocks
    first.fields["member.name"].take_focus()
    asking.type("見本　花子")
    second.fields["member.name"].take_focus()
    asking.type("見本　次郎")
    second.fields["member.birth_date"].take_focus()
    asking.type("H30.2.30")
    asking.enter()
    assert "書き方が違います" in second.fields["member.birth_date"].error_text
    asking.wait(lambda: {"見本　花子", "見本　次郎"} <= placed(asking, "F07"))
    first.remove.click()
    asking.wait(lambda: "見本　花子" not in placed(asking, "F07"))
    assert "見本　次郎" in placed(asking, "F07")
    assert second.title.endswith("1人目")


def test_f5_goes_to_the_next_question_without_an_answer(asking: Clerk) -> None:
    question = asking.talk.question
    question.go_to("visitor.kana")
    asking.type("ミホン")
    asking.press(Qt.Key.Key_F5)
    assert question.fields["visitor.postal"].has_focus


def test_enter_walks_through_all_questions_and_out(asking: Clerk) -> None:
    question = asking.talk.question
    question.go_to("visitor.kana")
    for _ in range(len(question.path.places())):
        if asking.focused is question._done:
            break
        asking.enter()
    assert asking.focused is question._done
    assert question.lists["member"].blocks == []  # Enter passes the button that adds people
    asking.enter()
    asking.wait(lambda: asking.talk.current == 3)


def test_the_box_of_the_question_is_lit_and_leads_back(asking: Clerk) -> None:
    asking.wait(lambda: not asking.window.paper.view.is_empty)
    asking.window.paper.show_form("F07")
    asking.talk.question.go_to("seal.card_number")  # only F05 has it: the paper follows
    paper = asking.window.paper
    assert paper.form is not None
    assert paper.form.template.id == "F05"
    asking.wait(lambda: len(paper.view.lit_boxes()) == 1)
    (box,) = paper.view.lit_boxes()
    asking.talk.question.go_to("visitor.kana")
    assert len(paper.view.lit_boxes()) >= 2  # 登録者 copies it while the visitor is the person
    asking.wait(lambda: not paper.view.is_empty)
    middle = paper.view._on_widget(box).center().toPoint()
    QTest.mouseClick(paper.view, Qt.MouseButton.LeftButton, pos=middle)
    assert asking.talk.question.fields["seal.card_number"].has_focus


def test_a_box_filled_from_the_card_leads_to_the_person(asking: Clerk) -> None:
    asking.window.boxes.go_to_variable("subject.name")  # a copy of the visitor's
    assert asking.talk.current == 0


def test_a_press_beside_every_box_does_nothing(asking: Clerk) -> None:
    asking.wait(lambda: not asking.window.paper.view.is_empty)
    QTest.mouseClick(asking.window.paper.view, Qt.MouseButton.LeftButton, pos=QPoint(1, 1))
    assert asking.talk.current == 2


def test_the_end_of_a_case_leaves_no_typed_text(asking: Clerk) -> None:
    asking.talk.question.go_to("visitor.kana")
    asking.type("ミホン　タロウ")
    fields = list(asking.talk.question.fields.values())
    asking.flow.cancel_case()
    assert asking.talk.question.fields == {}
    assert asking.flow.typed.values == {}
    asking.wait(lambda: all(not _is_alive(field) for field in fields))
    asking.choose("seal-certificate", forms=1)
    asking.window.open_stretch(2)
    assert line(asking, "visitor.kana").line.text() == ""


def _is_alive(widget: object) -> bool:
    import shiboken6

    return bool(shiboken6.isValid(widget))


def test_typed_answers_keep_a_wrong_form_but_do_not_hand_it_on(desk: Desk) -> None:
    catalog: VariableCatalog = desk.office.variables
    typed = TypedAnswers(catalog)
    typed.set("visitor.postal", "12")
    typed.set("visitor.phone", "0157-00-0000")
    typed.set_rows("member", [{"member.sex": "3"}, {"member.name": "見本", "member.birth_date": "x"}])
    assert typed.fault("visitor.postal", "12") == "郵便番号7桁"
    told = {name: given for name, given in typed.well_formed().items() if given}
    assert told == {
        "visitor.phone": "0157-00-0000",
        "member": [{"member.key": "m2", "member.name": "見本"}],
    }
    assert typed.values["visitor.postal"] == "12"
    assert "0157" not in repr(typed)
    typed.set("visitor.phone", "")
    assert "visitor.phone" not in typed.values


def test_an_arrow_chooses_although_nothing_is_chosen_yet(clerk: Clerk) -> None:
    question = asking_move(clerk)
    field = question.fields["householder.is_visitor"]
    field.take_focus()
    clerk.press(Qt.Key.Key_Right)
    assert field.editor.raw() == "no"
    assert field.has_focus
    clerk.press(Qt.Key.Key_Left)
    assert field.editor.raw() == "yes"


def test_a_postal_number_gets_its_hyphen_when_it_is_left(clerk: Clerk) -> None:
    question = asking_move(clerk)
    field = question.fields["visitor.postal"]
    field.take_focus()
    clerk.type("0990000")
    clerk.enter()
    assert clerk.flow.typed.values["visitor.postal"] == "099-0000"


def asking_move(clerk: Clerk) -> QuestionStretch:
    clerk.press(Qt.Key.Key_F3)
    clerk.type("見本　太郎")
    clerk.talk.person.hand_entry._done.click()
    clerk.flow.choose(["move-in"])
    clerk.window.open_stretch(2)
    return clerk.talk.question
