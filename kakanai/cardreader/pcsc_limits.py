"""How long calls of PC/SC may take, in seconds, before they are given up."""

from typing import Final

# While another program is inside a transaction pcsc-lite keeps SCardConnect waiting (given: PCSC#254).
CONNECT_LIMIT_S: Final = 5.0
SERVICE_LIMIT_S: Final = 5.0
POWER_OFF_LIMIT_S: Final = 2.0

# A card may ask for more time again and again; this is ten times the slowest signature (assumed: 0.5 s).
SHORT_LIMIT_S: Final = 5.0
# By contact a byte takes 1 ms (calculated from ISO/IEC 7816-3 and cards' ATRs), a face file has some 6 kB.
EXTENDED_LIMIT_S: Final = 20.0


def exchange_limit_s(raw: bytes) -> float:
    """The limit for this command: an extended answer may be long."""
    is_extended = len(raw) > 5 and raw[4] == 0
    return EXTENDED_LIMIT_S if is_extended else SHORT_LIMIT_S
