"""That kept forms were deleted, remembered until the log has been told."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kakanai.drafts.sealed_file import remove, told_as_draft_errors, write_whole

FILE: Final = "deletions.json"


@dataclass(frozen=True)
class Deletion:
    """So many forms that were printed on a day are gone; `digest` is the SHA-256 of what their files were."""

    day: dt.date
    count: int
    digest: str


class DeletionBook:
    """The deletions of one folder that the log has not been told of. It holds names of files and digests."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE

    def add(self, day: dt.date, paths: Iterable[Path]) -> None:
        """Write down that these files are going to go; none of them has gone yet.

        Raises:
            DraftError: it could not be written down.
        """
        with told_as_draft_errors(self._path.parent):
            files = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}
        lines = "".join(f"{name} {digest}\n" for name, digest in sorted(files.items()))
        told = {
            "day": day.isoformat(),
            "files": sorted(files),
            "digest": hashlib.sha256(lines.encode("ascii")).hexdigest(),
        }
        known = [one for one in self._read() if one["digest"] != told["digest"]]
        self._write([*known, told])

    def carry_out(self) -> list[Deletion]:
        """Remove every file that is written down; what is gone now, with what was never told before.

        Raises:
            DraftError: something is still there.
        """
        book = self._read()
        for one in book:
            for name in one["files"]:
                remove(self._path.parent / Path(name).name)
        return [_deletion(one) for one in book]

    def settle(self, deletion: Deletion) -> None:
        """Forget a deletion: the log has it.

        Raises:
            DraftError: it is still written down.
        """
        left = [one for one in self._read() if one["digest"] != deletion.digest]
        if left:
            self._write(left)
        else:
            remove(self._path)

    def _read(self) -> list[dict[str, Any]]:
        with told_as_draft_errors(self._path.parent):
            text = self._path.read_text(encoding="ascii") if self._path.exists() else "[]"
        try:
            book = [one for one in json.loads(text) if _deletion(one)]
        except (ValueError, KeyError, TypeError):
            return []  # damaged: that the rest goes is worth more than what was told of it
        return book

    def _write(self, book: list[dict[str, Any]]) -> None:
        write_whole(self._path, json.dumps(book).encode("ascii"))


def _deletion(one: dict[str, Any]) -> Deletion:
    return Deletion(dt.date.fromisoformat(one["day"]), len(one["files"]), str(one["digest"]))
