"""From the thread that writes drafts to the window: its calls become signals."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from kakanai.drafts.draft import Draft
from kakanai.drafts.draft_shelf import DraftShelf
from kakanai.drafts.draft_store import Loaded
from kakanai.drafts.draft_writer import DraftWriter
from kakanai.drafts.errors import DraftError
from kakanai.drafts.visit_book import Visit


class DraftLink(QObject):
    """Owns the writer; its signals arrive on the window's thread.

    Signals:
        found(Loaded): the folder is open; these drafts lay in it.
        saved(Draft): this state is on disk.
        failed(DraftError): something could not be kept; it is tried again.
        met(case number, tuple of Visit): the person of that case was here before today.
    """

    found = Signal(object)
    saved = Signal(object)
    failed = Signal(object)
    met = Signal(str, object)

    def __init__(self, open_shelf: Callable[[], DraftShelf], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.writer = DraftWriter(open_shelf, self)

    def drafts_found(self, loaded: Loaded) -> None:
        """Called by the writer."""
        self.found.emit(loaded)

    def draft_saved(self, draft: Draft) -> None:
        """Called by the writer."""
        self.saved.emit(draft)

    def draft_failed(self, error: DraftError) -> None:
        """Called by the writer."""
        self.failed.emit(error)

    def visits_met(self, number: str, visits: tuple[Visit, ...]) -> None:
        """Called by the writer."""
        self.met.emit(number, visits)
