"""The phrase board 筆談: what a counter says often, in every language of the visitor's screen."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from kakanai.datafile import load_data_file
from kakanai.forms.language_fonts import language_codes
from kakanai.reception.latin_reading import fold_latin, latin_reading

AMOUNT: Final = "{n}"
_JAPANESE: Final = "ja"
_TO_KATAKANA = {code: code + 0x60 for code in range(0x3041, 0x3097)}


@dataclass(frozen=True)
class Phrase:
    """One phrase; `said` has it by language. Where it holds an amount {n}, the clerk types that."""

    id: str
    number: str
    kana: str
    group: str
    said: Mapping[str, str]

    @property
    def japanese(self) -> str:
        """The phrase as the clerk says it."""
        return self.said[_JAPANESE]

    @property
    def wants_amount(self) -> bool:
        """Whether there is an amount in it."""
        return AMOUNT in self.japanese

    def with_amount(self, amount: int) -> "Phrase":
        """The phrase with an amount in its place, such as 1,200."""
        words = {code: said.replace(AMOUNT, f"{amount:,}") for code, said in self.said.items()}
        return replace(self, said=words)


def load_phrases(folder: Path) -> list[Phrase]:
    """The phrases of every .yaml in a folder, by number.

    Raises:
        DataFileError: a file is unreadable, a language is missing, an amount is in one language and not in
            another, or a number stands twice.
    """
    found: dict[str, Phrase] = {}
    for path in sorted(folder.glob("*.yaml")):
        top = load_data_file(path, f"phrases/{path.name}").mapping(required=("group", "phrases"), optional=())
        group = top["group"].text()
        for node in top["phrases"].items():
            entry = node.mapping(required=("id", "number", "kana", *language_codes()), optional=())
            said = {code: entry[code].text() for code in language_codes()}
            for code, words in said.items():
                if (AMOUNT in words) != (AMOUNT in said[_JAPANESE]):
                    entry[code].fail("{n} は、すべての言語に入れるか、どれにも入れないでください")
            phrase = Phrase(entry["id"].text(), entry["number"].text(), entry["kana"].text(), group, said)
            if phrase.number in found:
                entry["number"].fail(f"同じ番号が2回あります: {phrase.number}")
            found[phrase.number] = phrase
    return [found[number] for number in sorted(found)]


def find_phrases(phrases: list[Phrase], typed: str) -> list[Phrase]:
    """The phrases that fit what is typed: its number, words, or the reading in kana or Latin letters."""
    part = _plain(typed)
    if not part:
        return phrases
    if part.isdecimal():
        return [phrase for phrase in phrases if phrase.number.startswith(part)]
    spelling = fold_latin(part) if part.isascii() else part
    return [
        phrase
        for phrase in phrases
        if part in _plain(phrase.japanese)
        or part in _plain(phrase.group)
        or part in _plain(phrase.kana)
        or spelling in latin_reading(_plain(phrase.kana))
    ]


def _plain(text: str) -> str:
    # NFKC is for what is typed to find something, never for text that reaches paper.
    return unicodedata.normalize("NFKC", text).lower().translate(_TO_KATAKANA).strip()
