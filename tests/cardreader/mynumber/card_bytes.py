"""Bytes of card files for these tests, put together without the package's own TLV code."""

# The 券面 text of the official test card, as soltia48/myna-card publishes it.
OFFICIAL = bytes.fromhex(
    "ff2065df2108000e002000590064df220fe9bb92e6a190e38080e5b9b9e4b99fdf2336e69db1e4baace983bde6b885e780ace5b8"
    "82e8a6b3e5b883e5ad90e58d97efbc91efbc92efbc8defbc97efbc8defbc92efbc90efbc92df24083139383030323137df250131"
)

SELECT_TEXT = "00A4040C0AD3921000310001010408"
SELECT_SURFACE = "00A4040C0AD3921000310001010402"
SELECT_JPKI = "00A4040C0AD392F000260100000001"
SELECT_COMMON = "00A4040C0AD3921000310001010100"
SELECT_JUKI = "00A4040C0AD3921000310001010401"

PNG = bytes.fromhex("89504E470D0A1A0A") + b"name"
JP2 = bytes.fromhex("0000000C6A5020200D0A870A") + b"boxes" + bytes.fromhex("FF4FFF51") + b"x" * 400
FACE = {
    0xDF21: bytes(18),
    0xDF22: b"19800217",
    0xDF23: b"1",
    0xDF24: b"\x90\x03\x01\x00\x01\x91\x82\x01\x00" + bytes(256),
    0xDF25: PNG,
    0xDF26: PNG + b" and address",
    0xDF27: JP2,
    0xDF28: bytes(256),
    0xDF29: b"20350217",
    0xDF2A: PNG + b" and code",
}
FOUR_ANSWER = OFFICIAL.hex() + "9000"
NUMBER_FILE = bytes.fromhex("FF100C") + b"123456789018" + b"\xff\xff"
# The number of the official test card's face: 昭和55年2月17日, 2035年, 2285 (soltia48/myna-card src/data.rs).
COLLATION_B = "55021720352285"
COLLATION_B_HEX = COLLATION_B.encode().hex().upper()


def tlv(tag, value):
    """One object as the card writes it: two bytes of tag, `82 hh ll` from 128 bytes on."""
    length = bytes((len(value),)) if len(value) < 0x80 else b"\x82" + len(value).to_bytes(2, "big")
    return tag.to_bytes(2, "big") + length + value


def face_file(parts=FACE, outer=0xFF20):
    """EF 0002 of 券面事項確認AP."""
    return tlv(outer, b"".join(tlv(tag, value) for tag, value in dict(parts).items()))


def reads(short_id, content, *, probe=False):
    """The exchanges that read one object in short APDUs, after a refused extended one if `probe`."""
    script = [(f"00B0{0x80 | short_id:02X}00000000", "6700")] if probe else []
    script.append((f"00B0{0x80 | short_id:02X}0000", content[:256].hex() + "9000"))
    for offset in range(256, len(content), 256):
        part = content[offset : offset + 256]
        script.append((f"00B0{offset:04X}{len(part) & 0xFF:02X}", part.hex() + "9000"))
    return script
