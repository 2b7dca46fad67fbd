"""② by life event: one digit and Enter, what it brings and why, taken back and brought again, then ③."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kakanai.sessionlog.entry import CaseNumber, EntryKind
from kakanai.ui.procedure_stretch import ProcedureStretch
from tests.ui.conftest import Clerk

pytestmark = pytest.mark.usefixtures("no_stray_windows")

MOVE = {
    "guide.move_in_way": "certificate",
    "guide.people": "1",
    "guide.living": ["dog"],
    "guide.insurance": "all",
}


@pytest.fixture
def stretch(clerk: Clerk) -> ProcedureStretch:
    clerk.press(Qt.Key.Key_F4)
    clerk.wait(lambda: clerk.talk.current == 1)
    return clerk.talk.procedure


def follow(clerk: Clerk, digit: str) -> None:
    clerk.type(digit)
    clerk.enter()


def answer(clerk: Clerk, answers: dict[str, object]) -> None:
    for variable, given in answers.items():
        clerk.flow.answer(variable, given)


def shown(stretch: ProcedureStretch) -> list[str]:
    return [procedure.id for procedure in stretch.table.shown]


def row(stretch: ProcedureStretch, procedure: str) -> str:
    return stretch.table.item(shown(stretch).index(procedure), 1).text()


def mark(clerk: Clerk, stretch: ProcedureStretch, procedure: str) -> None:
    while stretch.table.current is None or stretch.table.current.id != procedure:
        clerk.press(Qt.Key.Key_Down)


def why(stretch: ProcedureStretch) -> str:
    return stretch.why.words.text()


def test_a_digit_and_enter_follow_an_event_and_enter_goes_on(clerk: Clerk, stretch: ProcedureStretch) -> None:
    clerk.type("7")
    assert stretch.board.buttons["death"].property("state") == "marked"
    clerk.enter()
    assert clerk.flow.life_event == "death"
    assert stretch.line.text() == ""
    assert stretch.board.buttons["death"].isChecked()
    assert stretch.summary.startswith("亡くなったとき → ")
    clerk.enter()
    clerk.wait(lambda: clerk.talk.current != 1)


@pytest.mark.parametrize("typed", ["しめいへ", "氏名の", "shimeih"])
def test_an_event_without_a_digit_is_followed_by_its_name(
    clerk: Clerk, stretch: ProcedureStretch, typed: str
) -> None:
    assert stretch.board.buttons["rename"].text() == "氏名の変更"
    clerk.type(typed)
    assert stretch.board.buttons["rename"].property("state") == "marked"
    clerk.enter()
    assert clerk.flow.life_event == "rename"


def test_a_procedure_marked_below_the_board_comes_before_the_event(
    clerk: Clerk, stretch: ProcedureStretch
) -> None:
    clerk.type("氏名")
    clerk.press(Qt.Key.Key_Down)
    assert stretch.table.current is not None
    wanted = stretch.table.current.id
    clerk.enter()
    assert (clerk.flow.life_event, stretch.chosen) == ("", [wanted])


def test_the_header_tells_what_is_only_said_from_what_is_made(
    clerk: Clerk, stretch: ProcedureStretch
) -> None:
    follow(clerk, "1")
    said = [guided for guided in clerk.flow.guidance.procedures if not guided.procedure.forms]
    assert stretch.summary == f"転入 → 案内 {len(said)}"
    assert "聞き取りの答えで決まります" in stretch._forms.text()
    answer(clerk, MOVE)
    made = [procedure for procedure in clerk.flow.case.procedures if procedure.forms]
    assert f"手続 {len(made)}・様式 {len(clerk.flow.case.forms)}" in stretch.summary


def test_two_digits_are_a_procedure_still(clerk: Clerk, stretch: ProcedureStretch) -> None:
    clerk.type("4")
    assert stretch.table.current is None
    clerk.type("1")
    assert stretch.board.buttons["birth"].property("state") == ""
    clerk.enter()
    assert (clerk.flow.life_event, stretch.chosen) == ("", ["move-in"])


def test_answers_bring_procedures_and_the_list_follows(clerk: Clerk, stretch: ProcedureStretch) -> None:
    follow(clerk, "1")
    before = shown(stretch)
    answer(clerk, MOVE)
    assert {"move-in", "insurance-acquire", "dog"} <= set(shown(stretch)) - set(before)
    assert set(stretch.chosen) == set(shown(stretch))
    assert row(stretch, "dog").startswith("✓ ")
    answer(clerk, {"guide.living": ["none"]})
    assert "dog" not in shown(stretch)
    clerk.wait(lambda: {"F07", "F09"} <= {form.template.id for form in clerk.flow.forms})
    clerk.wait(lambda: "F34" not in {form.template.id for form in clerk.flow.forms})


def test_the_marked_procedure_tells_why_and_a_key_tells_all(clerk: Clerk, stretch: ProcedureStretch) -> None:
    follow(clerk, "1")
    answer(clerk, MOVE)
    mark(clerk, stretch, "dog")
    assert "犬を飼っているので" in why(stretch)
    assert "✎暮らしで、あてはまるものは: 犬を飼っている" in why(stretch)
    assert "狂犬病予防法" in why(stretch)
    clerk.type("?")
    assert stretch.line.text() == ""
    assert "■ 国保に入る" in why(stretch)
    assert "■ 犬の登録・変更・死亡・注射済票" in why(stretch)
    clerk.type("?")
    assert "■ 国保に入る" not in why(stretch)


def test_space_takes_a_guided_procedure_back_and_brings_it_again(
    clerk: Clerk, stretch: ProcedureStretch
) -> None:
    follow(clerk, "1")
    answer(clerk, MOVE)
    mark(clerk, stretch, "dog")
    clerk.press(Qt.Key.Key_Space)
    assert "dog" not in stretch.chosen
    assert row(stretch, "dog") == "　 ［外した］犬の登録・変更・死亡・注射済票"
    assert "Space で戻します" in why(stretch)
    assert stretch.table.current is not None
    assert stretch.table.current.id == "dog"
    answer(clerk, {"guide.people": "2"})  # it stays out, whatever else is answered
    assert "dog" not in stretch.chosen
    mark(clerk, stretch, "dog")
    clerk.press(Qt.Key.Key_Space)
    assert "dog" in stretch.chosen


def test_others_are_added_by_number_and_stand_as_chips(clerk: Clerk, stretch: ProcedureStretch) -> None:
    follow(clerk, "1")
    answer(clerk, MOVE)
    follow(clerk, "05")
    assert stretch.chosen[-1] == "seal-certificate"
    assert list(stretch.chips.chips) == ["seal-certificate"]
    assert row(stretch, "seal-certificate") == "✓ ［追加］印鑑登録証明書"
    QTest.mouseClick(stretch.chips.chips["seal-certificate"], Qt.MouseButton.LeftButton)
    assert "seal-certificate" not in stretch.chosen
    assert "move-in" in stretch.chosen


def test_what_does_not_go_together_is_told(clerk: Clerk, stretch: ProcedureStretch) -> None:
    follow(clerk, "1")
    answer(clerk, MOVE)
    follow(clerk, "45")  # 国保をやめる, beside the event's 国保に入る
    assert "insurance-lose" in stretch.chosen
    assert "insurance-acquire" not in stretch.chosen
    assert row(stretch, "insurance-acquire") == "　 ［一緒にできない］国保に入る"
    mark(clerk, stretch, "insurance-acquire")
    assert "「国保をやめる」と同じ欄を使う" in why(stretch)


def test_the_board_is_for_the_mouse_and_leaves_an_event(clerk: Clerk, stretch: ProcedureStretch) -> None:
    QTest.mouseClick(stretch.board.buttons["birth"], Qt.MouseButton.LeftButton)
    assert clerk.flow.life_event == "birth"
    assert stretch.board.buttons["birth"].isChecked()
    QTest.mouseClick(stretch.board.buttons["birth"], Qt.MouseButton.LeftButton)
    assert clerk.flow.life_event == ""
    assert not stretch.board.buttons["birth"].isChecked()
    assert stretch.chosen == []
    assert len(shown(stretch)) == len(clerk.flow.counter.office.procedures.procedures)


def test_guide_only_is_told_and_the_log_has_the_set_that_is_printed(
    clerk: Clerk, stretch: ProcedureStretch, source
) -> None:
    clerk.read_card(source)
    clerk.press(Qt.Key.Key_F4)
    follow(clerk, "0")
    answer(clerk, {"guide.certificates": ["residence"], "residence.whole_household": "1"})
    clerk.wait(lambda: [form.template.id for form in clerk.flow.forms][:1] == ["F01"])
    clerk.press(Qt.Key.Key_F8)
    clerk.wait(lambda: clerk.talk.printing.print_button.isEnabled())
    clerk.press(Qt.Key.Key_F8)
    clerk.wait(lambda: clerk.flow.documents)
    log = clerk.flow.counter.office.log
    assert clerk.flow.case is not None
    number = CaseNumber(clerk.flow.case.number)
    assert log.count_of(number, EntryKind.PROCEDURES_CHOSEN) == 2  # with the event, and as it was printed
    [day] = [entry for entry in log.day(clerk.flow.today) if entry.case_number == number]
    assert day.procedures == ("residence-certificate",)


def test_nothing_of_a_case_that_ended_is_kept(clerk: Clerk, stretch: ProcedureStretch) -> None:
    follow(clerk, "1")
    answer(clerk, MOVE)
    assert clerk.flow.guidance is clerk.flow.guidance  # made once for the same answers
    assert clerk.flow.guidance.fired
    clerk.flow.cancel_case()
    assert clerk.flow._told_of == ()
    assert clerk.flow.guidance.fired == ()
    assert not any(button.isChecked() for button in stretch.board.buttons.values())
    assert stretch.why.isHidden()


def test_chips_take_the_room_of_the_board_and_digits_work_all_the_same(
    clerk: Clerk, stretch: ProcedureStretch
) -> None:
    follow(clerk, "05")
    assert stretch.board.isHidden()
    follow(clerk, "7")
    assert clerk.flow.life_event == "death"
    assert not stretch.board.isHidden()
    assert stretch.chosen[-1] == "seal-certificate"
