"""The papers a visitor can be known by 本人確認書類, and what a clerk may ask 聴聞事項, from data."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from kakanai.datafile import Node, load_data_file
from kakanai.resources import resource_root


class PaperKind(StrEnum):
    """How much a paper proves: alone (官公署発行・写真付き), or with another one (ア, イ)."""

    PHOTO = "photo"
    A = "a"
    B = "b"


@dataclass(frozen=True)
class IdentityPaper:
    """One kind of paper; `box` is the square of the clerk's box 職員処理欄 that stands for it."""

    id: str
    label: str
    kind: PaperKind
    box: str


@dataclass(frozen=True)
class IdentityPapers:
    """All papers in the order a clerk is shown them, and the topics 聴聞事項 by id."""

    papers: Mapping[str, IdentityPaper]
    topics: Mapping[str, str]

    def of_kind(self, kind: PaperKind) -> list[IdentityPaper]:
        """The papers of one kind, in order."""
        return [paper for paper in self.papers.values() if paper.kind is kind]


@lru_cache(maxsize=1)
def identity_papers() -> IdentityPapers:
    """The shipped papers and topics.

    Raises:
        DataFileError: with the line of the first mistake.
    """
    path = resource_root() / "reception" / "identity_papers.yaml"
    root = load_data_file(path).mapping(required={"papers", "topics"}, optional=set())
    papers = [_paper(node) for node in root["papers"].items()]
    topics = [node.mapping(required={"id", "label"}, optional=set()) for node in root["topics"].items()]
    return IdentityPapers(
        {paper.id: paper for paper in papers},
        {entry["id"].text(): entry["label"].text() for entry in topics},
    )


def _paper(node: Node) -> IdentityPaper:
    entry = node.mapping(required={"id", "label", "kind", "box"}, optional=set())
    kind = PaperKind(entry["kind"].one_of([kind.value for kind in PaperKind]))
    return IdentityPaper(entry["id"].text(), entry["label"].text(), kind, entry["box"].text())
