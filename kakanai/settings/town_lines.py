"""In which line of the town's file something stands, as its author wrote it."""

import re
from typing import Final

_HEADER: Final = re.compile(r"""\s*\[\[?\s*["']?(?P<table>[^\]"']+?)["']?\s*\]""")
_ASSIGNMENT: Final = re.compile(
    r"""\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'=.]+))\s*[=.]"""
)


def line_of(text: str, table: str, key: str | None) -> int:
    """The 1-based line that sets `key` in `table` (None: the heading); 1 when it is spelt unusually."""
    current = ""
    heading_line = 1
    for number, line in enumerate(text.splitlines(), start=1):
        heading = _HEADER.match(line)
        if heading:
            current = heading["table"]
            if current == table or current.startswith(f"{table}."):
                heading_line = number
                if key is None or current == f"{table}.{key}":
                    return number
            continue
        assignment = _ASSIGNMENT.match(line)
        if not assignment:
            continue
        name = next(part for part in assignment.groups() if part is not None)
        if key is not None and current == table and name == key:
            return number
        if not current and name == table:  # dotted or inline: town.name = …
            return number
    return heading_line
