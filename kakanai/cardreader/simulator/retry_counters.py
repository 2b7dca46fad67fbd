"""Retry counters that outlive power-off, and with a folder the program, as on a real card."""

import json
import logging
import os
import tempfile
from pathlib import Path

from kakanai.cardreader.errors import SimulatorStateError

_log = logging.getLogger(__name__)
_ATTEMPTS_MAX = 15  # 63Cx has room for no more


class RetryCounters:
    """Tries left by counter name; kept in `<folder>/<specimen>.json`, or in memory without a folder.

    The file holds numbers only. Delete it to give a specimen all its tries back.
    """

    def __init__(self, specimen_id: str, folder: Path | None, initial: dict[str, int]) -> None:
        self._specimen_id = specimen_id
        self._path = folder / f"{specimen_id}.json" if folder else None
        self._remaining = dict(initial)
        self.load()

    def load(self) -> None:
        """Take over what another process wrote down for the same specimen meanwhile.

        Raises:
            SimulatorStateError: the file is there but cannot be used.
        """
        if self._path is None:
            return
        try:
            told = json.loads(self._path.read_bytes())
        except FileNotFoundError:
            return
        except OSError as error:
            raise SimulatorStateError(self._specimen_id, reason="unreadable") from error
        except ValueError as error:
            raise SimulatorStateError(self._specimen_id, reason="json") from error
        self._remaining.update(self._checked(told))

    def _checked(self, told: object) -> dict[str, int]:
        if not isinstance(told, dict):
            raise SimulatorStateError(self._specimen_id, reason="object")
        for name, remaining in told.items():
            if type(remaining) is not int or not 0 <= remaining <= _ATTEMPTS_MAX:
                raise SimulatorStateError(self._specimen_id, reason=f"counter-{name}")
        return told

    def remaining(self, name: str, initial: int) -> int:
        """Tries left of this counter; `initial` if nothing was ever written down."""
        return self._remaining.get(name, initial)

    def store(self, name: str, remaining: int) -> None:
        """Write a counter down, whole or not at all.

        Raises:
            SimulatorStateError: the file cannot be written; the counter is as it was.
        """
        changed = {**self._remaining, name: remaining}
        if self._path is not None:
            self._write(self._path, changed)
        self._remaining = changed

    def _write(self, path: Path, counters: dict[str, int]) -> None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}-")
            try:
                with os.fdopen(handle, "w", encoding="ascii") as file:
                    json.dump(counters, file)
                Path(temporary).replace(path)
            except OSError:
                Path(temporary).unlink(missing_ok=True)
                raise
        except OSError as error:
            _log.warning("retry counters of specimen %s not written", self._specimen_id)
            raise SimulatorStateError(self._specimen_id, reason="unwritable") from error
