"""Kana in Latin letters, folded so that every common way of typing them reads the same.

`ju`, `jyu` and `zyu` are one, so are `shi` and `si`, doubled and single consonants, long and short signs ー.
For finding only: what comes out is never shown.
"""

import re

_ROWS = {
    "": "アイウエオ",
    "k": "カキクケコ",
    "s": "サシスセソ",
    "t": "タチツテト",
    "n": "ナニヌネノ",
    "h": "ハヒフヘホ",
    "m": "マミムメモ",
    "r": "ラリルレロ",
    "g": "ガギグゲゴ",
    "z": "ザジズゼゾ",
    "d": "ダヂヅデド",
    "b": "バビブベボ",
    "p": "パピプペポ",
}
_SYLLABLES = {
    kana: consonant + vowel
    for consonant, row in _ROWS.items()
    for kana, vowel in zip(row, "aiueo", strict=True)
} | {"ヤ": "ya", "ユ": "yu", "ヨ": "yo", "ワ": "wa", "ヲ": "wo", "ン": "n", "ッ": "", "ー": ""}
_SMALL = {"ャ": "ya", "ュ": "yu", "ョ": "yo", "ァ": "a", "ィ": "i", "ゥ": "u", "ェ": "e", "ォ": "o"}

_FOLDS = (
    (
        re.compile(r"(?:sh|ch|ts|[jfc])$"),
        lambda m: {"sh": "s", "ch": "t", "ts": "t", "j": "z", "f": "h"}.get(m[0], "t"),
    ),
    (re.compile("shi"), "si"),
    (re.compile("sh"), "sy"),
    (re.compile("chi"), "ti"),
    (re.compile("ch"), "ty"),
    (re.compile("tsu"), "tu"),
    (re.compile("fu"), "hu"),
    (re.compile("ji|di"), "zi"),
    (re.compile("du"), "zu"),
    (re.compile("jy?"), "zy"),
    (re.compile(r"([bcdfghjkmnpqrstvwxyz])\1"), r"\1"),
    (re.compile("[-']"), ""),
)


def latin_reading(katakana: str) -> str:
    """The folded Latin letters of katakana; other characters stay."""
    letters = ""
    for kana in katakana:
        if kana in _SMALL:
            # キャ is ki + small ya: the vowel gives way.
            letters = letters[:-1] + _SMALL[kana]
        else:
            letters += _SYLLABLES.get(kana, kana)
    return fold_latin(letters)


def fold_latin(typed: str) -> str:
    """Typed Latin letters in lower case, folded the same way; the last syllable may still be half typed."""
    for pattern, instead in _FOLDS:
        typed = pattern.sub(instead, typed)
    return typed
