"""`--photo` and `--glyphs`: the pictures of a card in files, where the person at the terminal wants them."""

import os
import tempfile
from pathlib import Path
from typing import Final

from kakanai.cardreader.driver_licence.mynumber_licence import MyNumberLicenceReading
from kakanai.cardreader.driver_licence.readings import LicenceReading
from kakanai.cardreader.mynumber.readings import MyNumberCardReading
from kakanai.cardreader.pictures import PictureFormat, to_png
from kakanai.cardreader.residence_card.readings import ResidenceCardReading
from kakanai.cli.errors import OutputFileError, PictureMissingError
from kakanai.printing.hidden_file import write_hidden

Reading = MyNumberCardReading | LicenceReading | ResidenceCardReading | MyNumberLicenceReading
PHOTO_SUFFIXES: Final = frozenset({".png", ".jp2"})
_AS_ON_THE_CARD: Final = ".jp2"
_PHOTO: Final = frozenset({PictureFormat.JPEG2000})
_GLYPHS: Final = frozenset({PictureFormat.PNG, PictureFormat.TIFF})
_GLYPH_NAMES: Final = ("face", "name", "address")


def save_photo(reading: Reading, file: Path) -> None:
    """The face photo 顔写真: as on the card for `.jp2`, else as PNG; readable by this account only.

    Raises:
        PictureMissingError: the card has none, or it was not opened far enough.
        PinLockedError, SurfaceMissingError: why 券面事項確認AP could not be read.
        PictureError: the bytes are no picture; nothing was written.
        OutputFileError: the file exists or cannot be written; nothing is left.
    """
    photo = _photo(reading)
    if not photo:
        raise PictureMissingError
    picture = to_png(photo, allowed=_PHOTO)
    write_file(file, photo if file.suffix.lower() == _AS_ON_THE_CARD else picture)


def save_glyphs(reading: Reading, folder: Path) -> list[Path]:
    """The pictures of texts, `name.png` and the like, in a folder that is made if need be.

    Raises:
        PictureMissingError, PinLockedError, SurfaceMissingError, PictureError: as `save_photo`.
        OutputFileError: as `save_photo`; earlier files stay.
    """
    glyphs = {name: to_png(glyph, allowed=_GLYPHS) for name, glyph in _glyphs(reading).items()}
    if not glyphs:
        raise PictureMissingError
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputFileError(file=folder.name) from error
    files = []
    for name, picture in glyphs.items():
        file = folder / f"{name}.png"
        write_file(file, picture)
        files.append(file)
    return files


def _photo(reading: Reading) -> bytes | None:
    match reading:
        case MyNumberCardReading():
            _refuse_unread_surface(reading)
            return reading.surface.photo if reading.surface else None
    return reading.photo


def _glyphs(reading: Reading) -> dict[str, bytes]:
    found: dict[str, bytes | None] = {}
    match reading:
        case MyNumberCardReading():
            _refuse_unread_surface(reading)
            if reading.surface is not None:
                found = {"name": reading.surface.name_image, "address": reading.surface.address_image}
        case ResidenceCardReading():
            pictures = (reading.card_face, reading.name_image, reading.address_image)
            found = dict(zip(_GLYPH_NAMES, pictures, strict=True))
    return {name: picture for name, picture in found.items() if picture}


def _refuse_unread_surface(reading: MyNumberCardReading) -> None:
    if reading.surface_error is not None:
        raise reading.surface_error


def glyph_files(folder: Path) -> list[Path]:
    """Every file that `save_glyphs` may write there."""
    return [folder / f"{name}.png" for name in _GLYPH_NAMES]


def require_new_glyphs(folder: Path) -> None:
    """Nothing, when pictures could be written into the folder, which need not exist; nothing is made.

    Raises:
        OutputFileError: one of that name exists, or the place cannot be written.
    """
    for file in glyph_files(folder):
        if os.path.lexists(file):
            raise OutputFileError(file=file.name)
    place = folder.absolute()
    while not os.path.lexists(place) and place != place.parent:
        place = place.parent
    _require_writable(place, told_as=folder)


def require_new_file(file: Path) -> None:
    """Nothing, when a file of that name could be written now; nothing is made.

    Raises:
        OutputFileError: there is one, or its folder is missing or cannot be written.
    """
    if os.path.lexists(file):
        raise OutputFileError(file=file.name)
    _require_writable(file.absolute().parent, told_as=file)


def _require_writable(folder: Path, *, told_as: Path) -> None:
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except (OSError, ValueError) as error:  # a name with NUL in it is a ValueError
        raise OutputFileError(file=told_as.name) from error


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
