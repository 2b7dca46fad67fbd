"""What a PC/SC reader's name tells: which reader it is for good, and what kind of cards it takes.

The names are the drivers' own; no rule binds them. Source of the words: given by libccid's readers/*.txt and
by names of readers sold for 個人番号カード, a word marked below where it is assumed.
"""

import enum
import re
from typing import Final

# pcsc-lite: "NAME [interface] (serial) 00 01", two hexadecimal numbers: reader and slot (given: PCSC source).
_PCSC_LITE_INDEX: Final = re.compile(r"(?P<identity>.*\S) [0-9A-F]{2} [0-9A-F]{2}")
# Windows: "Vendor Type 0" (given: Microsoft's description of reader device names). Not "SCR 3310".
_WINDOWS_INDEX: Final = re.compile(r"(?P<identity>.*\S) \d{1,2}")
_INTERFACE: Final = re.compile(r"\[(?P<interface>[^\]]*)\]")


@enum.unique
class ReaderKind(enum.StrEnum):
    """What can be put on a reader, guessed from its name; the value is what JSON carries."""

    CONTACTLESS = "contactless"  # 非接触: every kind of card we read
    CONTACT = "contact"  # 接触: 個人番号カード alone
    DUAL = "dual"
    UNKNOWN = "unknown"
    SIMULATED = "simulated"  # vpcd: specimens 見本カード on the real PC/SC service
    IGNORED = "ignored"  # never holds a visitor's card


def _word(*words: str) -> re.Pattern[str]:
    """Any of the words in any case, not inside a longer word; digits and "_" may touch it."""
    return re.compile(rf"(?<![A-Za-z])(?:{'|'.join(words)})(?![A-Za-z])", re.IGNORECASE)


_SIMULATED: Final = re.compile(r"Virtual PCD\b")
_IGNORED: Final = _word(
    "SAM",  # the security module inside a reader is a reader of its own
    r"Windows Hello.*",
    "Virtual",  # smart cards in software, Microsoft's and others'
    "UICC",  # a laptop's SIM card (assumed)
    "YubiKey",  # a security key is a reader whose card never leaves (assumed)
)
# Looked for in this order, in the interface's part of the name before the whole name.
_KINDS: Final[tuple[tuple[ReaderKind, re.Pattern[str]], ...]] = (
    (ReaderKind.CONTACTLESS, _word("PICC", r"CL\d*", "Contactless")),
    (ReaderKind.CONTACT, _word("ICC", "Contact", "Contacted")),
    (ReaderKind.DUAL, _word("Dual", "Prox-DU", "DI", r"OMNIKEY 5422", r"OMNIKEY 5[34]\d\d")),
    (ReaderKind.CONTACTLESS, _word("FeliCa", "PaSoRi", r"NFC\w*", "Prox", r"RC-S\d+.*", r"OMNIKEY 50\d\d")),
    (ReaderKind.CONTACT, _word(r"SCR ?3\d\d\d", "Alcor", r"OMNIKEY 3\d\d\d", "PC Twin")),
)


def reader_identity(name: str) -> str:
    """The name without the trailing numbers, which change with the USB port and the order of plugging in.

    Two slots of one reader, and two readers of one model without serial number, share an identity.
    """
    for index in (_PCSC_LITE_INDEX, _WINDOWS_INDEX):
        found = index.fullmatch(name)
        if found:
            return found["identity"]
    return name


def reader_kind(name: str) -> ReaderKind:
    """What the words in the name suggest; UNKNOWN for a name that says nothing."""
    if _SIMULATED.match(name):
        return ReaderKind.SIMULATED
    if _IGNORED.search(name):
        return ReaderKind.IGNORED
    interface = _INTERFACE.search(name)
    for part in (interface["interface"] if interface else "", name):
        for kind, words in _KINDS:
            if words.search(part):
                return kind
    return ReaderKind.UNKNOWN
