"""What the visitor's screen may show: the only way for data to reach it, never 個人番号, never a digit."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from kakanai.identity.birth_date import BirthDate
from kakanai.identity.person import Person
from kakanai.reception.case import Case
from kakanai.ui.pin_prompt import PinPrompt

_KANA = "visitor.kana"


class Board(StrEnum):
    """What is on the screen."""

    NEUTRAL = "neutral"  # the town's name, nothing of anybody
    PIN = "pin"
    CHECK = "check"  # the person's data, with yes and no
    THANKS = "thanks"  # after yes
    TELL_STAFF = "tell_staff"  # after no
    MESSAGE = "message"  # a phrase or the clerk's own words


@dataclass(frozen=True, repr=False)
class ShownPerson:
    """The data of one person that the visitor is asked to check; "" and None are left out on the screen."""

    name: str
    kana: str
    address: str
    birth_date: BirthDate | None
    procedures: tuple[str, ...]

    def __repr__(self) -> str:
        return "ShownPerson(****)"


@dataclass(frozen=True, repr=False)
class VisitorView:
    """One picture of the screen. Built by the functions below and nowhere else."""

    board: Board = Board.NEUTRAL
    prompt: PinPrompt | None = None
    person: ShownPerson | None = None
    japanese: str = ""
    translated: Mapping[str, str] | None = None

    def __repr__(self) -> str:
        return f"VisitorView({self.board.value})"


NEUTRAL = VisitorView()


def pin_view(prompt: PinPrompt) -> VisitorView:
    """The PIN is asked for: which one, how many digits are in, how many tries are left."""
    return VisitorView(Board.PIN, prompt=prompt)


def visitor_check(case: Case, values: Mapping[str, object]) -> VisitorView:
    """The visitor's own data to check; neutral while nobody is identified.

    `values` are the case's facts, of which only the visitor's own フリガナ is looked at. A protected address
    支援措置 is not shown.
    """
    if case.person is None:
        return NEUTRAL
    kana = values.get(_KANA)
    return _check(case, case.person, kana if isinstance(kana, str) else "")


def companion_check(case: Case, key: str) -> VisitorView:
    """The data of another person of the case to check, whom the clerk chose; neutral when there is none."""
    companion = case.companions.get(key)
    return NEUTRAL if companion is None else _check(case, companion.person, "")


def _check(case: Case, person: Person, kana: str) -> VisitorView:
    return VisitorView(
        Board.CHECK,
        person=ShownPerson(
            name=person.name,
            kana=kana,
            address="" if case.is_protected else person.address,
            birth_date=person.birth_date,
            procedures=tuple(procedure.title for procedure in case.procedures),
        ),
    )


def answered_view(*, agrees: bool) -> VisitorView:
    """What is said after 合っています or なおします; the data is gone already."""
    return VisitorView(Board.THANKS if agrees else Board.TELL_STAFF)


def message_view(japanese: str, translated: Mapping[str, str] | None = None) -> VisitorView:
    """A phrase in Japanese with its translations by language, or the clerk's own words, which have none."""
    return VisitorView(Board.MESSAGE, japanese=japanese, translated=translated or {})
