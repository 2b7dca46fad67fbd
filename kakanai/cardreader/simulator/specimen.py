"""The specimens 見本カード this program ships: resources/simulator/<id>.json."""

import re
from pathlib import Path

from kakanai.cardreader.errors import SpecimenError, SpecimenNotFoundError
from kakanai.cardreader.simulator.specimen_file import parse_specimen
from kakanai.cardreader.simulator.specimen_types import Specimen
from kakanai.resources import resource_root

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)


def specimen_folder() -> Path:
    """Where the shipped specimens lie."""
    return resource_root() / "simulator"


def list_specimens(folder: Path | None = None) -> list[Specimen]:
    """All specimens, by id.

    Raises:
        SpecimenError: one of the files is broken.
    """
    paths = sorted((folder or specimen_folder()).glob("*.json"))
    return [load_specimen(path.stem, path.parent) for path in paths]


def load_specimen(specimen_id: str, folder: Path | None = None) -> Specimen:
    """The specimen of this id.

    Raises:
        SpecimenNotFoundError: there is none.
        SpecimenError: its file is broken.
    """
    if not _ID.fullmatch(specimen_id):
        raise SpecimenNotFoundError(specimen_id)
    path = (folder or specimen_folder()) / f"{specimen_id}.json"
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise SpecimenNotFoundError(specimen_id) from None
    except OSError as error:
        raise SpecimenError(specimen_id, key="", reason="unreadable") from error
    return parse_specimen(specimen_id, content)
