"""A counter where cards come and go, sessions are opened, asked and closed, and anything goes wrong."""

import dataclasses
import random
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from kakanai.cardreader.card_status import read_card_status
from kakanai.cardreader.connection import ReaderLimits
from kakanai.cardreader.driver_licence.mynumber_licence_session import MyNumberLicenceSession
from kakanai.cardreader.driver_licence.session import DriverLicenceSession
from kakanai.cardreader.mynumber.session import MyNumberCardSession
from kakanai.cardreader.open_card import open_card
from kakanai.cardreader.residence_card.session import ResidenceCardSession
from tests.faults.faulty_reader import Slot
from tests.faults.holders import HOLDERS, Holder, holders
from tests.faults.planned_faults import Extended, Habits, PlannedFault
from tests.faults.tally import TALLY
from tests.faults.visit import Visit, check_error, no_try

_OWN = {
    "mynumber": MyNumberCardSession.open,
    "licence": DriverLicenceSession.open,
    "residence": ResidenceCardSession.open,
    "other": open_card,
}
_FOREIGN = (*_OWN.values(), MyNumberLicenceSession.open)
_OPENERS = 16
_REFUSALS = (0x6A86, 0x6A81, 0x6986, 0x6B00)

CHANCE = random.Random(0)  # noqa: S311  # no secret here is one
"""What cards and program take for random in this test: the same in every run of an example."""

_HABITS = (
    *[Habits()] * 7,
    *(Habits(no_short_ids=refusal) for refusal in _REFUSALS),
    *(Habits(extended) for extended in Extended),
    Habits(Extended.REFUSED, 0x6A86),
)
_NUMBERS = 2**24  # hypothesis draws smaller integers evenly, larger ones mostly small


@dataclasses.dataclass(frozen=True)
class PlannedVisit:
    """Whose card comes, how it is opened, what is asked, and what goes wrong at each of these."""

    who: int
    opener: int
    habits: Habits
    opening: PlannedFault
    requests: tuple[tuple[int, PlannedFault], ...]

    @classmethod
    def of(cls, number: int) -> "PlannedVisit":
        """A visit by number; drawn as one, since twenty thousand sessions are to be cheap."""
        chance = random.Random(number)  # noqa: S311
        return cls(
            who=chance.randrange(HOLDERS),
            opener=chance.randrange(_OPENERS),
            habits=chance.choice(_HABITS),
            opening=_opening_fault(chance.randrange(_NUMBERS)),
            requests=tuple(
                (chance.randrange(2**16), PlannedFault.of(chance.randrange(_NUMBERS)))
                for _ in range(chance.choice((1, 2, 2, 3)))
            ),
        )


def _opening_fault(number: int) -> PlannedFault:
    """Less often than in requests, so that most sessions come to be."""
    return PlannedFault.of(number if number % 3 == 0 else 0)


WHO = st.sampled_from(range(HOLDERS))
FAULT = st.integers(0, _NUMBERS - 1).map(PlannedFault.of)
OPENING_FAULT = st.integers(0, _NUMBERS - 1).map(_opening_fault)
REQUEST = st.integers(0, 2**16 - 1)
OPENER = st.sampled_from(range(_OPENERS))
HABITS = st.sampled_from(_HABITS)
VISITS = st.tuples(*[st.integers(0, _NUMBERS - 1).map(PlannedVisit.of)] * 6)


def _chosen(number: int, holder: Holder) -> tuple[Callable[..., Any], bool]:
    """A way to open this holder's card, and whether it is one that must succeed."""
    if "mynumber_licence/0006" in holder.keys and number % 2:
        return MyNumberLicenceSession.open, True
    if number < 12:
        return open_card, holder.group != "other"
    if number < 15:
        # One kind of 個人番号カード refuses its first command; no 在留カード was seen to do so.
        return _OWN[holder.group], holder.group in ("mynumber", "licence")
    foreign = _FOREIGN[len(holder.id) % len(_FOREIGN)]
    return foreign, foreign == _OWN[holder.group] and holder.group != "other"


class CounterMachine(RuleBasedStateMachine):
    """No rule has a precondition, so that what is drawn never hangs on what the cards' chance does."""

    tally = TALLY

    def __init__(self) -> None:
        super().__init__()
        CHANCE.seed(0)
        for holder in holders():
            holder.card.make_new()
        self.slot = Slot()
        self.limits = ReaderLimits()
        self.visit: Visit | None = None

    @rule(who=WHO)
    def put(self, who: int) -> None:
        """Another card instead of what lies there, whether or not a session is open."""
        self.tally.swaps_in_session += self.visit is not None and self.visit.session is not None
        with no_try():
            self.slot.put(holders()[who])

    @rule()
    def remove(self) -> None:
        with no_try():
            self.slot.put(None)

    @rule()
    def lose_power(self) -> None:
        """Unnoticed by the reader, while a session is open or not."""
        if self.visit is not None and self.visit.connection.dead is None and not self._is_over:
            with no_try():
                self.visit.connection._lose_power()
            self.visit.connection.habits_met.add("power lost between requests")

    @property
    def _is_over(self) -> bool:
        return self.visit is None or self.visit.connection.is_disconnected

    @rule(extended=st.sampled_from((None, True, False)))
    def another_reader(self, extended: bool | None) -> None:
        """What is known of the reader is forgotten, or already known."""
        self.close()
        self.limits = ReaderLimits(extended)

    @rule(opener=OPENER, habits=HABITS, fault=OPENING_FAULT)
    def open(self, opener: int, habits: Habits, fault: PlannedFault) -> None:
        self.close()
        holder = self.slot.holder
        if holder is None:
            return
        if holder.group == "residence":
            # Its enciphered files are read by short id only; the specification knows no other form.
            habits = Habits(habits.extended)
        chosen, is_fitting = _chosen(opener, holder)
        visit = Visit(self.slot, self.limits, habits, self.tally)
        if visit.open(chosen, is_fitting=is_fitting, planned=fault):
            self.visit = visit

    @rule(number=REQUEST, fault=FAULT)
    def ask(self, number: int, fault: PlannedFault) -> None:
        if self.visit is not None:
            self.visit.ask(number, fault)

    @rule()
    def close(self) -> None:
        visit, self.visit = self.visit, None
        if visit is not None:
            visit.close()

    @rule(visits=VISITS)
    def whole_visits(self, visits: tuple[PlannedVisit, ...]) -> None:
        """A card comes, is asked once or more and goes; then the next."""
        for visit in visits:
            self.put(visit.who)
            self.open(visit.opener, visit.habits, visit.opening)
            for number, fault in visit.requests:
                self.ask(number, fault)
            self.close()

    @rule(habits=HABITS, fault=FAULT)
    def ask_status(self, habits: Habits, fault: PlannedFault) -> None:
        """The tries of every key, which cost none."""
        self.close()
        if self.slot.holder is None:
            return
        connection = self.slot.connect(self.limits, habits)
        connection.plan(fault)
        error: BaseException | None = None
        with no_try():
            try:
                read_card_status(connection)
            except Exception as raised:  # noqa: BLE001  # judged in check_error
                error = raised
        if error is not None:
            check_error(error, self.tally)
        assert connection.is_disconnected
        assert not connection.holder.card.is_powered

    def teardown(self) -> None:
        self.close()
