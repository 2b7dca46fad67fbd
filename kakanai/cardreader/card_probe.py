"""Asks a card what it is and how far it goes, without a key, without a person's data, without a try.

It sends SELECT of all applications we know, the empty VERIFY of their keys (uses up no try: given by JICSAP,
observed on 個人番号カード) and reads of the first bytes of files that are free and hold no person's data.
GET DATA of the card's own numbers is not sent. Only status words and lengths are looked at.
"""

import dataclasses
from typing import Final

from kakanai.cardreader.apdu import EXTENDED_LE_MAX, CommandApdu
from kakanai.cardreader.connection import CardConnection
from kakanai.cardreader.kinds import CardKey
from kakanai.cardreader.status_words import READ_OK, StatusWord

_PEEK_BYTES: Final = 5


@dataclasses.dataclass(frozen=True)
class ProbedApplication:
    """A カードAP: its short file ids of keys, and of free files without personal data."""

    label: str
    aid: str
    keys: tuple[tuple[CardKey, int], ...] = ()
    free_files: tuple[int, ...] = ()


# Source of identifiers: observed: soltia48/myna-card, jpki/myna, OpenSC; for 在留カード and 運転免許証
# given by their published specifications, seen through programs that implement them.
_TEXT_AP: Final = ProbedApplication(
    "text_ap",
    "D3921000310001010408",
    ((CardKey.TEXT_PIN, 0x11), (CardKey.COLLATION_A, 0x14), (CardKey.COLLATION_B, 0x15)),
    (0x05, 0x04),
)
_LICENCE_DF1: Final = ProbedApplication("licence_df1", "A0000002310100000000000000000000")
PROBED_APPLICATIONS: Final = (
    _TEXT_AP,
    ProbedApplication(
        "surface_ap",
        "D3921000310001010402",
        (
            (CardKey.BIRTH_DATE, 0x11),
            (CardKey.SURFACE_COLLATION_B, 0x12),
            (CardKey.SURFACE_COLLATION_A, 0x13),
        ),
        (0x04,),
    ),
    ProbedApplication(
        "jpki_ap",
        "D392F000260100000001",
        ((CardKey.AUTH_PIN, 0x18), (CardKey.SIGN_PIN, 0x1B)),
        (0x06,),
    ),
    ProbedApplication("juki_ap", "D3921000310001010401", ((CardKey.JUKI_PIN, 0x1C),)),
    ProbedApplication("common_ap", "D3921000310001010100", ((CardKey.COMMON_PIN, 0x1C),)),
    ProbedApplication(
        "mynumber_licence_ap",
        "A0000002310600000000000000000000",
        ((CardKey.MYNUMBER_LICENCE_PIN, 0x06),),
        (0x1A,),
    ),
    ProbedApplication("special_residence_ap", "D392F0004F0100000000000000000000"),
    _LICENCE_DF1,
    ProbedApplication("licence_df2", "A0000002310200000000000000000000"),
    ProbedApplication("residence_df1", "D392F0004F0200000000000000000000"),
    ProbedApplication("residence_df2", "D392F0004F0300000000000000000000"),
    ProbedApplication("residence_df3", "D392F0004F0400000000000000000000"),
    ProbedApplication("issuer_security_domain", "A0000001510000"),
)
# On a licence PIN設定, on a residence card its type; both free.
_MASTER_FILE_PEEK: Final = 0x0A
_LICENCE_KEYS: Final = ((CardKey.LICENCE_PIN1, 0x01), (CardKey.LICENCE_PIN2, 0x02))


class CardProbe:
    """One walk over a card; `steps` names each command sent, in order, as far as it came."""

    def __init__(self, connection: CardConnection) -> None:
        self.steps: list[str] = []
        self._connection = connection

    def run(self) -> None:
        """Send everything; what a card refuses is passed over.

        Raises:
            CardRemovedError, CommunicationError: as the connection does; `steps` tell how far it came.
        """
        selected = [application for application in PROBED_APPLICATIONS if self._walk(application)]
        has_master_file = self._walk_master_file(is_licence=_LICENCE_DF1 in selected)
        # Last, because some readers need to be plugged in anew after it.
        if _TEXT_AP in selected and self._select(_TEXT_AP):
            self._read(f"extended {_TEXT_AP.label}", _TEXT_AP.free_files[0], EXTENDED_LE_MAX)
        elif has_master_file and self._select_master_file():
            self._read("extended master_file", _MASTER_FILE_PEEK, EXTENDED_LE_MAX)

    def _walk(self, application: ProbedApplication) -> bool:
        if not self._select(application):
            return False
        for file in application.free_files:
            self._read(f"peek {application.label} {file:04X}", file, _PEEK_BYTES)
        for key, file in application.keys:
            self._count_tries(key, file)
        return True

    def _walk_master_file(self, *, is_licence: bool) -> bool:
        if not self._select_master_file():
            return False
        has_file = self._read(f"peek master_file {_MASTER_FILE_PEEK:04X}", _MASTER_FILE_PEEK, _PEEK_BYTES)
        # Elsewhere nobody knows what an empty VERIFY does: it is sent to no card that is not a licence.
        for key, file in _LICENCE_KEYS if is_licence else ():
            self._count_tries(key, file)
        return has_file

    def _select(self, application: ProbedApplication) -> bool:
        command = CommandApdu(0x00, 0xA4, 0x04, 0x0C, bytes.fromhex(application.aid))
        sw = self._send(f"select {application.label}", command)
        if sw == StatusWord.NO_DIAGNOSIS:  # one kind of card says so to its first command (observed)
            sw = self._send(f"select {application.label}", command)
        return sw == StatusWord.OK

    def _select_master_file(self) -> bool:
        command = CommandApdu(0x00, 0xA4, 0x00, 0x00, bytes.fromhex("3F00"))
        return self._send("select master_file", command) == StatusWord.OK

    def _read(self, step: str, short_id: int, length: int) -> bool:
        return self._send(step, CommandApdu(0x00, 0xB0, 0x80 | short_id, 0x00, b"", length)) in READ_OK

    def _count_tries(self, key: CardKey, short_id: int) -> None:
        self._send(f"tries {key.value}", CommandApdu(0x00, 0x20, 0x00, 0x80 | short_id))

    def _send(self, step: str, command: CommandApdu) -> int:
        self.steps.append(step)
        return self._connection.transmit(command).sw
