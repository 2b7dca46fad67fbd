"""One card's visit to the reader, from power on to power off, every step watched from both ends."""

import contextlib
from collections.abc import Callable, Iterator
from typing import Any

from kakanai.cardreader.connection import ReaderLimits
from kakanai.cardreader.driver_licence.readings import LicenceAttempts
from kakanai.cardreader.errors import (
    CardError,
    CardRemovedError,
    CommunicationError,
    NoServiceError,
    PinFormatError,
    PinLockedError,
    PinStateUnknownError,
    ReaderGoneError,
    SessionClosedError,
    WrongPinError,
)
from kakanai.cardreader.kinds import CardKey
from kakanai.errors import KakanaiError
from tests.faults import requests as places
from tests.faults.faulty_reader import Slot
from tests.faults.holders import SEEN, holders
from tests.faults.planned_faults import Fault, Habits, PlannedFault
from tests.faults.reading_check import check_reading
from tests.faults.requests import REQUESTS, Request
from tests.faults.spied_card import COUNTERS
from tests.faults.tally import Tally
from tests.faults.truth import truth_of

EXCHANGES_MAX = (
    300  # of one request: a garbled length of 32767, read in pieces; no request may do without end
)
_SELDOM = 24
_ANSWER_LOST = (CardRemovedError, CommunicationError, ReaderGoneError, NoServiceError)
_NO_PIN = b"****"
_ANY_VALUE = {
    places.TEXT: "0000",
    places.COLLATION: "33033120344218",
    places.FACE: "33033120344218",
    places.SIGN: "ABC123",
    places.NUMBER: "ZZ00000000ZZ",
}
_PLACES = {
    CardKey.TEXT_PIN: places.TEXT,
    CardKey.COLLATION_B: places.COLLATION,
    CardKey.SURFACE_COLLATION_B: places.FACE,
    CardKey.SIGN_PIN: places.SIGN,
    CardKey.AUTH_PIN: places.AUTH,
    CardKey.LICENCE_PIN1: places.PIN1,
    CardKey.LICENCE_PIN2: places.PIN2,
    CardKey.MYNUMBER_LICENCE_PIN: places.MYNUMBER_LICENCE,
}

Counters = dict[str, dict[str, int]]


def all_counters() -> Counters:
    """Of every card, on the reader or not."""
    return {holder.id: holder.card.counters() for holder in holders()}


@contextlib.contextmanager
def no_try() -> Iterator[None]:
    """Nothing that happens inside may present a key or cost a try."""
    before = all_counters()
    SEEN.clear()
    try:
        yield
    finally:
        assert SEEN == [], "VERIFY without a request"
        assert all_counters() == before, "a counter moved without a request"


def check_error(error: BaseException | None, tally: Tally) -> None:
    """It is ours, and neither it nor what caused it tells anything of anybody."""
    if not isinstance(error, KakanaiError):
        tally.foreign_errors += 1
        raise AssertionError("an error that is not ours") from error  # noqa: TRY004
    while error is not None:
        details = getattr(error, "details", {})
        told = f"{error!r} {error} {details}".replace(str(details.get("sw", "-")), "-")
        secrets = [one.id for one in holders() if any(secret in told for secret in one.secrets)]
        assert not secrets, f"{type(error).__name__} tells of {secrets}"
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


