"""The record of 本人確認: which papers were seen, how, what was asked; never an answer, never a number."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from kakanai.cardreader.kinds import CardKind
from kakanai.identity.evidence import Evidence
from kakanai.reception.identity_papers import IdentityPaper, PaperKind, identity_papers


class Way(StrEnum):
    """How the visitor was known 確認の方法: by a card's chip, by papers shown, or by questions 聴聞."""

    CHIP = "chip"
    SHOWN = "shown"
    HEARD = "heard"

    @property
    def label(self) -> str:
        """What a clerk calls it."""
        return {Way.CHIP: "IC読み取り", Way.SHOWN: "提示", Way.HEARD: "聴聞"}[self]


class Sufficiency(StrEnum):
    """What the papers come to: one with a photo 1点, two 2点, papers with questions 聴聞, too little."""

    ONE = "one"
    TWO = "two"
    HEARD = "heard"
    SHORT = "short"

    @property
    def label(self) -> str:
        """What a clerk calls it."""
        return {"one": "1点", "two": "2点", "heard": "聴聞", "short": "足りません"}[self.value]


@dataclass(frozen=True)
class IdentityCheck:
    """What a clerk saw of one visitor: ids of papers and of topics asked; `clerk` is who looked 職員番号."""

    papers: tuple[str, ...]
    way: Way
    topics: tuple[str, ...] = ()
    clerk: str = ""

    @property
    def known_papers(self) -> list[IdentityPaper]:
        """The papers themselves."""
        papers = identity_papers().papers
        return [papers[name] for name in self.papers if name in papers]

    @property
    def sufficiency(self) -> Sufficiency:
        """What the papers come to: a photo alone, ア＋ア, ア＋イ; never イ＋イ."""
        kinds = [paper.kind for paper in self.known_papers]
        if PaperKind.PHOTO in kinds:
            return Sufficiency.ONE
        if len(kinds) > 1 and PaperKind.A in kinds:
            return Sufficiency.TWO
        return Sufficiency.HEARD if self.topics else Sufficiency.SHORT

    @property
    def boxes(self) -> tuple[str, ...]:
        """The squares of the clerk's box 職員処理欄 that stand for it, each once."""
        boxes = [paper.box for paper in self.known_papers]
        if self.sufficiency is Sufficiency.ONE:
            boxes = [box for box in boxes if box != "two"]
        elif self.sufficiency is not Sufficiency.TWO:
            boxes = []
        heard = ["heard"] if self.topics else []
        return tuple(dict.fromkeys([*boxes, *heard]))

    def words(self) -> str:
        """The check in one line: 「1点　個人番号カード（IC読み取り）」."""
        labels = [paper.label for paper in self.known_papers]
        topics = identity_papers().topics
        labels += [f"聴聞: {'・'.join(topics[name] for name in self.topics)}"] if self.topics else []
        return f"{self.sufficiency.label}　{'、'.join(labels)}（{self.way.label}）"


_PAPER_OF_CARD = {
    CardKind.MY_NUMBER.value: "my_number_card",
    CardKind.DRIVER_LICENCE.value: "driver_licence",
    CardKind.RESIDENCE_CARD.value: "residence_card",
}


def check_by_evidence(evidence: Evidence | None, clerk: str) -> IdentityCheck | None:
    """The check that reading a card is by itself; None for a person typed in, who must show something."""
    paper = _PAPER_OF_CARD.get(str(evidence.card_kind)) if evidence and evidence.is_by_card else None
    return IdentityCheck((paper,), Way.CHIP, clerk=clerk) if paper else None


def check_of(papers: Collection[str], topics: Collection[str], clerk: str) -> IdentityCheck:
    """A check from what a clerk ticked, in the order of the data file; unknown ids are left out."""
    known = identity_papers()
    seen = tuple(name for name in known.papers if name in papers)
    asked = tuple(name for name in known.topics if name in topics)
    return IdentityCheck(seen, Way.SHOWN if seen else Way.HEARD, asked, clerk)
