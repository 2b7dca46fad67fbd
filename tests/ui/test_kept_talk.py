"""Forms kept for a reprint, on the window: deleted when their day is over, told when they cannot be kept."""

import dataclasses
import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from kakanai.drafts.errors import DraftDiskFullError
from kakanai.drafts.kept_forms import KeptForm, KeptFormFolder, KeptPlaces
from kakanai.sessionlog.entry import EntryKind
from kakanai.ui.conversation import PRINT
from kakanai.ui.desk import Desk
from tests.drafts.conftest import NoKeyring
from tests.ui.conftest import Clerk


@pytest.fixture
def kept(tmp_path: Path) -> KeptFormFolder:
    return KeptFormFolder(KeptPlaces(tmp_path / "kept", tmp_path / "keys" / "kept.key"), keyring=NoKeyring())


@pytest.fixture
def desk(desk: Desk, kept: KeptFormFolder) -> Desk:
    """Of yesterday one form is kept."""
    at = desk.office.now() - dt.timedelta(days=1)
    kept.keep([KeptForm("R8-1121-0001", "F01", at, {"form": "F01"}, b"%PDF-1.7")])
    town = dataclasses.replace(desk.office.town, kept_form_days=1)
    return dataclasses.replace(desk, office=dataclasses.replace(desk.office, town=town, kept=kept))


def deleted(desk: Desk) -> list[dict[str, int]]:
    links = [link for link in desk.office.log.links() if link.kind == EntryKind.DRAFTS_DELETED.value]
    return [dict(link.to_entry().counts) for link in links]


def test_yesterdays_forms_go_when_the_window_opens(clerk: Clerk, desk: Desk, kept: KeptFormFolder) -> None:
    clerk.wait(lambda: deleted(desk) == [{"kept_forms": 1}])
    assert kept.count() == 0
    clerk.wait(lambda: not clerk.window.kept.work.is_busy)
    clerk.window.kept.look()
    assert not clerk.window.kept.work.is_busy  # once a day is enough


def test_paper_that_could_not_be_kept_is_told_and_the_case_goes_on(
    clerk: Clerk, source, kept: KeptFormFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object, **_named: object) -> int:
        raise DraftDiskFullError(folder="kept")

    clerk.wait(lambda: not clerk.window.kept.work.is_busy)
    with monkeypatch.context() as filling:
        filling.setattr(kept, "keep", full)
        clerk.read_card(source)
        clerk.choose("seal-certificate", forms=1)
        clerk.window.open_stretch(PRINT)
        clerk.wait(lambda: clerk.talk.printing.print_button.isEnabled())
        clerk.press(Qt.Key.Key_F8)
        clerk.wait(lambda: clerk.flow.documents)
    line = clerk.window.office_line
    assert "D-020" in line.text
    assert line.isVisible()
    assert kept.count() == 0
    clerk.flow.counter.not_kept = None  # as the next paper leaves it
    clerk.flow.printed.emit()
    assert line.isHidden()
