"""How the command line speaks: JSON or plain Japanese on standard output, messages on standard error."""

import json
import sys
from collections.abc import Mapping
from typing import Any

from kakanai.errors import KakanaiError
from kakanai.messages import UNFORESEEN, Message, message_for


class Output:
    """Standard output and error of one run; `as_json` prints machine-readable results."""

    def __init__(self, *, as_json: bool) -> None:
        self.as_json = as_json

    def result(self, data: Mapping[str, Any], lines: list[str]) -> None:
        """The result: the data as one JSON object, or the lines for a person."""
        if self.as_json:
            print(json.dumps(data, ensure_ascii=False, indent=1))  # noqa: T201 - this is the command line's voice
        else:
            print("\n".join(lines))  # noqa: T201
        sys.stdout.flush()

    def note(self, text: str) -> None:
        """A remark on the way, on standard error."""
        print(text, file=sys.stderr, flush=True)  # noqa: T201

    def failure(self, error: KakanaiError, extra: Mapping[str, Any] | None = None) -> None:
        """A foreseen failure: code, what happened, what to do next."""
        self._fail(error.code, message_for(error), extra)

    def unforeseen(self, code: str) -> None:
        """A bug: its reference only; what went wrong stands in the diagnostic log, without values."""
        self._fail(code, UNFORESEEN, None)

    def _fail(self, code: str, message: Message, extra: Mapping[str, Any] | None) -> None:
        if self.as_json:
            told = {"code": code, "message": message.what, "next_step": message.next_step}
            print(json.dumps({"error": told, **(extra or {})}, ensure_ascii=False, indent=1))  # noqa: T201
            sys.stdout.flush()
        self.note(f"[{code}] {message.what}")
        self.note(f"  次にすること: {message.next_step}")
