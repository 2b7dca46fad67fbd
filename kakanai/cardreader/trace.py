"""One line of the diagnostic log 診断ログ for each exchange with a card: never a data byte."""

import dataclasses
import logging
from typing import Any

from kakanai.cardreader.apdu import CommandApdu, ResponseApdu

_log = logging.getLogger(__name__)


@dataclasses.dataclass(frozen=True)
class TracedExchange:
    """What may be told of an exchange: header, lengths, status word, time; it has no room for data.

    `sw` is None when no answer came, and `error` is then the failure's code.
    """

    header: str
    lc: int
    le: int | None
    extended: bool
    ms: float
    sw: str | None = None
    length: int = 0
    error: str | None = None

    @classmethod
    def answered(cls, command: CommandApdu, response: ResponseApdu, ms: float) -> "TracedExchange":
        """An exchange that got its answer after `ms` milliseconds."""
        return cls(**_told(command), ms=ms, sw=f"{response.sw:04X}", length=len(response.data))

    @classmethod
    def lost(cls, command: CommandApdu, error: str, ms: float) -> "TracedExchange":
        """An exchange that got none."""
        return cls(**_told(command), ms=ms, error=error)


def _told(command: CommandApdu) -> dict[str, Any]:
    return {
        "header": command.header.hex().upper(),
        "lc": len(command.data),
        "le": command.le,
        "extended": command.extended,
    }


def exchange_line(command: CommandApdu, response: ResponseApdu) -> str:
    """Header, Lc, Le, status word and answer length, e.g. `00200091 Lc=4 Le=- > 63C2 length=0`."""
    le = "-" if command.le is None else str(command.le)
    header = command.header.hex().upper()
    return f"{header} Lc={len(command.data)} Le={le} > {response.sw:04X} length={len(response.data)}"


def log_exchange(command: CommandApdu, response: ResponseApdu) -> None:
    """Write the line at level DEBUG."""
    if _log.isEnabledFor(logging.DEBUG):
        _log.debug("%s", exchange_line(command, response))


def log_lost_answer(command: CommandApdu, code: str) -> None:
    """Write that the command got no answer, with the failure code, at level WARNING."""
    _log.warning("%s Lc=%d > no answer, %s", command.header.hex().upper(), len(command.data), code)
