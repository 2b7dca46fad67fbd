"""Fonts of the languages that the visitor's screen 来庁者画面 speaks: which file, and which family in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kakanai.forms.fontfiles import font_folders

_DEBIAN: Final = ("truetype/noto", "opentype/noto", "truetype/bizud-gothic")


@dataclass(frozen=True)
class LanguageFace:
    """A typeface for a language: the family's name, and the file that holds it."""

    family: str
    file_name: str


_JAPANESE: Final = (LanguageFace("BIZ UDPGothic", "BIZUDPGothic-Regular.ttf"),)
_LATIN: Final = (LanguageFace("Noto Sans", "NotoSans-Regular.ttf"), LanguageFace("Segoe UI", "segoeui.ttf"))
_CJK: Final = "NotoSansCJK-Regular.ttc"

_FACES: Final[Mapping[str, tuple[LanguageFace, ...]]] = {
    "ja": _JAPANESE,
    "ja_easy": _JAPANESE,
    "en": _LATIN,
    "zh_CN": (LanguageFace("Noto Sans CJK SC", _CJK), LanguageFace("Microsoft YaHei", "msyh.ttc")),
    "zh_TW": (LanguageFace("Noto Sans CJK TC", _CJK), LanguageFace("Microsoft JhengHei", "msjh.ttc")),
    "ko": (LanguageFace("Noto Sans CJK KR", _CJK), LanguageFace("Malgun Gothic", "malgun.ttf")),
    "vi": _LATIN,
    "pt_BR": _LATIN,
    "es": _LATIN,
    "fil": _LATIN,
    "th": (
        LanguageFace("Noto Sans Thai", "NotoSansThai-Regular.ttf"),
        LanguageFace("Leelawadee UI", "LeelawUI.ttf"),
    ),
    "ne": (
        LanguageFace("Noto Sans Devanagari", "NotoSansDevanagari-Regular.ttf"),
        LanguageFace("Nirmala UI", "Nirmala.ttf"),
        LanguageFace("Nirmala UI", "Nirmala.ttc"),
    ),
}
"""The first is Debian's (Noto, BIZ UD: SIL Open Font License 1.1), the others are what Windows brings.

Source:
    Observed: file lists of Debian 12's fonts-noto-core and fonts-noto-cjk, and the names in the files.
    Given: Microsoft, Windows 11 font list: these families are on every edition, whatever its language.
"""

LANGUAGE_NAMES: Final[Mapping[str, str]] = {
    "ja": "日本語",
    "ja_easy": "やさしい日本語",
    "en": "英語",
    "zh_CN": "中国語（簡体字）",
    "zh_TW": "中国語（繁体字）",
    "ko": "韓国・朝鮮語",
    "vi": "ベトナム語",
    "pt_BR": "ポルトガル語",
    "es": "スペイン語",
    "fil": "フィリピノ語",
    "th": "タイ語",
    "ne": "ネパール語",
}
"""Each language in Japanese, for the clerk."""


@dataclass(frozen=True)
class LanguageFontStatus:
    """One language of `kakanai doctor`: the file found for it, or None."""

    language: str
    path: Path | None


def language_codes() -> tuple[str, ...]:
    """The languages of the visitor's screen, in the order in which they are offered."""
    return tuple(_FACES)


def find_language_face(language: str, extra_dirs: Iterable[Path] = ()) -> tuple[LanguageFace, Path] | None:
    """The face of a language and its file, or None when the machine has none; `extra_dirs` come first."""
    folders = (*extra_dirs, *font_folders(*_DEBIAN))
    for face in _FACES[language]:
        for folder in folders:
            if (folder / face.file_name).is_file():
                return face, folder / face.file_name
    return None


def language_font_report() -> list[LanguageFontStatus]:
    """Every language with its font's file; never raises for a missing one."""
    found = {language: find_language_face(language) for language in _FACES}
    return [LanguageFontStatus(language, face[1] if face else None) for language, face in found.items()]
