"""A PIN of a card 暗証番号 with its counter of tries, as one visit of the card knows it."""

from kakanai.cardreader.card_files import CardFiles
from kakanai.cardreader.errors import (
    UNKNOWN_ATTEMPTS,
    CardRemovedError,
    CardStatusError,
    CommunicationError,
    NoServiceError,
    PinLockedError,
    PinStateUnknownError,
    ReaderGoneError,
    WrongPinError,
)
from kakanai.cardreader.kinds import CardKey

# After any of these the card may or may not have seen the last command.
ANSWER_LOST = (CardRemovedError, CommunicationError, ReaderGoneError, NoServiceError)


class CountedKey:
    """The key in `file_id` of the selected DF; `granted` tries are there again after a right one.

    `attempts` is the last counter the card told, 0 for locked, -1 while it is unknown.
    """

    def __init__(self, files: CardFiles, file_id: int, key: CardKey, granted: int) -> None:
        self._files = files
        self._file_id = file_id
        self._granted = granted
        self.key = key
        self.attempts = UNKNOWN_ATTEMPTS
        self.is_verified = False

    def refresh(self) -> int:
        """The counter, read again by an empty VERIFY; uses up no try.

        Raises:
            CardStatusError: the card tells no counter.
            CardRemovedError, CommunicationError: as the connection does.
        """
        self.attempts = self._files.attempts_remaining(self._file_id)
        return self.attempts

    def refuse_if_locked(self) -> None:
        """Nothing, or PinLockedError without a command to the card."""
        if self.attempts == 0:
            raise PinLockedError(self.key)

    def present(self, value: bytes) -> None:
        """Present the value, once and never again; returning means it was right.

        Raises:
            WrongPinError, PinLockedError: it was wrong, or the key was locked.
            PinStateUnknownError: the answer was lost; the counter was asked once, -1 when that failed too.
            CardStatusError: an answer that tells neither.
        """
        self.is_verified = False
        self.attempts = UNKNOWN_ATTEMPTS
        try:
            self._files.verify(self._file_id, value, self.key)
        except WrongPinError as error:
            self.attempts = error.attempts_remaining
            raise
        except PinLockedError:
            self.attempts = 0
            raise
        except ANSWER_LOST as error:
            raise PinStateUnknownError(self._after_lost_answer(), self.key) from error
        self.is_verified = True
        self.attempts = self._granted

    def _after_lost_answer(self) -> int:
        try:
            return self.refresh()
        except (*ANSWER_LOST, CardStatusError):
            return UNKNOWN_ATTEMPTS
