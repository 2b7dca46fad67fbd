"""Find a procedure 手続 by what a clerk types: its number, a form's, its title, a reading, other words."""

import unicodedata
from dataclasses import dataclass

from kakanai.reception.latin_reading import fold_latin, latin_reading
from kakanai.reception.procedure import Procedure, ProcedureCatalog

_TO_KATAKANA = {code: code + 0x60 for code in range(0x3041, 0x3097)}


@dataclass(frozen=True)
class _Keys:
    """What one procedure is found by."""

    procedure: Procedure
    numbers: tuple[str, ...]
    titles: tuple[str, ...]
    readings: tuple[str, ...]
    words: tuple[str, ...]


class ProcedureSearch:
    """Finds among the procedures of a catalogue; made once, asked at every key."""

    def __init__(self, catalog: ProcedureCatalog) -> None:
        self._keys = [_keys(procedure) for procedure in catalog.procedures.values()]

    def find(self, typed: str) -> list[Procedure]:
        """The procedures that fit every word typed, best first; [] when nothing is typed.

        A number before a title, the beginning of one before its middle, and other words last. Width and
        kind of kana do not matter, and readings may be typed in Latin letters.
        """
        parts = [plain_letters(part) for part in typed.split()]
        if not parts:
            return []
        ranked = [(_rank_all(keys, parts), keys.procedure) for keys in self._keys]
        found = [(rank, procedure) for rank, procedure in ranked if rank is not None]
        return [procedure for _rank, procedure in sorted(found, key=lambda pair: pair[0])]


def plain_letters(text: str) -> str:
    """The text for comparison alone: one width, small letters, katakana."""
    # NFKC is for what is typed to find something, never for text that reaches paper.
    return unicodedata.normalize("NFKC", text).lower().translate(_TO_KATAKANA)


def _keys(procedure: Procedure) -> _Keys:
    readings = tuple(plain_letters(reading) for reading in procedure.kana.split())
    return _Keys(
        procedure,
        numbers=(procedure.number, *(plain_letters(form) for form in procedure.forms)),
        titles=(plain_letters(procedure.title), plain_letters(procedure.group)),
        readings=(*readings, *(latin_reading(reading) for reading in readings)),
        words=tuple(plain_letters(word) for word in procedure.words.split()),
    )


def _rank_all(keys: _Keys, parts: list[str]) -> int | None:
    ranks = [_rank(keys, part) for part in parts]
    known = [rank for rank in ranks if rank is not None]
    return sum(known) if len(known) == len(ranks) else None


def _rank(keys: _Keys, part: str) -> int | None:
    """How well one word fits, 0 the best; None when it does not."""
    spellings = {part, fold_latin(part)} if part.isascii() else {part}
    number, *forms = keys.numbers
    title, group = keys.titles
    tests = (
        part == number,
        part in forms,
        bool(number) and number.startswith(part),
        any(form.startswith(part) or form.endswith(part) for form in forms),
        title.startswith(part),
        any(reading.startswith(spelling) for reading in keys.readings for spelling in spellings),
        part in title,
        any(spelling in reading for reading in keys.readings for spelling in spellings),
        any(word.startswith(part) for word in keys.words),
        part in group or any(part in word for word in keys.words),
    )
    return next((rank for rank, holds in enumerate(tests) if holds), None)
