"""The hands and eyes that a walk needs, and what all walks have in common."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Protocol

QUESTION, FINDING, PRINT = 2, 3, 4
"""The stretches ③, ④ and ⑤ by their place."""
_MOST_STOPS = 200


@dataclass(frozen=True)
class Japanese:
    """A text that is typed by its katakana reading, converted and taken."""

    text: str
    reading: str


ENTER: Final = "\r"
Typed = str | Japanese
Answers = Mapping[str, tuple[Typed, ...]]
"""By the question under the cursor (`visitor.kana`, `member.kana[c1]`): what is typed there."""


@dataclass(frozen=True)
class Seen:
    """What the window shows: the open stretch, the question under the cursor, and how far the case is."""

    stretch: int
    question: str
    is_at_end: bool
    is_asking_key: bool
    is_asking_number: bool
    has_person: bool
    people: int
    event: str
    forms: tuple[str, ...]
    is_card_there: bool
    is_asking_whose: bool
    can_print: bool
    printed: tuple[str, ...]
    visitor_board: str
    """What is on the visitor's screen: the name of the board, "" while the screen is not there."""
    visitor_language: str


class Clerk(Protocol):
    """Presses keys at a real window. Cards are put and taken by the visitor, which is no key."""

    def put_card(self, specimen: str) -> None:
        """Put a card on the reader."""

    def take_card(self) -> None:
        """Take the card away."""

    def visitor_agrees(self) -> None:
        """The visitor touches 合っています on the screen of their own, which is no click of the clerk's."""

    def secret(self, digits: str) -> None:
        """A PIN or 照合番号B, counted apart, and Enter."""

    def key(self, key: str, *modifiers: str) -> None:
        """One key by its name: `F8`, `Down`; modifiers are held down with it."""

    def enter(self, times: int = 1) -> None:
        """Enter, so often."""

    def keys(self, typed: str) -> None:
        """Letters and digits as they are on the keyboard."""

    def japanese(self, text: str, reading: str) -> None:
        """Text by an input method."""

    def wait_for(self, what: str, condition: Callable[[Seen], object]) -> Seen:
        """What is seen once the condition holds."""

    def mark(self, step: str) -> None:
        """A step of the walk is done; here the power may fail."""


def read_visitor(clerk: Clerk, specimen: str, pin: str = "1234") -> None:
    """The visitor puts a card there and enters its PIN; the clerk goes on to ②."""
    clerk.put_card(specimen)
    clerk.wait_for("the question for the PIN", lambda seen: seen.is_asking_key)
    clerk.secret(pin)
    clerk.wait_for("the visitor", lambda seen: seen.has_person and not seen.is_asking_key)
    clerk.mark("card read")
    clerk.enter()


def add_by_card(clerk: Clerk, specimen: str, place: str, pin: str = "1234") -> None:
    """One more card; `place` is the digit that answers 「この人はだれですか」."""
    before = put_further_card(clerk, specimen, place)
    clerk.secret(pin)
    clerk.wait_for("one more person", lambda seen: seen.people > before and not seen.is_asking_key)
    clerk.mark(f"card of {specimen} read")


def add_by_card_number(clerk: Clerk, specimen: str, place: str, birth: str, code: str) -> None:
    """One more card, by 照合番号B: the date of birth and the security code, as both are printed on it."""
    before = put_further_card(clerk, specimen, place)
    clerk.key("F10")
    clerk.wait_for("the page for 照合番号B", lambda seen: seen.is_asking_number)
    clerk.keys(birth)
    clerk.enter()  # the year of expiry is known from the chip
    clerk.secret(code)
    clerk.wait_for("one more person", lambda seen: seen.people > before and not seen.is_asking_key)
    clerk.mark(f"card of {specimen} read")


def put_further_card(clerk: Clerk, specimen: str, place: str) -> int:
    """The next card lies there, it is said whose it is, and its page is open; how many people were there."""
    before = clerk.wait_for("the window", lambda seen: True).people
    clerk.take_card()
    clerk.wait_for("no card", lambda seen: not seen.is_card_there)
    clerk.put_card(specimen)
    clerk.wait_for("the question whose card it is", lambda seen: seen.is_asking_whose)
    clerk.keys(place)
    clerk.wait_for("the card's page", lambda seen: seen.is_asking_key)
    return before


def follow_event(clerk: Clerk, number: str) -> None:
    """Choose a life event in ② by its digit."""
    clerk.keys(number)
    clerk.enter()
    clerk.wait_for("the event", lambda seen: seen.event)
    clerk.mark("event chosen")


def choose_procedure(clerk: Clerk, number: str) -> None:
    """Choose a procedure in ② by its two digits."""
    before = clerk.wait_for("the window", lambda seen: True).forms
    clerk.keys(number)
    clerk.enter()
    clerk.wait_for("the procedure", lambda seen: seen.forms != before)
    clerk.mark("procedure chosen")


def answer(clerk: Clerk, answers: Answers, until: str = "") -> None:
    """Answer ③ as the cursor goes, until that question or the button at its end; Enter at other buttons.

    Raises:
        LookupError: the cursor stopped at a question that the walk knows no answer to.
    """
    group = ""
    for _ in range(_MOST_STOPS):
        seen = clerk.wait_for("the window", lambda seen: True)
        if seen.stretch != QUESTION or seen.is_at_end:
            clerk.mark("answered")
            return
        if until and seen.question == until:
            clerk.mark(f"answered as far as {until}")
            return
        if seen.question and seen.question not in answers:
            raise LookupError(seen.question)
        now = seen.question.split(".")[0]
        if group and now != group:
            clerk.mark(f"group {group} answered")
        group = now
        for typed in answers.get(seen.question, (ENTER,)):
            if isinstance(typed, Japanese):
                clerk.japanese(typed.text, typed.reading)
            elif typed == ENTER:
                clerk.enter()
            else:
                clerk.keys(typed)
    raise LookupError(f"the cursor stays at {seen.question}")


def check_and_print(clerk: Clerk) -> None:
    """F8 opens ⑤, where pages and printer are told; again, it prints. What ④ finds would stop it there."""
    clerk.key("F8")
    clerk.wait_for("a printer", lambda seen: seen.stretch == PRINT and seen.can_print)
    clerk.mark("before print")
    clerk.key("F8")
    clerk.wait_for("paper", lambda seen: seen.printed)
    clerk.mark("after print")
