"""The inside of a virtual 運転免許証: MF and its DFs, files with access rules, what has been verified.

Unlike 個人番号カード this card keeps what was verified when another DF is selected (given: specification).
"""

import dataclasses
import hmac

from kakanai.cardreader.simulator.retry_counters import RetryCounters


@dataclasses.dataclass(frozen=True, repr=False)
class LicenceFile:
    """A transparent file, readable once every PIN of `needs` was verified."""

    content: bytes
    needs: frozenset[int] = frozenset()


@dataclasses.dataclass(frozen=True, repr=False)
class LicencePinFile:
    """A PIN (IEF) of MF; a right value restores all of its tries."""

    value: bytes
    attempts: int
    counter: str


@dataclasses.dataclass(frozen=True, repr=False)
class Directory:
    """MF (`aid` is its file id then) or a DF; files by file id."""

    aid: bytes
    files: dict[int, LicenceFile | LicencePinFile]


class LicenceDirectories:
    """Which directory and file are current, and which PINs were verified; MF is current after power-on."""

    def __init__(self, master: Directory, directories: list[Directory], counters: RetryCounters) -> None:
        self._master = master
        self._directories = {directory.aid: directory for directory in directories}
        self._counters = counters
        self._verified: set[int] = set()
        self.power_off()

    def power_off(self) -> None:
        """Forget everything but the retry counters."""
        self._verified.clear()
        self.select_master()

    def select_master(self) -> None:
        """Make MF current."""
        self._directory = self._master
        self._file_id: int | None = None

    def select_directory(self, aid: bytes) -> bool:
        """Whether there is a DF of this name, which is current then; PINs stay verified."""
        found = self._directories.get(aid)
        if found is None:
            return False
        self._directory, self._file_id = found, None
        return True

    def select_file(self, file_id: int) -> bool:
        """Whether the current directory has this file, which is current then."""
        if file_id not in self._directory.files:
            return False
        self._file_id = file_id
        return True

    @property
    def current_file(self) -> LicenceFile | LicencePinFile | None:
        """The current file, None after selecting a directory."""
        return None if self._file_id is None else self._directory.files[self._file_id]

    def may_read(self, file: LicenceFile) -> bool:
        """Whether every PIN it needs was verified."""
        return file.needs <= self._verified

    def attempts_remaining(self, file: LicencePinFile) -> int:
        """Tries left, 0 for locked."""
        return self._counters.remaining(file.counter, file.attempts)

    def verify(self, file: LicencePinFile, value: bytes) -> bool:
        """Whether the value is that of the current PIN file; the try is written down before the comparison.

        Raises:
            SimulatorStateError: the try cannot be written down; nothing was compared.
        """
        file_id = self._file_id
        if file_id is None:
            raise ValueError("no PIN file is current")
        self._verified.discard(file_id)
        self._counters.store(file.counter, self.attempts_remaining(file) - 1)
        if not hmac.compare_digest(value, file.value):
            return False
        self._counters.store(file.counter, file.attempts)
        self._verified.add(file_id)
        return True
