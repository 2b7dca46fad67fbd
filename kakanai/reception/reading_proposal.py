"""The likely reading フリガナ of a name, from a dictionary of words; a proposal for a clerk, never a fact.

A name has the reading its bearer says. The dictionary knows the most usual one of most surnames and given
names, so what it says must be confirmed before it reaches paper.
"""

import re
import threading
from typing import Any

from kakanai.reception.kana_typing import typed_as_katakana

_BLANK = re.compile("[ 　]+")
_KATAKANA = re.compile("[ァ-ヴー]+")
_KANA = re.compile("[ぁ-ゖァ-ヴー]+")
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
"""Which form of a character is meant 異体字セレクタ; all of them are read alike."""
_READ_ALIKE = str.maketrans("髙﨑𠮷濵德瀨", "高崎吉浜徳瀬")
"""Characters of names that the dictionary lacks, and those that are read alike. For looking up alone."""


class ReadingDictionary:
    """Looks names up. Any thread may ask; loading takes a fifth of a second and 40 MB, at the first name."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._tokenizer: Any = None

    def reading_of(self, name: str) -> str:
        """The reading of every part of a name, apart by a full-width blank; "" unless all are known.

        Parts in Latin letters, numbers, unknown characters and names the dictionary has to piece together
        are not known. A name without a blank is taken apart only as one known surname and one given name.
        """
        parts = [part for part in _BLANK.split(name) if part]
        readings = self._whole(parts[0]) if len(parts) == 1 else [self._part(part) for part in parts]
        return "　".join(readings) if readings and all(readings) else ""

    def _part(self, part: str) -> str:
        if _KANA.fullmatch(part):
            return typed_as_katakana(part)
        words = self._words(part)
        return words[0][0] if len(words) == 1 else ""

    def _whole(self, name: str) -> list[str]:
        words = self._words(name)
        kinds = [kind for _reading, kind in words]
        return [reading for reading, _kind in words] if kinds == ["姓", "名"] else []

    def _words(self, text: str) -> list[tuple[str, str]]:
        """The reading of each word, "" where unknown, and what kind of a person's name it is."""
        plain = _SELECTORS.sub("", text).translate(_READ_ALIKE)
        with self._lock:
            if self._tokenizer is None:
                self._tokenizer = _load()
            return [(_reading(word), word.part_of_speech()[3]) for word in self._tokenizer.tokenize(plain)]


def _reading(word: Any) -> str:  # noqa: ANN401 - a morpheme of sudachipy, which has no public type
    reading = str(word.reading_form())
    return reading if not word.is_oov() and _KATAKANA.fullmatch(reading) else ""


def _load() -> Any:  # noqa: ANN401 - see _reading
    import sudachipy  # only for those who fill a form that asks for a reading

    return sudachipy.Dictionary(dict="small").tokenizer(mode=sudachipy.SplitMode.C)
