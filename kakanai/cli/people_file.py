"""The people besides the visitor in the answers of `fill`: `"people": [{"place": "member", "name": …}]`."""

from collections.abc import Mapping
from dataclasses import dataclass

from kakanai.counter import Counter
from kakanai.identity.by_hand import person_from_mapping
from kakanai.identity.errors import HandEntryError
from kakanai.identity.my_number import MyNumber
from kakanai.identity.person import Person
from kakanai.reception.case import Case

_PLACE = "place"
_MOST_PEOPLE = 99


@dataclass(frozen=True, repr=False)
class TypedPerson:
    """One person of the file, and where they stand in the case."""

    place: str
    person: Person
    my_number: MyNumber | None


@dataclass(frozen=True, repr=False)
class TypedPeople:
    """The people of a file in order, and whether no address may be known 支援措置."""

    people: tuple[TypedPerson, ...]
    is_protected: bool


def take_people(answers: dict[str, object]) -> TypedPeople:
    """Take `people` and `protected` out of the answers; the first person is `c1` in their rows, then `c2`.

    Raises:
        HandEntryError: not a list of people, or one of them cannot be taken; no value is repeated.
    """
    is_protected = answers.pop("protected", False)
    if not isinstance(is_protected, bool):
        raise HandEntryError(field="protected", reason="type")
    return TypedPeople(tuple(_people(answers.pop("people", []))), is_protected)


def _people(given: object) -> list[TypedPerson]:
    if not isinstance(given, list) or len(given) > _MOST_PEOPLE:
        raise HandEntryError(field="people", reason="type")
    people: list[TypedPerson] = []
    for entry in given:
        if not isinstance(entry, Mapping) or not isinstance(entry.get(_PLACE), str):
            raise HandEntryError(field=_PLACE, reason="type")
        person, number = person_from_mapping({key: entry[key] for key in entry if key != _PLACE})
        people.append(TypedPerson(entry[_PLACE], person, number))
    return people


def add_people(counter: Counter, case: Case, typed: TypedPeople) -> None:
    """Take the people into the case; 個人番号 only where a chosen form has a box for it.

    Raises:
        UnknownPlaceError, CardNameMissingError, LogStorageError: nothing was printed.
    """
    for one in typed.people:
        number = one.my_number if counter.wants_my_number_at(case, one.place) else None
        counter.add_person_by_hand(case, one.place, one.person, number)
    if typed.is_protected:
        counter.protect_address(case)
