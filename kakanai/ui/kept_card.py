"""What a draft keeps of a card that was read: enough to show it again, nothing to read it again with."""

import dataclasses
import datetime as dt
from typing import Any, Self

from kakanai.cardreader.authenticity.verdict import Authenticity
from kakanai.reception.plain_values import Plain, from_plain, to_plain
from kakanai.ui.card_pictures import CardPictures


@dataclasses.dataclass(frozen=True, repr=False)
class KeptCard:
    """A card's pictures, what was found about it, until when it is valid. Personal; `repr` is masked."""

    pictures: CardPictures
    authenticity: Authenticity | None
    expires_on: dt.date | None

    def __repr__(self) -> str:
        return "KeptCard(****)"

    def to_plain(self) -> dict[str, Plain]:
        """For the draft."""
        pictures = {
            field.name: getattr(self.pictures, field.name) for field in dataclasses.fields(CardPictures)
        }
        return {
            "pictures": dict(pictures),
            "authenticity": to_plain(self.authenticity),
            "expires_on": to_plain(self.expires_on),
        }

    @classmethod
    def from_plain(cls, told: dict[str, Any]) -> Self:
        """What `to_plain` gave."""
        return cls(
            CardPictures(**told["pictures"]), from_plain(told["authenticity"]), from_plain(told["expires_on"])
        )
