"""Which boxes may bear the card's own picture of somebody's name or address 券面の画像, and which do."""

import contextlib
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from kakanai.cardreader.kinds import CardKind
from kakanai.cardreader.mynumber.readings import MyNumberCardReading
from kakanai.cardreader.text_picture import ADDRESS_CHARACTERS, NAME_CHARACTERS, TextPicture
from kakanai.errors import KakanaiError
from kakanai.forms.filled import Finding, FindingKind
from kakanai.identity.evidence import Fact, FactSource
from kakanai.reception.case import Case
from kakanai.reception.facts import Facts

_FACTS: Final = {"name": Fact.NAME, "address": Fact.ADDRESS}
_VISITORS: Final = frozenset({"visitor.name", "visitor.address"})
_ROW_NUMBER: Final = re.compile(r"\[[0-9]+\]$")


class PictureOffer(Enum):
    """Whether the card's own picture can be printed in a box."""

    NONE = auto()
    FACE_UNREAD = auto()  # it could, once the card's face is read with 照合番号B
    READY = auto()


class PictureNotOfferedError(KakanaiError):
    """The card's own picture cannot stand in this box. Details: form."""

    code = "F-046"
    exit_status = 11


def pictures_of(reading: MyNumberCardReading) -> dict[Fact, TextPicture]:
    """The pictures of name and address that were read with the card's face; a damaged one is left out."""
    if reading.surface is None:
        return {}
    # Only a card whose face was read pays for the library.
    from kakanai.cardreader.pictures import PictureError, to_text_picture

    found: dict[Fact, TextPicture] = {}
    for fact, picture, characters in (
        (Fact.NAME, reading.surface.name_image, NAME_CHARACTERS),
        (Fact.ADDRESS, reading.surface.address_image, ADDRESS_CHARACTERS),
    ):
        with contextlib.suppress(PictureError):
            found[fact] = to_text_picture(picture, line_characters=characters)
    return found


def picture_offer(case: Case, facts: Facts, finding: Finding) -> PictureOffer:
    """Whether the box of a finding 字形なし can bear the card's picture: its value is the card's own, whole.

    Not when the picture was decided on for this box already, and it is told again: it does not go in.
    """
    told = _told_by_card(case, facts, finding.field)
    place = (finding.form, finding.field)
    is_tried = place in case.pictured and case.pictured[place] == facts.at(finding.field)
    if finding.kind is not FindingKind.NO_GLYPH or told is None:
        return PictureOffer.NONE
    if told.fact not in told.pictures:
        # Only the visitor's card lies on the reader; another person's is read anew by 照合番号B.
        can_be_read = told.is_visitor and not told.pictures
        return PictureOffer.FACE_UNREAD if can_be_read else PictureOffer.NONE
    return PictureOffer.NONE if is_tried else PictureOffer.READY


def pictures_wanted(case: Case, facts: Facts) -> Mapping[str, Mapping[str, TextPicture]]:
    """By form and field, the pictures the clerk decided on, while the value is still the same."""
    found: dict[str, dict[str, TextPicture]] = defaultdict(dict)
    for (form, field), value in case.pictured.items():
        told = _told_by_card(case, facts, field)
        if told is not None and told.fact in told.pictures and facts.at(field) == value:
            found[form][field] = told.pictures[told.fact]
    return found


@dataclass(frozen=True, repr=False)
class _Told:
    """Which fact of whose 個人番号カード a box bears, code point for code point."""

    fact: Fact
    pictures: Mapping[Fact, TextPicture]
    is_visitor: bool


def _told_by_card(case: Case, facts: Facts, field: str) -> _Told | None:
    origin = facts.origins.get(field, field)
    fact = _FACTS.get(_ROW_NUMBER.sub("", origin).rpartition(".")[2])
    if fact is None or facts.sources.get(origin) is not FactSource.CARD:
        return None
    companion = case.companions.get(facts.owners.get(origin, ""))
    evidence, pictures = case.evidence, case.card_pictures
    if companion is not None:
        evidence, pictures = companion.evidence, companion.card_pictures
    elif origin not in _VISITORS:
        return None
    is_my_number_card = evidence is not None and evidence.card_kind == CardKind.MY_NUMBER
    if not is_my_number_card or facts.at(field) != facts.at(origin):
        return None
    return _Told(fact, pictures, companion is None)
