"""Looks for what is personal in files: each spelling of it, in every encoding a program might write."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "cp932", "euc_jp", "iso2022_jp", "unicode_escape")
_SEALED = frozenset({".draft", ".sealed"})
_NO_CHANCE = 6
"""Bytes: what is shorter stands in sealed files by chance, once in a million of kilobytes or oftener."""
_SHIFTS = re.compile(rb"\x1b[($].")
"""ISO-2022-JP's changes of character set, at both ends of a text that stands alone."""


def traces(folder: Path, secrets: Iterable[str]) -> list[tuple[str, str]]:
    """The files below a folder that hold a secret, and how it begins; paper (PDF) may hold it."""
    wanted = {form: secret[:1] for secret in secrets for form in _forms(secret)}
    found = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pdf"):
        content = path.read_bytes()
        shortest = _NO_CHANCE if path.suffix in _SEALED else 1
        found += [
            (path.name, begins)
            for form, begins in wanted.items()
            if len(form) >= shortest and form in content
        ]
    return found


def _forms(secret: str) -> Iterator[bytes]:
    for text in {secret, *_grouped(secret)}:
        for encoding in ENCODINGS:
            yield _SHIFTS.sub(b"", text.encode(encoding, "ignore"))


def _grouped(secret: str) -> Iterator[str]:
    """個人番号 as it is written on a card, four digits at a time."""
    if re.fullmatch("[0-9]{12}", secret):
        for gap in (" ", "-"):
            yield gap.join((secret[:4], secret[4:8], secret[8:]))
