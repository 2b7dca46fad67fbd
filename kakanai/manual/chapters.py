"""The chapters of the manual, in the order of its contents page `index.md`."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kakanai.manual.errors import ManualMissingError
from kakanai.resources import resource_root

CONTENTS: Final = "index.md"
_LINK = re.compile(r"\]\((?:\.\./)?([\w-]+\.md)\)")
_TITLE = re.compile(r"^# (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Chapter:
    """One file of the manual: `name` is its file name, `title` its first heading, `source` its Markdown."""

    name: str
    title: str
    source: str


class Manual:
    """All chapters, the contents first; pictures lie beside them in `images/`.

    Args:
        folder: Where the Markdown lies; None for the manual that came with the program.

    Raises:
        ManualMissingError: there is no contents page.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = manual_folder() if folder is None else folder
        contents = self._read(CONTENTS)
        # What the contents page links to is the book; each chapter stands in it once.
        names = dict.fromkeys(_LINK.findall(contents.source))
        self.chapters = (contents, *(self._read(name) for name in names))

    def chapter(self, name: str) -> Chapter:
        """The chapter of that file name.

        Raises:
            ManualMissingError: the book has none of that name.
        """
        for chapter in self.chapters:
            if chapter.name == name:
                return chapter
        raise ManualMissingError(file=name)

    def _read(self, name: str) -> Chapter:
        # The failure codes are generated one folder higher; an installed manual has all in one.
        path = self.folder / name
        try:
            source = (path if path.exists() else self.folder.parent / name).read_text(encoding="utf-8")
        except OSError as error:
            raise ManualMissingError(file=name) from error
        title = _TITLE.search(source)
        return Chapter(name, title.group(1) if title else name, source)


def manual_folder() -> Path:
    """Where the shipped manual lies: with the resources of an installed program, or in docs of a checkout."""
    root = resource_root()
    shipped = root / "manual"
    return shipped if shipped.is_dir() else root.parent / "docs" / "manual"
