"""The one thread that writes drafts: typing never waits for the disk, and the newest state wins."""

import contextlib
import logging
import threading
from collections import deque
from collections.abc import Callable, Iterator
from typing import Final, Protocol

from kakanai.drafts.draft import Draft
from kakanai.drafts.draft_shelf import DraftShelf
from kakanai.drafts.draft_store import Loaded
from kakanai.drafts.errors import DraftError
from kakanai.drafts.visit_book import Visit

_log = logging.getLogger(__name__)

RETRY_S: Final = 5.0
"""How long until a draft that could not be written is tried again without a further key press."""


class DraftListener(Protocol):
    """Who hears how it went; every call comes from the writer's thread."""

    def drafts_found(self, loaded: Loaded) -> None:
        """The folder is open; these lay in it."""

    def draft_saved(self, draft: Draft) -> None:
        """This state of the case is on disk."""

    def draft_failed(self, error: DraftError) -> None:
        """Something could not be written or opened; it is tried again."""

    def visits_met(self, number: str, visits: tuple[Visit, ...]) -> None:
        """Today's other cases of the person who is here for the case of that number."""


class DraftWriter:
    """Saves, removes and looks up in order; of several states of one draft only the last."""

    def __init__(self, open_shelf: Callable[[], DraftShelf], listener: DraftListener) -> None:
        self._open_shelf = open_shelf
        self._listener = listener
        self._shelf: DraftShelf | None = None
        self._wake = threading.Condition()
        self._drafts: dict[str, Draft | None] = {}
        self._jobs: deque[Callable[[DraftShelf], None]] = deque()
        self._closing = False
        self._is_busy = False
        self._thread = threading.Thread(target=self._run, name="drafts", daemon=True)

    def start(self) -> None:
        """Open the folder, and tell what lies in it."""
        self._thread.start()

    def save(self, draft: Draft) -> None:
        """Keep this state; an earlier one that is not on disk yet is passed over."""
        with self._wake:
            self._drafts[draft.id] = draft
            self._wake.notify_all()

    def remove(self, draft: str) -> None:
        """Take the draft away, whatever of it is still to be written."""
        with self._wake:
            self._drafts[draft] = None
            self._wake.notify_all()

    def meet(self, name: str, birth_date: str, visit: Visit) -> None:
        """Look up the person's other cases of today; answered by visits_met if there are any."""

        def look(shelf: DraftShelf) -> None:
            met = shelf.meet(name, birth_date, visit)
            if met:
                self._listener.visits_met(visit.number, met)

        self._do(look)

    def note_forms(self, number: str, forms: tuple[str, ...]) -> None:
        """Keep which forms came out in a case."""

        def note(shelf: DraftShelf) -> None:
            shelf.book.note_forms(number, forms)
            shelf.book.save()

        self._do(note)

    def forget_visit(self, number: str) -> None:
        """The case came to nothing."""

        def forget(shelf: DraftShelf) -> None:
            shelf.book.forget_case(number)
            shelf.book.save()

        self._do(forget)

    def end_earlier_days(self) -> None:
        """Forget what is of earlier days; see DraftShelf."""
        self._do(lambda shelf: shelf.end_earlier_days())

    def _do(self, job: Callable[[DraftShelf], None]) -> None:
        with self._wake:
            self._jobs.append(job)
            self._wake.notify_all()

    def flush(self, limit_s: float) -> bool:
        """Wait until everything is on disk; whether it is."""
        with self._wake:
            return self._wake.wait_for(lambda: not self._is_busy and not self._is_waiting, limit_s)

    def close(self, limit_s: float = 10.0) -> None:
        """Write what is left, and let go of the folder; what cannot be written by then is lost."""
        with self._wake:
            self._closing = True
            self._wake.notify_all()
        if self._thread.is_alive():
            self._thread.join(limit_s)

    @property
    def _is_waiting(self) -> bool:
        return bool(self._drafts or self._jobs)

    def _run(self) -> None:
        is_failing = not self._open()
        while True:
            with self._wake:
                self._is_busy = False
                self._wake.notify_all()
                # After a failure the next try comes with the next key press, or after a while by itself.
                if is_failing:
                    self._wake.wait(RETRY_S if not self._closing else 0.0)
                self._wake.wait_for(lambda: self._is_waiting or self._closing)
                if self._closing and (is_failing or not self._is_waiting):
                    break
                self._is_busy = True
            is_failing = not (self._shelf or self._open()) or not self._work()
        if self._shelf is not None:
            self._shelf.close()

    def _open(self) -> bool:
        with self._told():
            shelf = self._open_shelf()
            try:
                loaded = shelf.load()
            except BaseException:
                shelf.close()
                raise
            self._shelf = shelf
            self._listener.drafts_found(loaded)
        return self._shelf is not None

    def _work(self) -> bool:
        """Whether everything that waits now was done; a draft that failed waits again."""
        shelf = self._shelf
        if shelf is None:
            return False
        with self._wake:
            drafts, self._drafts = self._drafts, {}
            jobs, self._jobs = self._jobs, deque()
        left = dict(drafts)
        for name, draft in drafts.items():
            with self._told():
                if draft is None:
                    shelf.store.remove(name)
                else:
                    shelf.store.save(draft)
                del left[name]
                if draft is not None:
                    self._listener.draft_saved(draft)
        with self._wake:
            self._drafts = left | self._drafts
        for job in jobs:
            with self._told():  # a hint less for the next visitor; only the drafts are tried again
                job(shelf)
        return not left

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        """Tells the listener of a failure, a mistake of ours included: this thread must go on."""
        try:
            yield
        except DraftError as error:
            self._listener.draft_failed(error)
        except Exception as error:  # noqa: BLE001 - its message may quote a name
            _log.error("unforeseen %s while writing a draft", type(error).__name__)
            self._listener.draft_failed(DraftError())
