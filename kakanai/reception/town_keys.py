"""The keys that the town's settings have, which data files may name: sections 課 and fees 手数料."""

import tomllib
from collections.abc import Mapping
from functools import lru_cache

from kakanai.datafile import Node
from kakanai.resources import resource_root


@lru_cache(maxsize=1)
def town_keys() -> Mapping[str, frozenset[str]]:
    """The keys of each table of the town's settings; the shipped file alone decides which there are."""
    shipped = resource_root() / "town" / "mihon.toml"
    tables = tomllib.loads(shipped.read_text(encoding="utf-8"))
    return {name: frozenset(values) for name, values in tables.items()}


def section_of(node: Node) -> str:
    """The key of the section 課, which the town's settings must have."""
    return node.one_of(town_keys()["sections"])
