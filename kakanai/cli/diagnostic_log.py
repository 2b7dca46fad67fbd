"""The diagnostic log 診断ログ: codes and counts of what went wrong, and nothing that somebody typed."""

import contextlib
import logging
import logging.handlers
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from kakanai.errors import KakanaiError
from kakanai.messages import CHECKS, KEYS, KINDS

DIAGNOSTIC_FILE: Final = "kakanai.log"
_BYTES: Final = 1_000_000
_FILES: Final = 5

# Until the file is known nothing is kept; without any handler Python would write it to standard error.
logging.getLogger("kakanai").addHandler(logging.NullHandler())

_TYPED: Final = frozenset({"port"})
"""Numbers that come from the command line: anything may be typed in the wrong place."""

_FIELD: Final = r"[a-z][a-z_]*(\.(?![a-z0-9_]*[0-9]{4})[a-z0-9_]+)?"


def _one_of(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, words)))


_OURS: Final = {
    "check": _one_of(CHECKS),
    "command": re.compile(r"[A-Z]+( [A-Z]+)?"),
    "field": re.compile(_FIELD),
    "fields": re.compile(rf"{_FIELD}(, {_FIELD})*"),
    "form": re.compile(r"(?=[A-Z]+[0-9]{0,3}[A-Z]*\Z)[A-Z][A-Z0-9]{1,9}"),
    "status": re.compile(r"[0-9A-F]{8}|empty"),
    "sw": re.compile(r"[0-9A-F]{4}"),
    "step": re.compile(r"[a-z]{1,12}"),
    "key": _one_of(KEYS),
    "kind": _one_of(KINDS),
    "reason": re.compile(r"[a-z]+[0-9]?([_-]([a-z]+|[0-9A-F]{1,4}))*|E[A-Z0-9]{2,14}"),
}
"""Details made of our own words only, with the shape that these have."""


def diagnostic_line(error: KakanaiError) -> str:
    """The code, counts, and ids of our own catalogues; never a path, a name of a file, reader or printer."""
    return " ".join([error.code, *(f"{k}={v}" for k, v in error.details.items() if _may_be_kept(k, v))])


def _may_be_kept(name: str, value: int | str) -> bool:
    if isinstance(value, int):
        return name not in _TYPED
    shape = _OURS.get(name)
    return shape is not None and shape.fullmatch(value) is not None


class DiagnosticFile(logging.handlers.RotatingFileHandler):
    """The log's file; when it cannot be written, one line says so and the work goes on."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            path, maxBytes=_BYTES, backupCount=_FILES, encoding="utf-8", errors="backslashreplace", delay=True
        )
        self.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
        self._has_told = False

    def handleError(self, record: logging.LogRecord) -> None:
        """Tell once on standard error, instead of a traceback for each entry."""
        if self._has_told:
            return
        self._has_told = True
        if sys.stderr is not None:
            with contextlib.suppress(OSError, ValueError):
                sys.stderr.write(
                    "診断ログに書けません。受付は続けられます(kakanai doctor で確かめられます)。\n"
                )

    def close(self) -> None:
        """Close the file; what it could not take is given up."""
        with contextlib.suppress(OSError, ValueError):
            super().close()
