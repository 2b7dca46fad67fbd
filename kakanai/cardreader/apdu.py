"""Commands to a card and its answers, as values and as bytes (ISO/IEC 7816-4, given)."""

import dataclasses

from kakanai.cardreader.errors import ApduFormatError

SHORT_LC_MAX = 255
SHORT_LE_MAX = 256
EXTENDED_LC_MAX = 65535
EXTENDED_LE_MAX = 65536
HEADER_BYTES = 4


@dataclasses.dataclass(frozen=True, repr=False)
class CommandApdu:
    """A command コマンドAPDU; `repr` shows header and lengths, never the data (a PIN may lie there).

    `le` is the number of bytes wanted at most: None for none, 256 is the byte 00, 65536 is 00 00 in
    extended form. `extended` turns True by itself when the lengths need it.
    """

    cla: int
    ins: int
    p1: int
    p2: int
    data: bytes = b""
    le: int | None = None
    extended: bool = False

    def __post_init__(self) -> None:
        """Refuse impossible fields with ValueError: only a mistake of ours builds them."""
        if any(not 0 <= field <= 0xFF for field in (self.cla, self.ins, self.p1, self.p2)):
            raise ValueError("header field is not a byte")
        if len(self.data) > EXTENDED_LC_MAX:
            raise ValueError("more than 65535 bytes of data")
        if self.le is not None and not 1 <= self.le <= EXTENDED_LE_MAX:
            raise ValueError("le is outside 1..65536")
        needs_extended = len(self.data) > SHORT_LC_MAX or (self.le or 0) > SHORT_LE_MAX
        has_length_field = bool(self.data) or self.le is not None
        object.__setattr__(self, "extended", needs_extended or (self.extended and has_length_field))

    @property
    def header(self) -> bytes:
        """CLA INS P1 P2."""
        return bytes((self.cla, self.ins, self.p1, self.p2))

    def to_bytes(self) -> bytes:
        """Cases 1 to 4 of ISO/IEC 7816-3, short, or extended where needed or asked for."""
        return self.header + (self._extended_body() if self.extended else self._short_body())

    def _short_body(self) -> bytes:
        body = bytes((len(self.data),)) + self.data if self.data else b""
        return body if self.le is None else body + bytes((self.le & 0xFF,))

    def _extended_body(self) -> bytes:
        body = b"\x00"
        if self.data:
            body += len(self.data).to_bytes(2) + self.data
        return body if self.le is None else body + (self.le & 0xFFFF).to_bytes(2)

    @classmethod
    def parse(cls, raw: bytes) -> "CommandApdu":
        """The command these bytes are.

        Raises:
            ApduFormatError: lengths and bytes do not agree.
        """
        if len(raw) < HEADER_BYTES:
            raise ApduFormatError(reason="short-header")
        cla, ins, p1, p2 = raw[:HEADER_BYTES]
        body = raw[HEADER_BYTES:]
        if len(body) >= 3 and body[0] == 0:
            data, le = _parse_extended(body)
            return cls(cla, ins, p1, p2, data, le, extended=True)
        data, le = _parse_short(body)
        return cls(cla, ins, p1, p2, data, le)

    def __repr__(self) -> str:
        le = "-" if self.le is None else str(self.le)
        return f"CommandApdu({self.header.hex().upper()} lc={len(self.data)} le={le})"


def _parse_short(body: bytes) -> tuple[bytes, int | None]:
    if not body:
        return b"", None
    if len(body) == 1:
        return b"", body[0] or SHORT_LE_MAX
    length = body[0]
    if length == 0 or len(body) - 1 - length not in (0, 1):
        raise ApduFormatError(reason="short-length")
    data = body[1 : 1 + length]
    return data, (body[-1] or SHORT_LE_MAX) if len(body) == length + 2 else None


def _parse_extended(body: bytes) -> tuple[bytes, int | None]:
    length = int.from_bytes(body[1:3])
    if len(body) == 3:
        return b"", length or EXTENDED_LE_MAX
    if length == 0 or len(body) - 3 - length not in (0, 2):
        raise ApduFormatError(reason="extended-length")
    data = body[3 : 3 + length]
    le = int.from_bytes(body[-2:]) or EXTENDED_LE_MAX if len(body) == length + 5 else None
    return data, le


@dataclasses.dataclass(frozen=True, repr=False)
class ResponseApdu:
    """An answer レスポンスAPDU: data and the status word; `repr` shows the length, never the data."""

    data: bytes
    sw: int

    def to_bytes(self) -> bytes:
        """Data, then SW1 SW2."""
        return self.data + self.sw.to_bytes(2)

    @classmethod
    def parse(cls, raw: bytes) -> "ResponseApdu":
        """The answer these bytes are.

        Raises:
            ApduFormatError: fewer than two bytes, so there is no status word.
        """
        if len(raw) < 2:
            raise ApduFormatError(reason="no-status-word")
        return cls(bytes(raw[:-2]), int.from_bytes(raw[-2:]))

    def __repr__(self) -> str:
        return f"ResponseApdu(sw={self.sw:04X} length={len(self.data)})"
