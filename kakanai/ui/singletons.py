"""Keeps None, True and False alive under PySide6 6.12 on Python 3.11, which counts them wrongly."""

import ctypes
import sys
from typing import Final

_SINGLETONS: Final = (None, True, False, Ellipsis, NotImplemented)
_PLENTY: Final = 1 << 60
_kept: list[bool] = []


def keep_singletons() -> None:
    """Give the singletons so many references that none of them can be freed; once is enough.

    From Python 3.12 on they are immortal by themselves (PEP 683, given) and nothing is done.

    Source:
        Observed: PySide6 6.12.0 on CPython 3.11 takes one reference of None too many at every return of a
        Python slot or overridden method; after some thousand calls the interpreter aborts with
        "none_dealloc". 6.11.3 and 6.8.3 do not. Other objects were counted rightly.
        Observed: the count is the first word of every object in CPython 3.11.
    """
    if sys.version_info >= (3, 12) or sys.implementation.name != "cpython" or _kept:
        return
    _kept.append(True)
    for singleton in _SINGLETONS:
        ctypes.c_ssize_t.from_address(id(singleton)).value += _PLENTY
