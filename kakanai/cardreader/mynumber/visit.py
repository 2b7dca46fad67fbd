"""A 個人番号カード between power on and off: which カードAP is selected, and which keys were verified."""

import contextlib
from collections.abc import Iterator

from kakanai.cardreader.card_files import CardFiles
from kakanai.cardreader.errors import (
    UNKNOWN_ATTEMPTS,
    CardStatusError,
    PinRequiredError,
    PinStateUnknownError,
    SessionClosedError,
)
from kakanai.cardreader.kinds import CardKey
from kakanai.cardreader.mynumber.key_tries import ANSWER_LOST, KeyTries
from kakanai.cardreader.status_words import StatusWord


class CardVisit:
    """A powered card from SELECT to power off; knows states, no files and no order of steps.

    Selecting another カードAP makes the card forget what was verified (observed: soltia48/myna-card), so AP
    are selected as late as possible: when a step needs one that is not selected.
    """

    def __init__(self, files: CardFiles, selected: bytes) -> None:
        self.files = files
        self._selected: bytes | None = selected
        self._verified: set[CardKey] = set()
        self._is_closed = False

    def select(self, aid: bytes) -> bool:
        """Whether the card has this カードAP, which is selected now; no command if it was already.

        Raises:
            CardStatusError: the card answered neither yes nor no.
        """
        if self._selected == aid:
            return True
        self._selected = None
        self._verified.clear()
        if not self.files.select(aid):
            return False
        self._selected = aid
        return True

    def select_or_fail(self, aid: bytes) -> None:
        """Select a カードAP that the card is known to have.

        Raises:
            CardStatusError: the card refuses it now.
        """
        if not self.select(aid):
            raise CardStatusError("SELECT", StatusWord.FILE_NOT_FOUND)

    def present(self, tries: KeyTries, value: bytes) -> None:
        """Present a key once; see KeyTries.present."""
        self._verified.discard(tries.key)
        tries.present(value)
        self._verified.add(tries.key)

    def has_verified(self, key: CardKey) -> bool:
        """Whether the key was presented and the card has had no cause to forget it."""
        return key in self._verified

    @contextlib.contextmanager
    def exchanging(self) -> Iterator[None]:
        """Around every step: refuses when the visit is over, and ends it when an answer was lost.

        Raises:
            SessionClosedError: the visit is over; nothing was sent.
        """
        if self._is_closed:
            raise SessionClosedError
        try:
            yield
        except ANSWER_LOST:
            self.close()
            raise
        except PinStateUnknownError as error:
            if error.attempts_remaining == UNKNOWN_ATTEMPTS:
                self.close()
            raise
        except PinRequiredError as error:
            self._verified.discard(error.key)
            raise

    def close(self) -> None:
        """Power the card off, so that it forgets what was verified; may be repeated, never raises."""
        if not self._is_closed:
            self._is_closed = True
            self._verified.clear()
            self.files.connection.disconnect()
