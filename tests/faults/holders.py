"""The people whose cards come to the counter: no two share a fact, a PIN or a number of the same kind."""

import dataclasses
import functools
import random

from kakanai.cardreader.simulator.specimen import load_specimen
from kakanai.cardreader.simulator.specimen_card import build_card
from kakanai.cardreader.simulator.specimen_types import GRANTED_ATTEMPTS, MyNumberSpecimen
from tests.faults.spied_card import SeenVerify, SpiedCard

_MY_NUMBER = (
    "hashigo-taka",
    "tatsu-saki",
    "long-address",
    "child-without-jpki",
    "no-pins",
    "forged",
    "cloned",
    "unknown-issuer",
    "licence-mynumber",
)
_LICENCES = ("licence-plain", "licence-moved", "licence-gaiji", "licence-no-pin", "licence-locked")
_RESIDENCE = (
    "residence-back-address",
    "residence-front-address",
    "residence-second-generation",
    "residence-special-permanent",
    "residence-forged",
)
_OTHERS = ("juki-card", "blank-card")
HOLDERS = len((*_MY_NUMBER, *_LICENCES, *_RESIDENCE, *_OTHERS))


@dataclasses.dataclass(repr=False)
class Holder:
    """A holder by specimen id, with the card and the true values of its keys by where they lie.

    `group` is what the card is: mynumber, licence, residence or other. `secrets` are what must never be told.
    """

    id: str
    group: str
    card: SpiedCard
    keys: dict[str, str]
    secrets: frozenset[str]

    def another(self, chance: random.Random) -> "Holder":
        """Someone else, by chance."""
        return chance.choice([holder for holder in holders() if holder is not self])

    def wrong(self, place: str) -> str:
        """A value of the right form that does not open this card: the next holder's."""
        return _WRONG[self.id, place]

    def __repr__(self) -> str:
        return self.id


SEEN: list[SeenVerify] = []
"""Every VERIFY with data that reached any card."""


@functools.cache
def holders() -> tuple[Holder, ...]:
    """All of them; their cards are built once, and `make_new` takes them back to where they were."""
    people = (
        *(_my_number(name, at) for at, name in enumerate(_MY_NUMBER)),
        *(_licence(name, at) for at, name in enumerate(_LICENCES)),
        *(_residence(name) for name in _RESIDENCE),
        *(_other(name) for name in _OTHERS),
    )
    for group in {one.group for one in people}:
        _choose_wrong_values([one for one in people if one.group == group])
    return people


_WRONG: dict[tuple[str, str], str] = {}


def _choose_wrong_values(people: list[Holder]) -> None:
    for at, one in enumerate(people):
        for place, value in one.keys.items():
            others = [
                other.keys[place]
                for other in people[at + 1 :] + people[:at]
                if other.keys.get(place, "****") != "****"
            ]
            _WRONG[one.id, place] = next((other for other in others if other != value), "0000")


def _my_number(name: str, at: int) -> Holder:
    found = load_specimen(name)
    assert isinstance(found, MyNumberSpecimen)
    pins = {**found.pins, "text": f"73{at:02}", "auth": f"47{at:02}", "sign": f"FAULTY{at:02}"}
    specimen = dataclasses.replace(found, pins=pins)
    licence = specimen.mynumber_licence
    keys = {
        "text/0011": pins["text"],
        "text/0015": specimen.collation_b,
        "surface/0012": specimen.collation_b,
        "jpki/001B": pins["sign"],
        "jpki/0018": pins["auth"],
        **({"mynumber_licence/0006": str(licence["pin"])} if licence else {}),
    }
    person = specimen.person
    facts = (person.name, specimen.issued_person.name, person.address, person.birth_date, specimen.my_number)
    granted = {**specimen.attempts, **({"mynumber_licence": 10} if licence else {})}
    assert set(specimen.attempts) == set(GRANTED_ATTEMPTS)
    card = SpiedCard(build_card(specimen), name, SEEN, granted, keeps_state_at_reset=True)
    return Holder(name, "mynumber", card, keys, _secrets(facts, keys))


def _licence(name: str, at: int) -> Holder:
    found = load_specimen(name)
    pins = {key: f"{first}{at:02}" for key, first in (("pin1", 83), ("pin2", 59)) if key in found.content}
    mark = "甲乙丙丁戊"[at]
    own = {"name": f"{found.content['name']}{mark}", "address": f"岡山県倉敷市架空町{mark}番"}
    content = {**found.content, **own, **pins, "birth_date": f"1985021{at}"}
    specimen = dataclasses.replace(found, content=content)
    keys = {f"MF/000{digit}": pins.get(f"pin{digit}", "****") for digit in (1, 2)}
    facts = (*own.values(), str(content["licence_number"]), str(content["registered_domicile"]))
    granted = {"pin1": int(content.get("attempts1", 3)), "pin2": int(content.get("attempts2", 3))}
    card = SpiedCard(build_card(specimen), name, SEEN, granted, keeps_state_at_reset=False)
    return Holder(name, "licence", card, keys, _secrets(facts, keys))


def _residence(name: str) -> Holder:
    found = load_specimen(name)
    number = str(found.content["number"])
    address = found.content.get("address", {}).get("text", number)
    card = SpiedCard(build_card(found), name, SEEN, {}, keeps_state_at_reset=False)
    return Holder(name, "residence", card, {"MF/0006": number}, _secrets((address,), {"": number}))


def _other(name: str) -> Holder:
    granted = {"sign": 5, "auth": 3} if name == "juki-card" else {}
    card = SpiedCard(build_card(load_specimen(name)), name, SEEN, granted, keeps_state_at_reset=True)
    return Holder(name, "other", card, {}, frozenset())


def _secrets(facts: tuple[str, ...], keys: dict[str, str]) -> frozenset[str]:
    told = {*facts, *keys.values()} - {"****"}
    return frozenset(told | {text.encode("utf-8").hex() for text in told})
