"""Characters as people see them: a base with its selector or combining marks is one, and is never parted."""

import unicodedata
from collections.abc import Sequence


def is_selector(char: str) -> bool:
    """Whether the code point is a variation selector 字形選択子 (VS1-16, VS17-256)."""
    return "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"


def clusters(text: str) -> list[str]:
    """The text cut into clusters; joined again they are the text, code point for code point."""
    found: list[str] = []
    for char in text:
        # Most characters of a name lie where nothing joins: below U+0300, and kanji.
        plain = char < "\u0300" or "\u3100" <= char < "\ua000"
        if found and not plain and (is_selector(char) or char == "\u200d" or _is_mark(char)):
            found[-1] += char
        else:
            found.append(char)
    return found


def _is_mark(char: str) -> bool:
    return unicodedata.category(char).startswith("M")


_LONGEST = 8
"""Code points told of one cluster: nobody's name has as many, but a value may be anything."""


def code_points(cluster: str) -> str:
    """The cluster's code points for a message: `U+8FBB U+E0102`."""
    told = " ".join(f"U+{ord(char):04X}" for char in cluster[:_LONGEST])
    return told if len(cluster) <= _LONGEST else f"{told} …"


_TOLD = 5


def name_clusters(found: Sequence[str]) -> str:
    """The clusters by code point for a message; a long row of them ends in 「ほか n 字」."""
    told = "、".join(code_points(cluster) for cluster in found[:_TOLD])
    return told if len(found) <= _TOLD else f"{told}、ほか {len(found) - _TOLD} 字"


def is_blank(text: str) -> bool:
    """Whether the text is nothing but spaces; a tab, a line end or a control character is no space."""
    return all(unicodedata.category(char) == "Zs" for char in text)
