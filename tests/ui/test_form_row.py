"""④ tells of each form its section, fee and deadline; a late one is said, and stops nothing."""

from PySide6.QtCore import Qt

from kakanai.ui.form_row import FormRow
from tests.ui.conftest import Clerk


def enter_person(clerk: Clerk) -> None:
    clerk.press(Qt.Key.Key_F3)
    clerk.type("見本　太郎")
    clerk.enter()
    clerk.type("見本町架空一丁目１番１号")
    clerk.enter()
    clerk.type("S55.2.17")
    clerk.enter()


def rows(clerk: Clerk) -> dict[str, FormRow]:
    return {row._form.template.id: row for row in clerk.talk.finding.findChildren(FormRow) if row.isVisible()}


def test_enter_stops_at_the_sex_before_it_goes_on(clerk: Clerk) -> None:
    enter_person(clerk)
    male, female = clerk.talk.person.hand_entry.sexes.buttons()
    assert clerk.focused is male
    clerk.press(Qt.Key.Key_Right)
    clerk.enter()
    clerk.enter()
    clerk.wait(lambda: clerk.flow.person is not None)
    assert clerk.flow.person is not None
    assert clerk.flow.person.sex == clerk.talk.person.hand_entry.sexes.id(female)


def test_what_the_clerk_must_know_of_each_form(clerk: Clerk) -> None:
    enter_person(clerk)
    clerk.talk.person.hand_entry._done.click()
    clerk.choose("move-in-with-insurance", "seal-certificate", forms=3)
    long_ago = clerk.flow.counter.office.now().year - 2
    clerk.flow.answer("move.date", f"{long_ago}/4/1")
    clerk.window.open_stretch(3)
    clerk.wait(lambda: rows(clerk).keys() == {"F05", "F07", "F09"} and rows(clerk)["F07"].late)
    told = {form: row.terms.text() for form, row in rows(clerk).items()}
    assert "町民課" in told["F05"]
    assert "300円" in told["F05"]
    assert "無料" in told["F07"]
    assert "個人番号: 空けて印刷" in told["F09"]
    assert "個人番号" not in told["F05"]
    assert rows(clerk)["F09"].late  # the same day, copied
    assert not clerk.flow.stopping
    clerk.flow.answer("move.date", clerk.flow.counter.office.now().strftime("%Y/%m/%d"))
    clerk.wait(lambda: rows(clerk) and not rows(clerk)["F07"].late)
    assert "住み始めた日から14日以内" in rows(clerk)["F07"].terms.text()


def test_a_birth_date_is_read_by_hand_as_in_the_questions(clerk: Clerk) -> None:
    clerk.press(Qt.Key.Key_F3)
    entry = clerk.talk.person.hand_entry
    clerk.type("見本　花子")
    clerk.enter()
    clerk.enter()
    clerk.type("550217")
    assert entry._notes["birth_date"].text() == "S 1980年　W 1955年"
    entry._done.click()
    assert "続けて S か W" in entry._notes["birth_date"].text()
    assert clerk.flow.person is None
    clerk.type("s")
    assert entry._notes["birth_date"].text() == "= 昭和55年2月17日（1980年）"
    clerk.enter()
    assert entry.birth_date.text() == "S55.2.17"
    entry._done.click()
    clerk.wait(lambda: clerk.flow.person is not None)
    assert clerk.flow.person.birth_date.iso == "1980-02-17"
