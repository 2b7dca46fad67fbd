"""Pictures of a card as PNG bytes 顔写真・字形: in memory only, from the card thread to the window."""

import contextlib
from dataclasses import dataclass

from kakanai.cardreader.driver_licence.readings import LicenceReading
from kakanai.cardreader.mynumber.readings import MyNumberCardReading
from kakanai.cardreader.mynumber.surface_reading import SurfaceReading
from kakanai.cardreader.pictures import PictureError, PictureFormat, to_png
from kakanai.cardreader.residence_card.readings import ResidenceCardReading


@dataclass(frozen=True, repr=False)
class CardPictures:
    """PNG bytes, None where the card gave none. `is_damaged`: at least one was no picture. `repr` is masked.

    `face` is the whole front of a 在留カード, on which alone its name stands.
    """

    photo: bytes | None = None
    name: bytes | None = None
    address: bytes | None = None
    face: bytes | None = None
    is_damaged: bool = False

    def __repr__(self) -> str:
        return "CardPictures(****)"

    @property
    def has_any(self) -> bool:
        """Whether there is anything to show."""
        return any((self.photo, self.name, self.address, self.face))


NO_PICTURES = CardPictures()

_PHOTO = (PictureFormat.JPEG2000,)
_DRAWN = (PictureFormat.PNG, PictureFormat.TIFF)


def pictures_of(result: object) -> CardPictures:
    """The pictures of a reading, decoded; one that is damaged is left out, and the rest stays."""
    match result:
        case MyNumberCardReading(surface=SurfaceReading() as surface):
            return pictures_of(surface)
        case SurfaceReading():
            raw: dict[str, bytes | None] = {
                "photo": result.photo,
                "name": result.name_image,
                "address": result.address_image,
            }
        case LicenceReading():
            raw = {"photo": result.photo}
        case ResidenceCardReading():
            raw = {
                "photo": result.photo,
                "name": result.name_image,
                "address": result.address_image,
                "face": result.card_face,
            }
        case _:
            return NO_PICTURES
    decoded: dict[str, bytes] = {}
    for name, data in raw.items():
        if data:
            with contextlib.suppress(PictureError):
                decoded[name] = to_png(data, allowed=_PHOTO if name == "photo" else _DRAWN)
    is_damaged = len(decoded) < sum(bool(data) for data in raw.values())
    return CardPictures(
        photo=decoded.get("photo"),
        name=decoded.get("name"),
        address=decoded.get("address"),
        face=decoded.get("face"),
        is_damaged=is_damaged,
    )
