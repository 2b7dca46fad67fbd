"""Bytes written by hand, apart from the simulator's writer, and a licence on a reader."""

from kakanai.cardreader.connection import ByteConnection, ReaderLimits
from kakanai.cardreader.errors import CardRemovedError, CommunicationError

JP2_START = bytes.fromhex("0000000C6A5020200D0A870A")
CODESTREAM_START = bytes.fromhex("FF4FFF51")

# 日本　花子 and 東京都１－１ from the code chart of JIS X 0208 (kuten 38-92 43-60 01-01 18-54 27-50 ...).
NAME = bytes.fromhex("467C4B5C212132563B52")
ADDRESS = bytes.fromhex("456C357E45542331215D2331")


def field(tag, value):
    """A field by the rules of cards seen: one length byte, or 82 and two."""
    length = bytes((len(value),)) if len(value) < 128 else b"\x82" + len(value).to_bytes(2)
    return tag.to_bytes(1 if tag < 256 else 2) + length + value


FACE_FIELDS = {
    0x11: b"\x02",
    0x12: NAME,
    0x13: bytes.fromhex("254B252B"),  # ニカ
    0x14: b"",
    0x15: b"",
    0x16: b"3550217",
    0x17: ADDRESS,
    0x18: b"4300401",
    0x19: b"12345",
    0x1A: bytes.fromhex("4D254E49"),  # 優良
    0x1B: b"4350317",
    0x1C: bytes.fromhex("34633640"),  # 眼鏡
    0x1D: b"",
    0x1E: b"",
    0x1F: bytes.fromhex("4579"),  # 等
    0x20: ADDRESS[:6],
    0x21: b"301234567890",
    0x22: b"0000000",
    0x23: b"4020620",
    0x24: b"0000000",
    0x25: b"0000000",
    0x26: b"4020620",
    0x33: b"4190602",
}


def face_file(**changed):
    """EF01 of 880 bytes; keyword t12=b"..." replaces a field, None leaves it out."""
    values = dict(FACE_FIELDS)
    for name, value in changed.items():
        values[int(name[1:], 16)] = value
    content = b"".join(field(tag, value) for tag, value in values.items() if value is not None)
    return content.ljust(880, b"\xff")


def change(tag, digits, text, seal=ADDRESS[:6] + ADDRESS[:4]):
    """An entry with the frame: JIS year, 7 full-width digits, text, 5 characters of seal."""
    return field(tag, b"\x02" + b"".join(bytes((0x23, ord(digit))) for digit in digits) + text + seal)


NO_CHANGES = bytes.fromhex("500100").ljust(640, b"\xff")
NO_DOMICILE_CHANGES = bytes.fromhex("AA0100").ljust(256, b"\xff")
DOMICILE = field(0x41, ADDRESS[:6]).ljust(82, b"\xff")
PHOTO = b"\x5f\x40\x82\x07\xd0" + (JP2_START + b"pixels").ljust(2000, b"\x00")


class CardOnReader(ByteConnection):
    """A connection to a virtual card; counts the commands, and may lose the answer to one or the card."""

    def __init__(self, card, *, extended=None, lose_answer_to=None, remove_after=None):
        super().__init__("bench", ReaderLimits(extended))
        self.card = card
        self.sent = []
        self.disconnects = 0
        self._lose_answer_to = lose_answer_to
        self._remove_after = remove_after
        card.power_on()

    def _exchange(self, raw):
        assert self.disconnects == 0
        if self._remove_after is not None and len(self.sent) >= self._remove_after:
            raise CardRemovedError
        self.sent.append(raw)
        if self.limits.extended is False:
            assert not (len(raw) > 6 and raw[1] == 0xB0), "an extended READ was sent"
        answer = self.card.transmit(raw)
        if self._lose_answer_to == len(self.sent):
            raise CommunicationError("80100016")
        return answer

    @property
    def verifies(self):
        """Commands VERIFY with data."""
        return [raw for raw in self.sent if raw[1] == 0x20 and len(raw) > 4]

    def disconnect(self):
        self.disconnects += 1
        self.card.power_off()
