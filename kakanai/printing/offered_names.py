"""What the ways out are called that are no printers of the system, and how they are told from those."""

from collections.abc import Iterable
from typing import Final

FOLDER_CHOICE: Final = "フォルダーに保存"
TOWN_PRINTER: Final = "用紙ごと"
"""What begins the name of the choice that the town's settings make: a printer for each paper size."""


def own_name(begin: str, told: str) -> str:
    """The name of a way out of ours, with what it stands for."""
    return f"{begin}({told})"


def printers_among(names: Iterable[str]) -> list[str]:
    """Those of the names that are printers of the system.

    Windows gives a printer brackets too: the second of a kind is `… (コピー 1)` (assumed).
    """
    ours = (own_name(FOLDER_CHOICE, "")[:-1], own_name(TOWN_PRINTER, "")[:-1])
    return [name for name in names if not name.startswith(ours)]
