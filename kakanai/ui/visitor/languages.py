"""The languages of the visitor's screen, and what says its words in one of them."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QDate, QLocale, QTranslator
from PySide6.QtGui import QFontDatabase

from kakanai.forms.language_fonts import find_language_face, language_codes
from kakanai.identity.birth_date import BirthDate
from kakanai.resources import resource_root
from kakanai.ui.visitor.words import CONTEXT, DATE_FORMAT

JAPANESE: Final = "ja"
EASY_JAPANESE: Final = "ja_easy"

OWN_NAMES: Final = {
    "ja": "日本語",
    "ja_easy": "やさしい日本語",
    "en": "English",
    "zh_CN": "简体中文",
    "zh_TW": "繁體中文",
    "ko": "한국어",
    "vi": "Tiếng Việt",
    "pt_BR": "Português",
    "es": "Español",
    "fil": "Filipino",
    "th": "ไทย",
    "ne": "नेपाली",
}
"""Each language as its speakers write it."""


@dataclass(frozen=True)
class Tongue:
    """One language, ready to speak: its words, its font's family, its calendar."""

    code: str
    family: str
    translator: QTranslator | None = None

    @property
    def is_japanese(self) -> bool:
        """Whether Japanese beside it would say the same twice."""
        return self.code in (JAPANESE, EASY_JAPANESE)

    def say(self, words: str, **details: object) -> str:
        """The words of words.py in this language; `details` fill their places."""
        said = self.translator.translate(CONTEXT, words) if self.translator else ""
        return (said or words).format(**details)

    def date(self, born: BirthDate) -> str:
        """A date by the western calendar; "" when month or day is unknown, as the era's words tell that."""
        if born.month is None or born.day is None:
            return ""
        day = QDate(born.year, born.month, born.day)
        # A quoted word in the pattern is written as it is, so its braces and quotes are not for `say`.
        said = self.translator.translate(CONTEXT, DATE_FORMAT) if self.translator else None
        locale = QLocale(JAPANESE if self.is_japanese else self.code)
        spelled = locale.toString(day, said or DATE_FORMAT)
        # The keypad has these digits, and the tries left too; two kinds on one screen would confuse.
        return "".join(str(unicodedata.digit(letter, letter)) for letter in spelled)


def known_languages(extra_dirs: Iterable[Path] = ()) -> list[str]:
    """The languages that can be shown here, in their order: those with a font."""
    folders = tuple(extra_dirs)
    return [code for code in language_codes() if code == JAPANESE or find_language_face(code, folders)]


def load_tongue(code: str) -> Tongue:
    """A language with its words and font; loads the font into this program when the system has not.

    Without a font of its own the family is "", and Qt takes what it finds.
    """
    translator: QTranslator | None = None
    if code != JAPANESE:
        translator = QTranslator()
        translator.load(str(resource_root() / "translations" / f"visitor_{code}.qm"))
    return Tongue(code, load_family(code), translator)


def load_family(code: str) -> str:
    """The family of a language's font, loaded if need be; "" when there is none."""
    found = find_language_face(code)
    if found is None:
        return ""
    face, path = found
    if face.family not in QFontDatabase.families():
        QFontDatabase.addApplicationFont(str(path))
    return face.family
