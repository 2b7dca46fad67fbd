"""Characters as people see them: a base with its selector or combining marks is one, and is never parted."""

import unicodedata


def is_selector(char: str) -> bool:
    """Whether the code point is a variation selector 字形選択子 (VS1-16, VS17-256)."""
    return "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"


def clusters(text: str) -> list[str]:
    """The text cut into clusters; joined again they are the text, code point for code point."""
    found: list[str] = []
    for char in text:
        if found and (is_selector(char) or unicodedata.combining(char) or char == "\u200d"):
            found[-1] += char
        else:
            found.append(char)
    return found


def code_points(cluster: str) -> str:
    """The cluster's code points for a message: `U+8FBB U+E0102`."""
    return " ".join(f"U+{ord(char):04X}" for char in cluster)
