"""The phrases 言い回し a supervisor chooses from: the log keeps their ids, so that no name can be written.

See docs/decisions/0020-no-free-text-in-the-log.md.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from kakanai.datafile import Node, load_data_file
from kakanai.daybook.errors import UnknownPhraseError
from kakanai.resources import resource_root

_AREA: Final = "review."
_TOWN: Final = "town_"
_ID_LONGEST: Final = 30


class ReviewKind(StrEnum):
    """What a supervisor says of a case."""

    APPROVE = "approve"
    SEND_BACK = "send_back"
    COMMENT = "comment"

    @property
    def label(self) -> str:
        """The judgement in Japanese."""
        return {"approve": "承認", "send_back": "差戻し", "comment": "付記"}[self.value]


@dataclass(frozen=True)
class ReviewPhrase:
    """A phrase: the id that the log keeps, and its words. `is_off`: an old log has it, none is offered it."""

    id: str
    words: str
    kinds: frozenset[ReviewKind]
    is_off: bool = False

    @property
    def name(self) -> str:
        """How an entry names it."""
        return f"{_AREA}{self.id}"


def phrase_id_of(name: str) -> str:
    """The id in an entry's name for a phrase."""
    return name.removeprefix(_AREA)


class PhraseBook:
    """Every phrase there is, ours before the town's."""

    def __init__(self, phrases: Iterable[ReviewPhrase]) -> None:
        self._phrases = {phrase.id: phrase for phrase in phrases}

    def of(self, kind: ReviewKind) -> tuple[ReviewPhrase, ...]:
        """What can be chosen for a judgement."""
        return tuple(p for p in self._phrases.values() if kind in p.kinds and not p.is_off)

    def chosen(self, kind: ReviewKind, phrase: str) -> ReviewPhrase:
        """The phrase of that id, or of exactly those words.

        Raises:
            UnknownPhraseError: it is none for this judgement; what was given is not repeated.
        """
        for known in self.of(kind):
            if phrase in {known.id, known.words}:
                return known
        ids = "、".join(f"{known.id}（{known.words}）" for known in self.of(kind))
        raise UnknownPhraseError(kind=kind.label, known=ids)

    def words(self, phrase: str) -> str:
        """The words of a phrase in an old log, which the town may have dropped since."""
        known = self._phrases.get(phrase)
        return known.words if known else f"（今の設定にない言い回し {phrase}）"


def load_phrases(town_phrases: Iterable[str] = (), file: Path | None = None) -> PhraseBook:
    """Our phrases and the town's own.

    Raises:
        DataFileError: the file has a mistake.
    """
    root = load_data_file(file or resource_root() / "daybook" / "review_phrases.yaml")
    own = [_phrase(node) for node in root.mapping(required={"phrases"}, optional=())["phrases"].items()]
    return PhraseBook([*own, *map(_town_phrase, town_phrases)])


def _phrase(node: Node) -> ReviewPhrase:
    entry = node.mapping(required={"id", "for", "words"}, optional={"off"})
    phrase = entry["id"].text()
    if not phrase.isidentifier() or not phrase.isascii() or len(phrase) > _ID_LONGEST:
        entry["id"].fail(f"id は英小文字と _ で{_ID_LONGEST}字までにしてください")
    if phrase.startswith(_TOWN):
        entry["id"].fail(f"{_TOWN} で始まる id は町のことばのためのものです")
    kinds = frozenset(ReviewKind(kind.one_of(list(ReviewKind))) for kind in entry["for"].items())
    return ReviewPhrase(phrase, entry["words"].text(), kinds, "off" in entry and entry["off"].flag())


def _town_phrase(words: str) -> ReviewPhrase:
    # Named by its own words: whoever changes the town's list cannot change what was said before.
    digest = hashlib.sha256(words.encode()).hexdigest()[:12]
    return ReviewPhrase(f"{_TOWN}{digest}", words, frozenset(ReviewKind))
