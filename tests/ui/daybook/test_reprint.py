"""刷り直し from the day page: the chosen case, a form, a reason; by who may, where the town keeps forms."""

import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from kakanai.counter import Office
from kakanai.drafts.kept_forms import KeptForm, KeptFormFolder, KeptPlaces
from kakanai.sessionlog.entry import EntryKind
from kakanai.staff.role import Role
from tests.daybook.sample_day import SampleDay
from tests.drafts.conftest import NoKeyring
from tests.staff.conftest import SUPERVISOR
from tests.ui.daybook.conftest import Reader

PDF = b"%PDF-1.7 as it was"


@pytest.fixture
def day_office(day_office: Office, tmp_path: Path, sample: SampleDay, log) -> Office:
    """The town keeps its forms for the day; of the first case of the day two are kept."""
    kept = KeptFormFolder(KeptPlaces(tmp_path / "kept", tmp_path / "keys" / "kept.key"), keyring=NoKeyring())
    number = first_number(log, sample)
    told = {"pages": 1, "paper": "A4", "verified": True, "template_version": "1"}
    forms = [
        KeptForm(number, form, day_office.now(), {"form": form, **told}, PDF + form.encode())
        for form in ("F01", "F06")
    ]
    kept.keep(forms)
    town = dataclasses.replace(day_office.town, kept_form_days=1)
    return dataclasses.replace(day_office, town=town, kept=kept)


def first_number(log, sample: SampleDay) -> str:
    links = [link for link in log.links() if link.kind == "print_released" and link.day == sample.day]
    return links[0].case_number


def begin(reader: Reader, number: str) -> None:
    reader.choose(number)
    reader.press(Qt.Key.Key_B)
    reader.wait(lambda: reader.panel.is_asking or reader.page.notice.isVisible())


def test_b_a_form_a_reason_and_enter_print_it_again(
    reader: Reader, sample: SampleDay, tmp_path: Path
) -> None:
    reader.page.show_printers(("フォルダー",))
    number = first_number(reader.log, sample)
    begin(reader, number)
    panel = reader.panel.reprint
    assert reader.focused is panel.forms
    choices = [panel.forms.itemText(place) for place in range(panel.forms.count())]
    assert [words.partition(" ")[0] for words in choices] == ["F01", "F06", "すべて（2"]
    reader.press(Qt.Key.Key_Down, Qt.Key.Key_Return)
    reader.wait(lambda: "刷り直しました" in reader.panel.said.text())
    printed = tmp_path / "printed" / f"{number}_F06.pdf"
    assert printed.read_bytes() == PDF + b"F06"
    assert not (tmp_path / "printed" / f"{number}_F01.pdf").exists()
    entry = reader.entries(EntryKind.CASE_CORRECTED)[-1]
    assert (entry.clerk, entry.case_number) == (SUPERVISOR, number)
    assert entry.codes == ("K-004", "K-010", "K-011")
    reader.settle()
    assert not reader.panel.is_asking
    assert reader.focused is reader.table


def test_escape_prints_nothing_and_a_case_without_kept_forms_is_told(
    reader: Reader, sample: SampleDay, tmp_path: Path
) -> None:
    reader.page.show_printers(("フォルダー",))
    number = first_number(reader.log, sample)
    begin(reader, number)
    reader.press(Qt.Key.Key_Escape)
    assert not reader.panel.is_asking
    assert not (tmp_path / "printed").exists()
    other = next(one for one in reader.numbers if one != number and (reader.log.case(one) or sample).releases)
    begin(reader, other)
    reader.wait(reader.page.notice.isVisible)
    assert "D-021" in reader.page.notice.text


def test_who_may_not_print_again_has_no_button(
    sign_in: Callable[[Role], None], open_page: Callable[[], Reader], sample: SampleDay
) -> None:
    sign_in(Role.AUDITOR)
    reader = open_page()
    reader.choose(first_number(reader.log, sample))
    assert reader.panel.again.isHidden()
    reader.press(Qt.Key.Key_B)
    reader.settle()
    assert not reader.panel.is_asking
