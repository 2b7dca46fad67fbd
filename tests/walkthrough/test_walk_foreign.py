"""転居 of a resident from abroad: a long name in Latin letters on every form, her answer in the log."""

import pytest

from kakanai.printing.folder import FolderPrinter
from tests.office import NOON, make_counter, read_specimen
from tests.walkthrough.printed_lines import printed_lines

NAME = "DA SILVA SANTOS MIHON MARIA APARECIDA DOS EXEMPLOS"
OLD, NEW = "群馬県邑楽郡大泉町架空九丁目９９番地", "群馬県邑楽郡大泉町架空一丁目１番地"
NUMBER = "100000000072"
ANSWERS = {
    "guide.people": 1,
    "guide.insurance_held": "yes",
    "visitor.postal": "370-0500",
    "householder.is_visitor": "yes",
    "move.date": "2026-11-15",
    "move.new_postal": "370-0500",
    "move.new_address": NEW,
    "move.whole_household": "all",
    "guide.needs_within": ["foreign"],
}


@pytest.fixture
def counter(tmp_path):
    counter = make_counter(tmp_path / "home")
    yield counter
    counter.office.log.close()


def begin(counter):
    case = counter.open_case()
    counter.choose_event(case, "move_within")
    counter.answer(case, {"guide.people": 1, "guide.insurance_held": "yes"})
    counter.identify_by_card(case, read_specimen("foreign-resident", with_my_number=True))
    counter.note_visitor_answer(case, agrees=True)
    return case


def test_the_whole_name_is_on_every_form_also_where_she_is_householder(counter, tmp_path):
    case = begin(counter)
    counter.answer(case, ANSWERS, strict=True)
    filled = counter.fill(case)
    assert [form.stopping for form in filled] == [()] * 3
    documents = counter.release(case, filled, FolderPrinter(tmp_path / "out"))
    text = {document.form: "".join(printed_lines(document.path)) for document in documents}
    assert list(text) == ["F07", "F25", "F09"]
    for whole in text.values():
        assert NEW in whole
        assert OLD in whole
    # On two lines, words of the boxes beside may be read between the two, but no word is parted.
    words = [word for word in NAME.split() if len(word) > 3]
    boxes = {"F07": 4, "F25": 2, "F09": 3}
    for form, whole in text.items():
        assert {word: whole.count(word) for word in words} == dict.fromkeys(words, boxes[form])
    assert [form for form, whole in text.items() if NUMBER in whole] == ["F09"]


def test_her_residence_card_is_asked_for_once_it_is_told_that_she_is_from_abroad(counter):
    case = begin(counter)

    def is_asked_for():
        return any("在留カード" in document.label for document in counter.documents(case))

    counter.answer(case, ANSWERS | {"guide.needs_within": ["none"]})
    assert not is_asked_for()
    counter.answer(case, ANSWERS)
    assert is_asked_for()


def test_what_she_touched_is_in_the_log_without_her_name(counter):
    begin(counter)
    (entry,) = counter.office.log.day(NOON.date())
    assert "V-031" in entry.codes
    assert "SILVA" not in str(entry.to_mapping())
