"""A CardConnection that keeps what may be told of each exchange."""

import time

from kakanai.cardreader.apdu import CommandApdu, ResponseApdu
from kakanai.cardreader.connection import CardConnection, ReaderLimits
from kakanai.cardreader.errors import CardError
from kakanai.cardreader.trace import TracedExchange


class TracedConnection:
    """Around any CardConnection; `trace` grows by one for each command, answered or not."""

    def __init__(self, connection: CardConnection) -> None:
        self.trace: list[TracedExchange] = []
        self._connection = connection

    @property
    def reader_name(self) -> str:
        """See CardConnection."""
        return self._connection.reader_name

    @property
    def exchanges(self) -> int:
        """See CardConnection."""
        return self._connection.exchanges

    @property
    def limits(self) -> ReaderLimits:
        """See CardConnection."""
        return self._connection.limits

    def transmit(self, command: CommandApdu) -> ResponseApdu:
        """See CardConnection."""
        started = time.perf_counter()
        try:
            response = self._connection.transmit(command)
        except CardError as error:
            self.trace.append(TracedExchange.lost(command, str(error), _ms_since(started)))
            raise
        self.trace.append(TracedExchange.answered(command, response, _ms_since(started)))
        return response

    def disconnect(self) -> None:
        """See CardConnection."""
        self._connection.disconnect()


def _ms_since(started: float) -> float:
    return round((time.perf_counter() - started) * 1000, 1)
