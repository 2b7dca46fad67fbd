"""Whether what the town's file names exists: sections, counters, forms that may bear 個人番号."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kakanai.datafile import load_data_file
from kakanai.resources import resource_root
from kakanai.settings.town_rules import COUNTERS, MAX_ADDRESSEE_LENGTH, PLACEHOLDER, Tables, is_line


@dataclass(frozen=True)
class UnknownReference:
    """A value that names nothing: where it stands, what it names, and what may be named instead."""

    table: str
    key: str
    given: str
    known: tuple[str, ...]


def unknown_references(own: Tables, merged: Tables) -> Iterator[UnknownReference]:
    """What the town's own tables name that does not exist; each value fits its kind already."""
    sections = tuple(merged["sections"])
    for name, section in own.get(COUNTERS, {}).items():
        if section not in sections:
            yield UnknownReference(COUNTERS, name, str(section), sections)
    counters, here = tuple(own.get(COUNTERS, {})), str(merged["counter"]["counter_name"])
    if counters and here not in counters and "counter_name" in own.get("counter", {}):
        yield UnknownReference("counter", "counter_name", here, counters)
    forms = own.get("my_number", {}).get("forms", [])
    for form in forms if isinstance(forms, list) else []:
        if form not in ordinance_forms():
            yield UnknownReference("my_number", "forms", str(form), ordinance_forms())


def counter_left_out(own: Tables, merged: Tables) -> str:
    """The name of this counter when the town's list of counters leaves it out and the town names no other."""
    here = str(merged["counter"]["counter_name"])
    left_out = bool(own.get(COUNTERS)) and here not in own[COUNTERS]
    return here if left_out and "counter_name" not in own.get("counter", {}) else ""


def too_long_addressee(merged: Tables, key: str) -> bool:
    """Whether an addressee is longer than its box once the town's names stand in it."""
    return not is_line(addressee(merged, key), MAX_ADDRESSEE_LENGTH)


def addressee(merged: Tables, key: str) -> str:
    """The words of an addressee 宛先, with the town's names in their places."""
    town = merged["town"]
    return PLACEHOLDER.sub(lambda found: str(town[found[1]]), str(merged["addressees"][key]))


@lru_cache(maxsize=1)
def ordinance_forms() -> tuple[str, ...]:
    """The △ forms: those that bear 個人番号 only where a town's 条例 says so."""
    register = load_data_file(resource_root() / "forms" / "my_number.yaml").mapping()
    entries = [node.mapping() for node in register["forms"].items()]
    return tuple(e["id"].text() for e in entries if e["rule"].text() == "by-ordinance")