class Visit:
    """A connection to the card in the slot, and the session on it once `open` succeeded."""

    def __init__(self, slot: Slot, limits: ReaderLimits, habits: Habits, tally: Tally) -> None:
        self._slot = slot
        self._tally = tally
        self.connection = slot.connect(limits, habits)
        self.holder = self.connection.holder
        self.session: Any = None
        tally.openings += 1

    # --- open and close -----------------------------------------------------------------

    def open(self, opener: Callable[[Any], Any], *, is_fitting: bool, planned: PlannedFault) -> bool:
        """Whether the session could be opened; `is_fitting` says that without faults it must be."""
        self.connection.plan(planned)
        error: BaseException | None = None
        with no_try():
            self.connection.keys_sent = 0
            try:
                self.session = opener(self.connection)
            except Exception as raised:  # noqa: BLE001  # judged in check_error
                error = raised
        assert self.connection.keys_sent == 0, "a key sent by an opening"
        if error is not None:
            check_error(error, self._tally)
            assert self.connection.is_disconnected, "left open by a failed opening"
            assert not is_fitting or self._is_disturbed, f"not opened without a fault: {error}"
            self._end()
            return False
        assert not self.connection.is_disconnected
        return True

    @property
    def _is_disturbed(self) -> bool:
        fired = [fault for fault in self.connection.fired if fault is not Fault.REFUSED_6F00]
        is_after_first = Fault.REFUSED_6F00 in self.connection.fired and bool(self.connection.altered)
        broken = self.connection.habits_met - {"extended refused by 6700", "short ids refused"}
        return bool(fired or is_after_first or broken or self.connection.dead)

    def close(self) -> None:
        """End the session as the window does; the card must be off then."""
        with no_try():
            self.session.close()
            self.session.close()
        assert self.connection.is_disconnected, "not disconnected by close"
        self._tally.sessions += 1
        self._end()

    def _end(self) -> None:
        self._check_power()
        self._tally.faults.update(fault.value for fault in self.connection.fired)
        self._tally.faults.update(self.connection.habits_met)

    def _check_power(self) -> None:
        assert not self.connection.is_disconnected or not self.holder.card.is_powered, "left with power"

    # --- requests -----------------------------------------------------------------------

    def ask(self, number: int, planned: PlannedFault) -> None:
        """One request of the clerk, chosen by number, while something may go wrong."""
        often, seldom = REQUESTS[type(self.session)]
        is_seldom = number % _SELDOM == 0
        request = seldom[number // _SELDOM % len(seldom)] if is_seldom else often[number % len(often)]
        self.connection.plan(planned.altering() if request.is_judged else planned)
        before, exchanges = all_counters(), self.connection.exchanges
        self.connection.keys_sent = 0
        was_closed = self.connection.is_disconnected
        typed: dict[str, str] = {}

        def give(place: str) -> str:
            is_right = place in request.right or self.holder.keys.get(place) == "****"
            value = self.holder.keys.get(place) if is_right else None
            if value is None:
                has_it = place in self.holder.keys
                value = self.holder.wrong(place) if has_it else _ANY_VALUE.get(place, "0000")
            typed[place] = value
            return value

        SEEN.clear()
        told, error = None, None
        try:
            told = request.ask(self.session, give)
        except Exception as raised:  # noqa: BLE001  # judged in check_error
            error = raised
        self.connection.forget_plans()
        self._tally.requests += 1
        assert self.connection.exchanges - exchanges <= EXCHANGES_MAX, "too many exchanges"
        self._check_tries(request, typed, before)
        if error is not None:
            check_error(error, self._tally)
            self._check_refusal(error, was_closed=was_closed, exchanges=exchanges)
        else:
            assert not was_closed, "an answer from a closed session"
            self._check_answer(request, told, typed, before)
        self._check_completeness(request, told, error, before)
        self._tally.outcomes[type(error or told).__name__] += 1
        self._tally.answered[request.name] += error is None
        self._check_power()

    def _check_tries(self, request: Request, typed: dict[str, str], before: Counters) -> None:
        """One VERIFY at most for a key, of what the clerk typed, to the card that was opened."""
        if places.COLLATION in typed and places.FACE in request.keys:
            typed[places.FACE] = typed[places.COLLATION]
        seen = list(SEEN)
        SEEN.clear()
        self._tally.verifies += len(seen)
        asked = {COUNTERS.get(one.place) for one in seen}
        lost = {
            (holder, name): before[holder][name] - left
            for holder, counters in all_counters().items()
            for name, left in counters.items()
            if left < before[holder][name]
        }
        try:
            keys = 2 if _NO_PIN.decode("ascii") in self.holder.keys.values() else len(request.keys)
            assert self.connection.keys_sent <= keys, "VERIFY more often than keys were given"
            assert len({one.place for one in seen}) == len(seen), "VERIFY twice for one request"
            for one in seen:
                assert one.holder == self.holder.id, "VERIFY to another card than was opened"
                self._check_value(one.place, one.value, typed)
            for (holder, name), tries in lost.items():
                assert holder == self.holder.id, "another card lost a try"
                assert name in asked, "a try lost without VERIFY for that key"
                assert tries == 1, "more than one try lost"
        except AssertionError:
            self._tally.unasked_tries += max(1, len(seen) - 1)
            raise
        self._tally.tries += sum(lost.values())

    def _check_value(self, place: str, value: bytes, typed: dict[str, str]) -> None:
        if self.holder.group == "residence":  # enciphered; the card itself compares it
            assert place == places.NUMBER, "VERIFY elsewhere than at the number"
            assert place in typed, "a number nobody typed"
            return
        is_without_pin = _NO_PIN.decode("ascii") in self.holder.keys.values()
        if value == _NO_PIN and place in (places.PIN1, places.PIN2):
            # The card's own rule where no PIN is set; believed only when it was told twice.
            is_told_twice = self.connection.altered.count("MF/000A") > 1
            assert is_without_pin or is_told_twice, "**** to a card with a PIN"
            return
        if COUNTERS.get(place) not in self.holder.card.counters():
            # After an unnoticed loss of power nothing is selected: the card has no key there, so no try.
            allowed = {one.encode("ascii") for one in typed.values()} | (
                {_NO_PIN} if is_without_pin else set()
            )
            assert value in allowed, "a value nobody typed"
            return
        assert place in typed, f"a key nobody typed: {place}"
        assert value == typed[place].encode("ascii"), "another value than was typed"

    def _check_refusal(self, error: BaseException, *, was_closed: bool, exchanges: int) -> None:
        if was_closed:
            assert isinstance(error, SessionClosedError | PinFormatError), "a closed session did something"
            assert self.connection.exchanges == exchanges, "sent after the end"
            return
        is_lost = isinstance(error, _ANSWER_LOST)
        is_lost |= isinstance(error, PinStateUnknownError) and error.attempts_remaining < 0
        assert not is_lost or self.connection.is_disconnected, "not closed after a lost answer"
        if self.connection.altered or not isinstance(error, CardError):
            return
        left = self.holder.card.counters().get(COUNTERS.get(_PLACES.get(getattr(error, "key", None), ""), ""))
        if left is None:
            return
        if isinstance(error, PinLockedError):
            assert left == 0, "told as locked, but is not"
        if isinstance(error, WrongPinError) or (isinstance(error, PinStateUnknownError) and not is_lost):
            assert error.attempts_remaining == left, "told other tries than there are"

    def _check_answer(self, request: Request, told: object, typed: dict[str, str], before: Counters) -> None:
        assert not any(secret in repr(told) for secret in self.holder.secrets), "an answer's repr tells"
        for place in request.right:
            name = COUNTERS.get(place, "")
            if place in typed and typed[place] == self.holder.keys.get(place) and name:
                after = self.holder.card.counters().get(name, 0)
                assert after >= before[self.holder.id].get(name, 0), "a right key cost a try"
        is_wrong = any(typed.get(place, "****") != self.holder.keys.get(place, "****") for place in typed)
        assert not is_wrong or not request.wrong, "a wrong key opened the card"
        if not self.connection.altered:
            self._check_told_tries(request, told, before[self.holder.id])
        check_reading(request, told, self.connection, self._tally)

    def _check_told_tries(self, request: Request, told: Any, before: dict[str, int]) -> None:
        if request.counter:
            assert told == before.get(COUNTERS[request.counter], 0), "another counter than the card's"
        tries = told if isinstance(told, LicenceAttempts) else getattr(told, "attempts_before", None)
        if isinstance(tries, LicenceAttempts):
            assert (tries.pin1, tries.pin2) == (before["pin1"], before["pin2"]), "other tries before"
        elif tries is not None:
            place = _PLACES.get(getattr(told, "opened_by", CardKey.MYNUMBER_LICENCE_PIN), "")
            assert tries == before[COUNTERS[place]], "other tries before"

    def _check_completeness(
        self, request: Request, told: object, error: BaseException | None, before: Counters
    ) -> None:
        """Without a fault, and with tries left, a request ends as it does in the truth."""
        expected = truth_of(self.holder.id).outcomes.get(request.name)
        counters = before[self.holder.id]
        is_locked = any(counters.get(COUNTERS.get(place, ""), 1) == 0 for place in request.keys)
        is_closed = isinstance(error, SessionClosedError)
        if self._is_disturbed or expected is None or is_locked or is_closed:
            return
        if isinstance(expected, frozenset):
            assert error is None, f"{request.name} failed without a fault: {error}"
        elif isinstance(error, PinLockedError):
            assert issubclass(expected, WrongPinError), "locked without a fault"
        else:
            assert isinstance(error, expected), f"{request.name} ended otherwise without a fault"
