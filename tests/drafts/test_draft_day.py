"""A key lives as long as its day's drafts need it, and what others put into the folder does no harm."""

import datetime as dt
import os
import stat

import pytest

from kakanai.drafts.visit_book import Visit
from tests.drafts.conftest import draft

DAY = dt.timedelta(days=1)


def test_the_key_goes_with_the_last_draft_of_an_earlier_day(places, open_shelf, clock) -> None:
    shelf = open_shelf()
    shelf.store.save(draft())
    shelf.meet("見本　太郎", "1980-02-17", Visit("R8-1121-0001", "10:00"))
    shelf.close()
    old = places.key_file.read_bytes()
    clock.at += DAY
    shelf = open_shelf()
    (left,) = shelf.load().drafts
    shelf.store.remove(left.id)
    shelf.end_earlier_days()
    new = places.key_file.read_bytes()
    assert new != old
    shelf.end_earlier_days()
    assert places.key_file.read_bytes() == new  # and not once a minute


def test_a_draft_that_outlives_midnight_keeps_its_key_until_it_is_gone(places, open_shelf, clock) -> None:
    shelf = open_shelf()
    one = draft()
    shelf.store.save(one)
    shelf.meet("見本　太郎", "1980-02-17", Visit("R8-1121-0001", "10:00"))
    old = places.key_file.read_bytes()
    clock.at += DAY
    shelf.end_earlier_days()
    assert shelf.load().drafts == (one,)
    shelf.store.remove(one.id)
    shelf.end_earlier_days()
    assert places.key_file.read_bytes() != old


def test_who_was_here_before_midnight_is_nobodys_visit_of_today(open_shelf, clock) -> None:
    shelf = open_shelf()
    shelf.meet("見本　太郎", "1980-02-17", Visit("R8-1121-0001", "23:59"))
    clock.at += DAY
    assert shelf.meet("見本　太郎", "1980-02-17", Visit("R8-1122-0001", "00:01")) == ()


# --- what others did to the folder ------------------------------------------------------------


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_a_key_file_that_others_can_read_is_closed_to_them(places, open_shelf) -> None:
    shelf = open_shelf()
    shelf.store.save(draft())
    shelf.close()
    places.key_file.chmod(0o644)
    assert len(open_shelf().load().drafts) == 1
    assert stat.S_IMODE(places.key_file.stat().st_mode) == 0o600


def test_another_cases_draft_under_this_name_is_not_taken_for_it(places, open_shelf) -> None:
    shelf = open_shelf()
    mine, other = draft(), draft("R8-1121-0002")
    for one in (mine, other):
        shelf.store.save(one)
    (places.folder / f"{mine.id}.draft").write_bytes((places.folder / f"{other.id}.draft").read_bytes())
    assert shelf.load().drafts == (other,)


def test_something_else_in_the_folder_keeps_nobody_from_the_drafts(places, open_shelf) -> None:
    shelf = open_shelf()
    one = draft()
    shelf.store.save(one)
    (places.folder / f"{draft().id}.draft").mkdir()
    (places.folder / f"{draft().id}.draft").symlink_to(places.folder / "nowhere")
    assert shelf.load().drafts == (one,)
    shelf.end_earlier_days()
