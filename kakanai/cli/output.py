"""How the command line speaks: JSON or plain Japanese on standard output, messages on standard error."""

import contextlib
import json
import logging
import os
import sys
from collections.abc import Mapping, Sequence
from typing import Any, TextIO

from kakanai.cli.diagnostic_log import diagnostic_line
from kakanai.errors import KakanaiError
from kakanai.messages import UNFORESEEN, Message, message_for

logger = logging.getLogger(__name__)


class Output:
    """Standard output and error of one run; `as_json` prints machine-readable results.

    A closed or full stream never ends a verb: what a verb has done stands, and its exit status says it.
    """

    def __init__(self, *, as_json: bool) -> None:
        self.as_json = as_json
        self.has_told = False
        """Whether a result or a failure was told."""

    def result(self, data: Mapping[str, Any], lines: Sequence[str], *, precious: bool = False) -> None:
        """The result: the data as one JSON object, or the lines for a person.

        `precious` lines (case number, where the paper is; nothing personal) go to standard error when
        standard output does not take the result.
        """
        self._say(data, lines, lines if precious else ())
        self.has_told = True

    def text(self, text: str) -> None:
        """A text for people as it is: help, version."""
        self._put(text, ())

    def note(self, text: str) -> None:
        """A remark on the way, on standard error."""
        _write(sys.stderr, text)

    def failure(
        self,
        error: KakanaiError,
        extra: Mapping[str, Any] | None = None,
        *,
        next_step: str | None = None,
        lines: Sequence[str] = (),
        precious: bool = True,
    ) -> None:
        """A foreseen failure: code, what happened, what to do next; its code goes to the diagnostic log.

        Args:
            error: The failure.
            extra: What stands in the JSON object beside it.
            next_step: What to do next, where the sentence of the code does not fit this verb.
            lines: What came out in spite of it, for a person.
            precious: As in `result`, of the lines.
        """
        logger.warning("%s", diagnostic_line(error))
        message = message_for(error)
        told = Message(message.what, next_step or message.next_step)
        self._fail(error.code, told, extra or {}, lines, lines if precious else ())

    def unforeseen(self, code: str) -> None:
        """A bug: its reference only; what went wrong stands in the diagnostic log, without values."""
        self._fail(code, UNFORESEEN, {}, (), ())

    def _fail(
        self,
        code: str,
        message: Message,
        extra: Mapping[str, Any],
        lines: Sequence[str],
        precious: Sequence[str],
    ) -> None:
        told = {"code": code, "message": message.what, "next_step": message.next_step}
        if self.as_json or lines:
            self._say({"error": told, **extra}, lines, precious)
        self.note(f"[{code}] {message.what}")
        self.note(f"  次にすること: {message.next_step}")
        self.has_told = True

    def _say(self, data: Mapping[str, Any], lines: Sequence[str], precious: Sequence[str]) -> None:
        text = json.dumps(data, ensure_ascii=False, indent=1) if self.as_json else "\n".join(lines)
        self._put(text, precious)

    def _put(self, text: str, precious: Sequence[str]) -> None:
        failure = _write(sys.stdout, text)
        if failure is None:
            return
        if precious:
            self.note("標準出力に書けませんでした。結果は次のとおりです。")
            self.note("\n".join(precious))
        elif not isinstance(failure, BrokenPipeError):  # somebody who reads only the head wants no more
            self.note("標準出力に書けませんでした。")


def _write(stream: TextIO | None, text: str) -> Exception | None:
    """What kept the stream from taking the text (a closed pipe, a full disk, no stream at all), or None."""
    if stream is None:
        return OSError()
    try:
        stream.write(f"{text}\n")
        stream.flush()
    except (OSError, ValueError) as error:
        _give_up(stream)
        return error
    return None


def _give_up(stream: TextIO) -> None:
    # Python writes the rest when it ends, and would end with a status of its own if that failed again.
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        try:
            os.dup2(nowhere, stream.fileno())
        finally:
            os.close(nowhere)
