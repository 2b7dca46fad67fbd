"""A card with a spy on its contacts: what reaches it is told from raw bytes, by tables of its own."""

import dataclasses
from collections.abc import Mapping

from kakanai.cardreader.simulator.card import SimulatedCard

# Written down here again, so that a wrong constant of the program is not excused by itself.
DIRECTORIES = {
    "D3921000310001010408": "text",
    "D3921000310001010402": "surface",
    "D3921000310001010401": "juki",
    "D3921000310001010100": "common",
    "D392F000260100000001": "jpki",
    "A0000002310600000000000000000000": "mynumber_licence",
    "A0000002310100000000000000000000": "DF1",
    "A0000002310200000000000000000000": "DF2",
    "D392F0004F0200000000000000000000": "DF1",
    "D392F0004F0300000000000000000000": "DF2",
    "D392F0004F0400000000000000000000": "DF3",
}
COUNTERS = {
    "text/0011": "text",
    "text/0014": "collation_a",
    "text/0015": "collation_b",
    "surface/0011": "surface_birth_date",
    "surface/0012": "surface_collation_b",
    "surface/0013": "surface_collation_a",
    "jpki/001B": "sign",
    "jpki/0018": "auth",
    "MF/0001": "pin1",
    "MF/0002": "pin2",
    "mynumber_licence/0006": "mynumber_licence",
}
"""The card's own name for the counter of a key, by where the key lies."""


@dataclasses.dataclass(frozen=True)
class SeenVerify:
    """A VERIFY with data that reached a card: whose, for the key at which place, with which value."""

    holder: str
    place: str
    value: bytes


class SpiedCard:
    """A SimulatedCard around another; `seen` is one list for all cards, in the order of arrival.

    `place` is where the last command read, like "text/0002", or "" if it read nothing.
    """

    def __init__(
        self,
        card: SimulatedCard,
        holder: str,
        seen: list[SeenVerify],
        granted: Mapping[str, int],
        *,
        keeps_state_at_reset: bool,
    ) -> None:
        self._card = card
        self._keeps_state_at_reset = keeps_state_at_reset
        self._holder = holder
        self._seen = seen
        self._counters = getattr(card, "_counters", None)
        self._new = dict(granted)
        self.is_powered = False
        self.place = ""
        self._forget()

    def counters(self) -> dict[str, int]:
        """Tries left by the card's name for the counter, as the card itself keeps them."""
        if self._counters is None:
            return {}
        # All cards are asked before and after everything, a million times in a run: no call for each counter.
        kept = self._counters._remaining
        return dict(zip(self._new, map(kept.get, self._new, self._new.values()), strict=True))

    def make_new(self) -> None:
        """Give every key the tries back that it had when the card was built."""
        self.power_off()
        for name, tries in self._new.items():
            self._counters.store(name, tries)

    def power_on(self) -> None:
        self._card.power_on()
        self.is_powered = True
        self._forget()

    def power_off(self) -> None:
        self._card.power_off()
        self.is_powered = False
        self._forget()

    def reset(self) -> None:
        """Warm reset."""
        self._card.reset()
        if not self._keeps_state_at_reset:
            self._forget()

    def _forget(self) -> None:
        self._directory, self._file = "MF", 0

    def transmit(self, raw: bytes) -> bytes:
        assert self.is_powered, "a command to a card without power"
        if raw[1] == 0x20 and len(raw) > 5:
            file = raw[3] & 0x1F or self._file
            value = raw[7:] if raw[4] == 0 else raw[5 : 5 + raw[4]]
            self._seen.append(SeenVerify(self._holder, f"{self._directory}/{file:04X}", value))
        answer = self._card.transmit(raw)
        self._follow(raw, is_done=answer[-2:] == b"\x90\x00")
        return answer

    def _follow(self, raw: bytes, *, is_done: bool) -> None:
        _, instruction, p1, p2 = raw[:4]
        if instruction == 0xA4 and is_done:
            data = raw[5 : 5 + raw[4]] if len(raw) > 5 else b""
            if p1 == 0x02:
                self._file = int.from_bytes(data)
            else:
                self._directory, self._file = DIRECTORIES.get(data.hex().upper(), "MF"), 0
        elif instruction == 0xB0 and p1 & 0x80:
            self._file = p1 & 0x1F
        elif instruction == 0xB2 and p2 >> 3:
            self._file = p2 >> 3
        elif instruction == 0x20 and p2 & 0x1F:
            self._file = p2 & 0x1F
        match instruction:
            case 0xB0 | 0xB2:
                self.place = f"{self._directory}/{self._file:04X}"
            case 0x2A:
                self.place = f"{self._directory}/sign"
            case _:
                self.place = ""
