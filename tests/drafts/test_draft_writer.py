"""The thread that writes drafts: typing never waits, the newest state wins."""

import queue
import threading

import pytest

from kakanai.drafts import draft_writer
from kakanai.drafts.draft_writer import DraftWriter
from kakanai.drafts.errors import DraftDiskFullError, DraftError, DraftsInUseError
from kakanai.drafts.visit_book import Visit
from tests.drafts.conftest import draft

PATIENCE_S = 10


class Ear:
    """Hears the writer."""

    def __init__(self) -> None:
        self.found: queue.Queue = queue.Queue()
        self.saved: queue.Queue = queue.Queue()
        self.failed: queue.Queue = queue.Queue()
        self.met: queue.Queue = queue.Queue()

    def drafts_found(self, loaded) -> None:
        self.found.put(loaded)

    def draft_saved(self, one) -> None:
        self.saved.put(one)

    def draft_failed(self, error) -> None:
        self.failed.put(error)

    def visits_met(self, number, visits) -> None:
        self.met.put((number, visits))


@pytest.fixture
def ear() -> Ear:
    return Ear()


@pytest.fixture
def writer(open_shelf, ear):
    writer = DraftWriter(open_shelf, ear)
    writer.start()
    yield writer
    writer.close()


def test_what_is_told_as_saved_is_on_disk(writer, ear, places) -> None:
    one = draft()
    writer.save(one)
    assert ear.saved.get(timeout=PATIENCE_S) == one
    assert (places.folder / f"{one.id}.draft").exists()


def test_of_several_states_the_last_is_kept(writer, ear, open_shelf) -> None:
    ear.found.get(timeout=PATIENCE_S)
    first = draft()
    states = [draft(id=first.id, name=f"見本{n}") for n in range(50)]
    for state in states:
        writer.save(state)
    assert writer.flush(PATIENCE_S)
    writer.close()
    assert open_shelf().load().drafts == (states[-1],)


def test_a_removed_draft_does_not_come_back(writer, open_shelf) -> None:
    one = draft()
    writer.save(one)
    writer.remove(one.id)
    assert writer.flush(PATIENCE_S)
    writer.close()
    assert open_shelf().load().drafts == ()


def test_what_is_left_is_written_at_the_end(open_shelf, ear) -> None:
    writer = DraftWriter(open_shelf, ear)
    one = draft()
    writer.save(one)
    writer.start()
    writer.close()
    assert open_shelf().load().drafts == (one,)


def test_a_failure_is_told_and_tried_again_by_itself(open_shelf, ear, monkeypatch) -> None:
    monkeypatch.setattr(draft_writer, "RETRY_S", 0.02)
    shelf = open_shelf()
    save, full = shelf.store.save, threading.Event()
    full.set()

    def save_or_fail(one) -> None:
        if full.is_set():
            raise DraftDiskFullError(folder="drafts")
        save(one)

    shelf.store.save = save_or_fail
    writer = DraftWriter(lambda: shelf, ear)
    writer.start()
    one = draft()
    writer.save(one)
    assert isinstance(ear.failed.get(timeout=PATIENCE_S), DraftDiskFullError)
    assert not writer.flush(0.01)
    full.clear()
    assert ear.saved.get(timeout=PATIENCE_S) == one
    writer.close()


def test_a_folder_in_use_is_opened_when_it_is_free(open_shelf, ear, monkeypatch) -> None:
    monkeypatch.setattr(draft_writer, "RETRY_S", 0.02)
    other = open_shelf()
    writer = DraftWriter(open_shelf, ear)
    writer.start()
    assert isinstance(ear.failed.get(timeout=PATIENCE_S), DraftsInUseError)
    other.close()
    one = draft()
    writer.save(one)
    assert ear.saved.get(timeout=PATIENCE_S) == one
    writer.close()


def test_a_mistake_of_ours_is_told_without_a_value_and_the_thread_goes_on(writer, ear, caplog) -> None:
    writer.save(draft(body={"name": object()}))
    assert type(ear.failed.get(timeout=PATIENCE_S)) is DraftError
    one = draft()
    writer.save(one)
    assert ear.saved.get(timeout=PATIENCE_S) == one
    assert "TypeError" in caplog.text


def test_todays_visits(writer, ear) -> None:
    writer.meet("見本　太郎", "1980-02-17", Visit("R8-1121-0001", "10:15"))
    writer.note_forms("R8-1121-0001", ("F05",))
    writer.meet("見本　太郎", "1980-02-17", Visit("R8-1121-0002", "10:20"))
    number, visits = ear.met.get(timeout=PATIENCE_S)
    assert (number, visits) == ("R8-1121-0002", (Visit("R8-1121-0001", "10:15", ("F05",)),))
    writer.forget_visit("R8-1121-0002")
    writer.end_earlier_days()
    assert writer.flush(PATIENCE_S)
