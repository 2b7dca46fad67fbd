"""Which boxes may bear the card's own picture of the visitor's name or address 券面の画像, and which do."""

import contextlib
from collections import defaultdict
from collections.abc import Mapping
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

_FACTS: Final = {"visitor.name": Fact.NAME, "visitor.address": Fact.ADDRESS}


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
    fact = _fact_of(case, facts, finding.field)
    place = (finding.form, finding.field)
    is_tried = place in case.pictured and case.pictured[place] == facts.at(finding.field)
    if finding.kind is not FindingKind.NO_GLYPH or fact is None:
        return PictureOffer.NONE
    if fact not in case.card_pictures:
        has_face = bool(case.card_pictures)
        return PictureOffer.NONE if has_face else PictureOffer.FACE_UNREAD
    return PictureOffer.NONE if is_tried else PictureOffer.READY


def pictures_wanted(case: Case, facts: Facts) -> Mapping[str, Mapping[str, TextPicture]]:
    """By form and field, the pictures the clerk decided on, while the value is still the same."""
    found: dict[str, dict[str, TextPicture]] = defaultdict(dict)
    for (form, field), value in case.pictured.items():
        fact = _fact_of(case, facts, field)
        if fact is not None and fact in case.card_pictures and facts.at(field) == value:
            found[form][field] = case.card_pictures[fact]
    return found


def _fact_of(case: Case, facts: Facts, field: str) -> Fact | None:
    """Which fact of the 個人番号カード the box bears, code point for code point; None for others."""
    origin = facts.origins.get(field, field)
    evidence = case.evidence
    is_told_by_card = evidence is not None and evidence.card_kind == CardKind.MY_NUMBER
    if not is_told_by_card or facts.sources.get(origin) is not FactSource.CARD:
        return None
    return _FACTS.get(origin) if facts.at(field) == facts.values.get(origin) else None
