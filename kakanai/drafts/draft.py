"""One draft 下書き: a case in hand as it was at one moment, in plain data that goes nowhere unsealed."""

import datetime as dt
import json
import secrets
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from kakanai.drafts.errors import DraftDamagedError

FORMAT: Final = 1
JST: Final = dt.timezone(dt.timedelta(hours=9), "JST")
"""Japan Standard Time; without summer time since 1952 (given)."""


class DraftState(StrEnum):
    """Whether the clerk was at work on the case, or had put it aside 保留."""

    OPEN = "open"
    SUSPENDED = "suspended"


@dataclass(frozen=True, repr=False)
class Draft:
    """A case in hand. `id` is random and names the file; `body` is what goes on from it, and personal.

    `number` is "" while nothing has a case number 受付番号 yet. `saved_at` is UTC.
    """

    id: str
    number: str
    saved_at: dt.datetime
    state: DraftState
    body: Mapping[str, Any]

    def __repr__(self) -> str:
        return f"Draft({self.number or '-'}, {self.state.value})"

    @property
    def day(self) -> dt.date:
        """The day in Japan on which it was saved."""
        return self.saved_at.astimezone(JST).date()

    @property
    def clock(self) -> str:
        """The time in Japan at which it was saved, such as 10:42."""
        return self.saved_at.astimezone(JST).strftime("%H:%M")


def new_id() -> str:
    """A name that tells nothing."""
    return secrets.token_hex(16)


def to_json(draft: Draft) -> bytes:
    """The draft as it is sealed; bytes of the body become {"~64": text}.

    Raises:
        TypeError: the body holds something else than plain data.
    """
    told = {
        "format": FORMAT,
        "id": draft.id,
        "number": draft.number,
        "saved_at": draft.saved_at.isoformat(),
        "state": draft.state.value,
        "body": draft.body,
    }
    return json.dumps(told, default=_as_text, separators=(",", ":")).encode("ascii")


def from_json(content: bytes) -> Draft:
    """The draft that `to_json` wrote.

    Raises:
        DraftDamagedError: this is none, or one of another format.
    """
    try:
        told = json.loads(content, object_hook=_from_text)
        if told["format"] != FORMAT:
            raise DraftDamagedError(count=1)
        saved_at = dt.datetime.fromisoformat(told["saved_at"]).astimezone(dt.UTC)
        return Draft(str(told["id"]), str(told["number"]), saved_at, DraftState(told["state"]), told["body"])
    except (ValueError, KeyError, TypeError) as error:
        raise DraftDamagedError(count=1) from error


def _as_text(value: object) -> dict[str, str]:
    if not isinstance(value, bytes):
        raise TypeError(f"no plain data: {type(value).__name__}")
    return {"~64": b64encode(value).decode("ascii")}


def _from_text(told: dict[str, Any]) -> Any:  # noqa: ANN401 - bytes or the mapping as it is
    return b64decode(told["~64"]) if told.keys() == {"~64"} else told
