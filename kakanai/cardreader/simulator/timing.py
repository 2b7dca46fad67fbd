"""How long an exchange with a card takes: bytes on the wire, blocks, the reader, and the card's own work.

The wire is arithmetic on ISO/IEC 14443-3 Type B and ISO/IEC 7816-3 (given). What the card and the reader
themselves take was measured on no card here: those constants are assumed.
"""

import math
from typing import Final

from kakanai.cardreader.apdu import CommandApdu
from kakanai.cardreader.errors import ApduFormatError
from kakanai.cardreader.faults import Pace

ACTIVATION_S: Final = 0.25
"""From placing the card to its ATR; assumed: 150 to 400 ms."""

READER_S: Final = 0.0045
"""USB and reader for one APDU; assumed: 3 to 6 ms."""

# 106 kbit/s, what a reader uses that negotiates no more: 128 cycles of 13.56 MHz a bit, 10 bits a byte, extra
# guard time ignored (given: ISO/IEC 14443-3).
_CONTACTLESS_BYTE_S: Final = 10 * 128 / 13_560_000
_CONTACTLESS_BLOCK_BYTES: Final = 256 - 3  # FSCI 8 (observed in ATRs) less PCB and CRC
_CONTACTLESS_BLOCK_S: Final = 0.00065  # SOF, EOF, PCB, CRC and turnaround; assumed: 0.5 to 0.8 ms
# 372 cycles a bit as the ATR leaves it (observed: 3B E0 … has no TA1), T=1 11 bits a byte (given: ISO/IEC
# 7816-3), 4 MHz (assumed).
_CONTACT_BYTE_S: Final = 11 * 372 / 4_000_000
_CONTACT_BLOCK_BYTES: Final = 254  # IFS (observed: FE in the ATR)
_CONTACT_BLOCK_S: Final = 4 * _CONTACT_BYTE_S  # NAD, PCB, LEN and EDC

# The card's own work in seconds; all assumed.
_SELECT_APPLICATION_S: Final = 0.015
_SELECT_FILE_S: Final = 0.004
_READ_S: Final = 0.002
_ASK_COUNTER_S: Final = 0.005
_VERIFY_S: Final = 0.030
_RSA_S: Final = 0.425
_OTHER_S: Final = 0.005


def exchange_s(raw: bytes, answer: bytes, pace: Pace) -> float:
    """Seconds from sending the command `raw` to the last byte of its answer."""
    return READER_S + wire_s(len(raw), pace) + wire_s(len(answer), pace) + work_s(raw)


def wire_s(count: int, pace: Pace) -> float:
    """Seconds for so many bytes in one direction, in as many blocks as they need."""
    if pace is Pace.CONTACTLESS:
        return _blocks_s(count, _CONTACTLESS_BYTE_S, _CONTACTLESS_BLOCK_BYTES, _CONTACTLESS_BLOCK_S)
    return _blocks_s(count, _CONTACT_BYTE_S, _CONTACT_BLOCK_BYTES, _CONTACT_BLOCK_S)


def _blocks_s(count: int, byte_s: float, block_bytes: int, block_s: float) -> float:
    blocks = max(math.ceil(count / block_bytes), 1)
    # Every block but the last is acknowledged by a block without data.
    return count * byte_s + (2 * blocks - 1) * block_s


def work_s(raw: bytes) -> float:
    """Seconds the card works on this command."""
    try:
        command = CommandApdu.parse(raw)
    except ApduFormatError:
        return _OTHER_S
    match command.ins, command.p1:
        case 0xA4, 0x04:
            return _SELECT_APPLICATION_S
        case 0xA4, _:
            return _SELECT_FILE_S
        case ((0xB0 | 0xB2 | 0xCA), _):
            return _READ_S
        case 0x20, _:
            return _VERIFY_S if command.data else _ASK_COUNTER_S
        case ((0x2A | 0x88), _):
            return _RSA_S
    return _OTHER_S
