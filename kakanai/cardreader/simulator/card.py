"""What any virtual card 模擬カード can do, whichever kind it plays; readers and vpcd know only this."""

from typing import Protocol


class SimulatedCard(Protocol):
    """A card with power and memory; one thread at a time may use it."""

    @property
    def atr(self) -> bytes:
        """Answer to reset ATR."""

    def power_on(self) -> None:
        """Give it power: nothing is verified, counters are as last written down.

        Raises:
            SimulatorStateError: the counters' file cannot be used.
        """

    def power_off(self) -> None:
        """Take its power: what was verified is forgotten, counters stay."""

    def reset(self) -> None:
        """Warm reset."""

    def transmit(self, raw: bytes) -> bytes:
        """The answer to any bytes at all."""
