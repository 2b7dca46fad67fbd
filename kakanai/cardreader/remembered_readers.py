"""What is known of readers from earlier runs: which one people chose, and which pass extended APDUs."""

import dataclasses
import json
import logging
import os
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

from kakanai.cardreader.connection import ReaderLimits

_log = logging.getLogger(__name__)


@dataclasses.dataclass
class _Known:
    chosen: str | None = None
    extended: dict[str, bool] = dataclasses.field(default_factory=dict)


class _SavedLimits(ReaderLimits):
    """ReaderLimits that tell whoever keeps them about each new value."""

    def __init__(self, extended: bool | None, on_change: Callable[[bool], None]) -> None:
        super().__init__(extended)
        self._on_change = on_change

    def __setattr__(self, name: str, value: object) -> None:
        is_new = name == "extended" and value != getattr(self, "extended", None)
        super().__setattr__(name, value)
        if is_new and isinstance(value, bool) and hasattr(self, "_on_change"):
            self._on_change(value)


class RememberedReaders:
    """Choice and limits by reader identity, kept in one JSON file below the state folder.

    The file holds names of readers and nothing of cards. A file that cannot be read or written is told once
    in the diagnostic log and does no further harm: what is learnt then lasts as long as the program.
    Delete the file to try extended APDUs again on a reader that once refused them. May be used from any
    thread; two programs at once each keep what the other wrote.
    """

    def __init__(self, path: Path) -> None:
        """Look at `path` (`readers.json`); it need not exist, nothing is created yet."""
        self._path = path
        self._lock = threading.RLock()
        self._has_told = False
        self._limits: dict[str, ReaderLimits] = {}
        self._known = self._read() or _Known()

    @property
    def chosen(self) -> str | None:
        """The identity of the reader people chose last, None when nobody did."""
        with self._lock:
            return self._known.chosen

    def choose(self, identity: str | None) -> None:
        """Remember a choice; None forgets it."""

        def change(known: _Known) -> None:
            known.chosen = identity

        self._change(change)

    def limits_of(self, identity: str) -> ReaderLimits:
        """The limits of this reader, always the same object; what is written into it is saved."""
        with self._lock:
            if identity not in self._limits:

                def learnt(extended: bool) -> None:
                    self._change(lambda known: known.extended.update({identity: extended}))

                self._limits[identity] = _SavedLimits(self._known.extended.get(identity), learnt)
            return self._limits[identity]

    def _change(self, change: Callable[[_Known], None]) -> None:
        with self._lock:
            latest = self._read()
            if latest is not None:
                self._known = latest
            change(self._known)
            self._write()

    def _read(self) -> _Known | None:
        """What the file says; None when there is none, or none that can be used."""
        try:
            return _checked(json.loads(self._path.read_bytes()))
        except FileNotFoundError:
            return None
        except (OSError, ValueError, TypeError, KeyError, RecursionError) as error:
            self._tell("ignored", error)
            return None

    def _write(self) -> None:
        """Write all of it or nothing; the file is the user's alone (0600), as mkstemp makes it."""
        content = json.dumps(dataclasses.asdict(self._known), ensure_ascii=False, indent=1)
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle, temporary = tempfile.mkstemp(dir=self._path.parent, prefix=f".{self._path.stem}-")
            try:
                # A driver's name need not be text: json reads back what surrogatepass wrote.
                with os.fdopen(handle, "w", encoding="utf-8", errors="surrogatepass") as file:
                    file.write(content)
                    file.flush()
                    os.fsync(file.fileno())
                Path(temporary).replace(self._path)
            except BaseException:
                Path(temporary).unlink(missing_ok=True)
                raise
        except OSError as error:
            self._tell("not written", error)

    def _tell(self, what: str, error: Exception) -> None:
        if not self._has_told:
            self._has_told = True
            _log.warning("%s %s: %s", self._path.name, what, type(error).__name__)


def _checked(told: object) -> _Known:
    """The file's content, or TypeError or KeyError for a file that somebody else wrote."""
    if not isinstance(told, dict):
        raise TypeError
    chosen, extended = told["chosen"], told["extended"]
    if not (chosen is None or isinstance(chosen, str)) or not isinstance(extended, dict):
        raise TypeError
    if not all(isinstance(passes, bool) for passes in extended.values()):
        raise TypeError
    return _Known(chosen, extended)
