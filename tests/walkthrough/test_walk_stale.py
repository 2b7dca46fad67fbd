"""転居 with an address on the chip that is an older one: three addresses, each in its own box."""

from pathlib import Path

import pytest

from kakanai.printing.folder import FolderPrinter
from tests.office import NOON, make_counter, read_specimen
from tests.walkthrough.printed_lines import printed_lines

ON_CHIP = "群馬県高崎市例示町１２３番地"
PRESENT = "東京都清瀬市架空七丁目７番７号"
NEW = "東京都清瀬市架空九丁目９番９号"
ANSWERS = {
    "guide.people": 1,
    "guide.insurance_held": "yes",
    "visitor.kana": "ミホン　ウツコ",
    "visitor.postal": "204-0000",
    "householder.is_visitor": "yes",
    "move.date": "2026-11-15",
    "move.new_postal": "204-0000",
    "move.new_address": NEW,
    "move.whole_household": "all",
}


@pytest.fixture
def counter(tmp_path):
    counter = make_counter(tmp_path / "home")
    yield counter
    counter.office.log.close()


def printed(counter, folder: Path, *, present: str) -> dict[str, list[str]]:
    """The lines of each form, once the clerk typed the present address; "" for the one on the chip."""
    case = counter.open_case()
    counter.choose_event(case, "move_within")
    counter.answer(case, {"guide.people": 1, "guide.insurance_held": "yes"})
    counter.identify_by_card(case, read_specimen("stale-address", with_my_number=True))
    if present:
        counter.replace_address(case, present)
    counter.answer(case, ANSWERS, strict=True)
    assert case.address_on_card == (ON_CHIP if present else "")
    documents = counter.release(case, counter.fill(case), FolderPrinter(folder))
    return {document.form: printed_lines(document.path) for document in documents}


def lines_with(address: str, lines: list[str]) -> list[str]:
    return [line.replace(address, "") for line in lines if address in line]


def test_each_address_is_in_its_own_box(counter, tmp_path):
    forms = printed(counter, tmp_path / "out", present=PRESENT)
    assert list(forms) == ["F07", "F25", "F09"]
    assert lines_with(NEW, forms["F07"]) == ["〒204-0000見本移子"]
    assert lines_with(PRESENT, forms["F07"]) == ["前の住所見本移子", "住所〒204-0000"]
    assert lines_with(NEW, forms["F09"]) == ["住所"]
    assert lines_with(PRESENT, forms["F09"]) == ["住所〒204-0000"]
    assert [line[-5:] for line in lines_with(NEW, forms["F25"])] == ["（変更後）"]
    assert [line[-5:] for line in lines_with(ON_CHIP, forms["F25"])] == ["（変更前）"]
    assert lines_with(PRESENT, forms["F25"]) == ["住所〒204-0000"]
    assert not lines_with(ON_CHIP, forms["F07"] + forms["F09"])


def test_a_chip_that_is_right_leaves_two_addresses(counter, tmp_path):
    forms = printed(counter, tmp_path / "out", present="")
    assert lines_with(ON_CHIP, forms["F07"]) == ["前の住所見本移子", "住所〒204-0000"]
    assert len(lines_with(ON_CHIP, forms["F25"])) == 2
    assert not lines_with(PRESENT, [line for lines in forms.values() for line in lines])


def test_the_log_tells_that_the_chip_is_stale_and_no_address(counter, tmp_path):
    printed(counter, tmp_path / "out", present=PRESENT)
    (entry,) = counter.office.log.day(NOON.date())
    assert "V-021" in entry.codes
    told = str(entry.to_mapping())
    assert "清瀬" not in told
    assert "高崎" not in told
