"""Input files: one JSON object, UTF-8."""

import json
from pathlib import Path
from typing import Any

from kakanai.cli.errors import InputFileError


class _RepeatedKeyError(ValueError):
    """One object has a key twice; which of the two values is meant nobody can tell."""


def read_json_object(path: Path) -> dict[str, Any]:
    """The object in the file.

    Raises:
        InputFileError: unreadable, not UTF-8 JSON, a key twice, no object; nothing in it is repeated.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"), object_pairs_hook=_each_key_once)
    except json.JSONDecodeError as error:
        # Not chained: the error carries the whole document, a person's data.
        raise InputFileError(file=path.name, reason="syntax", line=error.lineno) from None
    except (OSError, ValueError, RecursionError) as error:
        raise InputFileError(file=path.name, reason=_reason(error)) from None
    if not isinstance(data, dict):
        raise InputFileError(file=path.name, reason="no_object")
    return data


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _RepeatedKeyError
    return found


def _reason(error: Exception) -> str:
    match error:
        case FileNotFoundError():
            return "missing"
        case OSError():
            return "unreadable"
        case UnicodeDecodeError():
            return "encoding"
        case RecursionError():
            return "nesting"
        case _RepeatedKeyError():
            return "repeated_key"
    # What is left of ValueError is Python's limit on the digits of one number.
    return "number"
