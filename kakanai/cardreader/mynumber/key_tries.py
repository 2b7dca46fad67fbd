"""The tries of one key 残り試行回数, and presenting it: one VERIFY for one call, none when it is locked."""

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
from kakanai.cardreader.status_words import StatusWord

ANSWER_LOST = (CardRemovedError, CommunicationError, ReaderGoneError, NoServiceError)
"""After any of these the card may or may not have seen the last command."""


class KeyTries:
    """One key of one カードAP, which must be selected whenever a method is called.

    `attempts` is the last counter the card told (0 = locked, or no such key); `is_known` is False when none
    was told since the last VERIFY whose outcome is not certain. `granted` are the tries a success restores,
    None where no source tells: then the counter is asked again before the next try.
    """

    def __init__(self, files: CardFiles, file_id: int, key: CardKey, *, granted: int | None = None) -> None:
        self._files = files
        self._file_id = file_id
        self._granted = granted
        self.key = key
        self.attempts = UNKNOWN_ATTEMPTS
        self.is_known = False

    def ask(self) -> int:
        """The counter, by an empty VERIFY that uses up no try; 0 where the card has no such key.

        Raises:
            CardStatusError: the card tells no counter.
            CardRemovedError, CommunicationError: as the connection does.
        """
        try:
            return self._know(self._files.attempts_remaining(self._file_id))
        except CardStatusError as error:
            if error.sw == StatusWord.FILE_NOT_FOUND:
                return self._know(0)
            raise

    def before_try(self) -> int:
        """The tries left, asked only if they are not known.

        Raises:
            PinLockedError: none is left.
            CardStatusError: the card tells no counter.
        """
        attempts = self.attempts if self.is_known else self.ask()
        if attempts == 0:
            raise PinLockedError(self.key)
        return attempts

    def present(self, value: bytes) -> None:
        """Send VERIFY once; returning means that the value was right.

        Raises:
            WrongPinError, PinLockedError: wrong; or locked by this try or before.
            PinStateUnknownError: the answer was lost; the counter was read again, or is -1.
            CardStatusError: an answer that tells neither; the counter is asked before the next try.
        """
        self.is_known = False
        try:
            self._files.verify(self._file_id, value, self.key)
        except WrongPinError as error:
            self._know(error.attempts_remaining)
            raise
        except PinLockedError:
            self._know(0)
            raise
        except ANSWER_LOST as error:
            raise PinStateUnknownError(self._after_lost_answer(), self.key) from error
        if self._granted is not None:
            self._know(self._granted)

    def _know(self, attempts: int) -> int:
        self.attempts = attempts
        self.is_known = True
        return attempts

    def _after_lost_answer(self) -> int:
        # Not `ask`: after a reset the AP is no longer selected, so a missing key means nothing here.
        try:
            return self._know(self._files.attempts_remaining(self._file_id))
        except (*ANSWER_LOST, CardStatusError):
            return UNKNOWN_ATTEMPTS
