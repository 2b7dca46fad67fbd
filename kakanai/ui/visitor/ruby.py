"""Ruby 振り仮名 in a line of text: 漢字《かんじ》, with ｜ before the base where it is not all kanji."""

import re
from dataclasses import dataclass

_RUBY = re.compile(r"(?:｜(?P<marked>[^｜《》]+)|(?P<kanji>[々〆一-鿿㐀-䶿]+))《(?P<ruby>[^《》]+)》")
GAP = "　"


@dataclass(frozen=True, repr=False)
class Segment:
    """A piece of text with the letters above it; "" for none. It may be a name, so `repr` hides it."""

    base: str
    ruby: str = ""

    def __repr__(self) -> str:
        return "Segment(****)"


Word = tuple[Segment, ...]
"""What stays on one line when there is room for it; an empty one begins a new line."""


def parse_ruby(text: str) -> list[Word]:
    """The words of a line in the spelling above, parted at the wide spaces of 分かち書き."""
    words: list[Word] = []
    for number, line in enumerate(text.split("\n")):
        if number:
            words.append(())
        words += [tuple(_segments(word)) for word in line.split(GAP) if word]
    return words


def has_ruby(text: str) -> bool:
    """Whether anything stands above the line."""
    return _RUBY.search(text) is not None


def without_ruby(text: str) -> str:
    """The line without its ruby, for screen readers."""
    return _RUBY.sub(lambda match: match["marked"] or match["kanji"], text)


def name_words(name: str, kana: str) -> list[Word]:
    """A name with its フリガナ above: part by part when both have as many parts, else all above all.

    The name's letters stay code point for code point; only the gaps between its parts become gaps.
    """
    if not kana:
        return [(Segment(part),) for part in _parts(name)]
    names, kanas = _parts(name), _parts(kana)
    if len(names) != len(kanas):
        return [(Segment(name, kana),)]
    return [(Segment(part, above),) for part, above in zip(names, kanas, strict=True)]


def _parts(text: str) -> list[str]:
    return [part for part in re.split(r"[　 ]", text) if part]


def _segments(word: str) -> list[Segment]:
    found: list[Segment] = []
    end = 0
    for match in _RUBY.finditer(word):
        if match.start() > end:
            found.append(Segment(word[end : match.start()]))
        found.append(Segment(match["marked"] or match["kanji"], match["ruby"]))
        end = match.end()
    if end < len(word):
        found.append(Segment(word[end:]))
    return found
