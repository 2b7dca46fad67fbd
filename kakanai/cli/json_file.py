"""Input files: one JSON object, UTF-8."""

import json
from pathlib import Path
from typing import Any

from kakanai.cli.errors import InputFileError


def read_json_object(path: Path) -> dict[str, Any]:
    """The object in the file.

    Raises:
        InputFileError: unreadable, not UTF-8 JSON, or not an object; its content is not repeated.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
    except json.JSONDecodeError as error:
        # Not chained: the error carries the whole document, a person's data.
        raise InputFileError(file=path.name, line=error.lineno) from None
    except (OSError, UnicodeDecodeError, RecursionError):
        raise InputFileError(file=path.name, line=0) from None
    if not isinstance(data, dict):
        raise InputFileError(file=path.name, line=1)
    return data
