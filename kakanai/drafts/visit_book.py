"""Who was here today, without saying who: keyed marks of name and birth date, gone at the end of the day."""

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final

from kakanai.drafts.errors import DraftDamagedError, DraftKeyMismatchError
from kakanai.drafts.sealed_file import SealKey, remove, seal, told_as_draft_errors, unseal, write_whole

FILE: Final = "visits.sealed"


@dataclass(frozen=True)
class Visit:
    """One case of today: its number 受付番号, the time in Japan it began (10:15), the forms that came out."""

    number: str
    clock: str
    forms: tuple[str, ...] = ()


class VisitBook:
    """The visits of one day, sealed on disk. It holds no name: a mark is an HMAC under the drafts' key."""

    def __init__(self, folder: Path, keys: tuple[SealKey, ...], day: dt.date) -> None:
        self._path = folder / FILE
        self._key = keys[0]
        self.day = day
        self._visits: dict[str, tuple[Visit, ...]] = {}
        self._read(keys)

    def mark(self, name: str, birth_date: str) -> str:
        """What stands for a person on this day; without the key nobody can tell for whom."""
        return self._key.keyed(
            b"kakanai visit", self.day.isoformat().encode(), _bytes(name), _bytes(birth_date)
        ).hex()

    def visits_of(self, mark: str, *, other_than: str) -> tuple[Visit, ...]:
        """Today's other cases of that person, first to last."""
        return tuple(visit for visit in self._visits.get(mark, ()) if visit.number != other_than)

    def note(self, mark: str, visit: Visit) -> None:
        """Keep that this person is here for this case, and for no other person's."""
        self.forget_case(visit.number)
        self._visits[mark] = (*self._visits.get(mark, ()), visit)

    def note_forms(self, number: str, forms: Iterable[str]) -> None:
        """Keep which forms came out in a case."""
        told = tuple(forms)
        for mark, visits in self._visits.items():
            self._visits[mark] = tuple(replace(v, forms=told) if v.number == number else v for v in visits)

    def forget_case(self, number: str) -> None:
        """The case came to nothing, or was somebody else's."""
        left = {mark: tuple(v for v in visits if v.number != number) for mark, visits in self._visits.items()}
        self._visits = {mark: visits for mark, visits in left.items() if visits}

    def begin_day(self, day: dt.date, key: SealKey) -> None:
        """Forget everything, and begin another day.

        Raises:
            DraftUnwritableError: the file of the day before is still there.
        """
        self.day, self._key, self._visits = day, key, {}
        remove(self._path)

    @property
    def is_empty(self) -> bool:
        """Whether nobody was here yet."""
        return not self._visits

    def save(self) -> None:
        """Keep the book on disk.

        Raises:
            DraftDiskFullError, DraftUnwritableError: the file is as it was.
        """
        visits = {mark: [asdict(visit) for visit in of] for mark, of in self._visits.items()}
        told = {"day": self.day.isoformat(), "visits": visits}
        write_whole(self._path, seal(self._key, json.dumps(told).encode("ascii")))

    def _read(self, keys: tuple[SealKey, ...]) -> None:
        try:
            with told_as_draft_errors(self._path.parent):
                data = self._path.read_bytes() if self._path.exists() else b""
            told = json.loads(unseal(keys[:1], data)) if data else {}
            if told.get("day") == self.day.isoformat():
                self._visits = {
                    mark: tuple(Visit(v["number"], v["clock"], tuple(v["forms"])) for v in visits)
                    for mark, visits in told["visits"].items()
                }
        except (DraftDamagedError, DraftKeyMismatchError, ValueError, KeyError, TypeError, AttributeError):
            self._visits = {}  # a hint less; the file is written anew with the next visit
        else:
            if data and not self._visits:
                remove(self._path)


def _bytes(text: str) -> bytes:
    # A card can hold half a surrogate pair; it tells people apart as well as any other character.
    return text.encode("utf-8", "surrogatepass")
