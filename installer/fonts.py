"""The fonts that forms and window need, each byte as it is pinned."""

from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from installer.errors import BuildError
from installer.pins import PinnedFont
from installer.wheelhouse import file_hash

DEBIAN = Path("/usr/share/fonts")


def copy_fonts(fonts: Sequence[PinnedFont], source: Path, target: Path) -> None:
    """Copy the fonts into `target`. In `source` they lie as Debian packs them, or all in the one folder.

    Raises:
        BuildError: one is missing, or is another edition.
    """
    target.mkdir(parents=True, exist_ok=True)
    for font in fonts:
        name = PurePosixPath(font.file).name
        path = next((p for p in (source / font.file, source / name) if p.is_file()), None)
        if path is None:
            raise BuildError(
                f"The font {name} is not in {source}. Run `make setup`, or name a folder: --fonts."
            )
        if file_hash(path) != font.sha256:
            raise BuildError(
                f"{path} is not {font.name} {font.version} as it is pinned in installer/pins.toml."
            )
        (target / name).write_bytes(path.read_bytes())
