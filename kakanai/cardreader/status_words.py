"""Status words ステータスワード and what they mean on 個人番号カード.

Source: observed: soltia48/myna-card and jpki/myna on test cards; 6983 given by ISO/IEC 7816-4.
"""

import enum


@enum.unique
class StatusWord(enum.IntEnum):
    """SW1 SW2 of an answer."""

    OK = 0x9000
    END_OF_FILE_BEFORE_LE = 0x6282
    DF_LOCKED = 0x6283  # given: JICSAP
    MEMORY_FAILURE = 0x6581
    WRONG_LENGTH = 0x6700
    CHANNEL_NOT_SUPPORTED = 0x6881
    SECURE_MESSAGING_NOT_SUPPORTED = 0x6882
    INCOMPATIBLE_FILE = 0x6981
    SECURITY_STATUS_NOT_SATISFIED = 0x6982
    LOCKED_ISO = 0x6983
    LOCKED = 0x6984
    CONDITIONS_NOT_SATISFIED = 0x6985
    NO_CURRENT_FILE = 0x6986
    WRONG_DATA = 0x6A80
    FUNCTION_NOT_SUPPORTED = 0x6A81
    FILE_NOT_FOUND = 0x6A82
    WRONG_P1_P2 = 0x6A86
    OFFSET_OUTSIDE_FILE = 0x6B00
    UNKNOWN_INS = 0x6D00
    UNKNOWN_CLA = 0x6E00
    NO_DIAGNOSIS = 0x6F00


NOT_THIS_CARD = frozenset(
    {
        StatusWord.FILE_NOT_FOUND,
        StatusWord.WRONG_P1_P2,
        StatusWord.FUNCTION_NOT_SUPPORTED,
        StatusWord.UNKNOWN_INS,
        StatusWord.UNKNOWN_CLA,
    }
)
LOCKED = frozenset({StatusWord.LOCKED, StatusWord.LOCKED_ISO})
READ_OK = frozenset({StatusWord.OK, StatusWord.END_OF_FILE_BEFORE_LE})


def attempts_in(sw: int) -> int | None:
    """The x of 63Cx, 0 for 6983 and 6984, None for a status word that tells no counter."""
    if sw & 0xFFF0 == 0x63C0:
        return sw & 0xF
    return 0 if sw in LOCKED else None


def with_attempts(remaining: int) -> int:
    """63Cx for this many tries left (0 to 15)."""
    return 0x63C0 | remaining
