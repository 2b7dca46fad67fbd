"""Answers that arrive other than the card gave them; what is altered comes from this card or from chance."""

import random

_STATUS_WORDS = bytes.fromhex(
    "9000 6282 6283 6300 63C0 63C1 63C3 63CA 6581 6700 6881 6981 6982 6983 6984 6985 6986 6A80 6A81 6A82"
    "6A83 6A86 6A88 6B00 6D00 6E00 6F00"
)

ALTERATIONS = {
    "garbage": "garbage",
    "bits flipped": "flip",
    "cut short": "cut",
    "too long": "lengthen",
    "wrong status word": "status",
    "answer before repeated": "stale",
}


def altered(how: str, answer: bytes, before: bytes, chance: random.Random) -> bytes:
    """The answer altered in this way; the same where there is nothing to alter."""
    data, status = answer[:-2], answer[-2:]
    match how:
        case "garbage":
            return chance.randbytes(chance.choice((2, len(answer), chance.randrange(2, 300))))
        case "flip":
            flipped = bytearray(answer)
            for _ in range(chance.choice((1, 1, 1, 2, 8))):
                flipped[chance.randrange(len(flipped))] ^= 1 << chance.randrange(8)
            return bytes(flipped)
        case "cut":
            return data[: chance.randrange(len(data))] + status if data else status[:1]
        case "lengthen":
            return data + chance.randbytes(chance.randrange(1, 300)) + status
        case "status":
            at = 2 * chance.randrange(len(_STATUS_WORDS) // 2)
            return (data if chance.random() < 0.5 else b"") + _STATUS_WORDS[at : at + 2]
        case "stale":
            return before
    raise AssertionError(how)
