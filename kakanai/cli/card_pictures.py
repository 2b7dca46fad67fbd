"""`--photo` and `--glyphs`: the pictures of a card in files, where the person at the terminal wants them."""

from pathlib import Path
from typing import Final

from kakanai.cardreader.driver_licence.readings import LicenceReading
from kakanai.cardreader.mynumber.readings import MyNumberCardReading
from kakanai.cardreader.pictures import PictureFormat, to_png
from kakanai.cardreader.residence_card.readings import ResidenceCardReading
from kakanai.cli.errors import OutputFileError, PictureMissingError
from kakanai.printing.hidden_file import write_hidden

Reading = MyNumberCardReading | LicenceReading | ResidenceCardReading
_PHOTO: Final = frozenset({PictureFormat.JPEG2000})
_GLYPHS: Final = frozenset({PictureFormat.PNG, PictureFormat.TIFF})
_AS_ON_THE_CARD: Final = frozenset({".jp2", ".j2k"})


def save_photo(reading: Reading, file: Path) -> None:
    """The face photo 顔写真: as on the card for `.jp2`, else as PNG; readable by this account only.

    Raises:
        PictureMissingError: the card has none, or it was not opened far enough.
        PictureError: the bytes are no picture; nothing was written.
        OutputFileError: the file exists or cannot be written; nothing is left.
    """
    photo = _photo(reading)
    if not photo:
        raise PictureMissingError
    write_file(file, photo if file.suffix.lower() in _AS_ON_THE_CARD else to_png(photo, allowed=_PHOTO))


def save_glyphs(reading: Reading, folder: Path) -> list[Path]:
    """The pictures of 氏名 and 住所, `name.png` and `address.png`, in a folder that is made if need be.

    Raises:
        PictureMissingError, PictureError, OutputFileError: as `save_photo`; earlier files stay.
    """
    glyphs = _glyphs(reading)
    if not glyphs:
        raise PictureMissingError
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputFileError(file=folder.name) from error
    files = []
    for name, picture in glyphs.items():
        file = folder / f"{name}.png"
        write_file(file, to_png(picture, allowed=_GLYPHS))
        files.append(file)
    return files


def _photo(reading: Reading) -> bytes | None:
    match reading:
        case MyNumberCardReading():
            return reading.surface.photo if reading.surface else None
        case LicenceReading() | ResidenceCardReading():
            return reading.photo


def _glyphs(reading: Reading) -> dict[str, bytes]:
    match reading:
        case MyNumberCardReading(surface=surface) if surface is not None:
            return {"name": surface.name_image, "address": surface.address_image}
        case ResidenceCardReading():
            pictures = {
                "face": reading.card_face,
                "name": reading.name_image,
                "address": reading.address_image,
            }
            return {name: picture for name, picture in pictures.items() if picture}
    return {}


def write_file(file: Path, content: bytes) -> None:
    """A new file, whole or not at all, readable by this account only.

    Raises:
        OutputFileError: it exists or cannot be written; nothing is left.
    """
    try:
        hidden = write_hidden(file.absolute().parent, content)
        try:
            hidden.name(file.absolute())
        finally:
            hidden.discard()
    except OSError as error:
        raise OutputFileError(file=file.name) from error
