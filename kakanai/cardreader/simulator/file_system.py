"""The inside of a virtual card: applications, files with access rules, PINs with retry counters."""

import dataclasses
import hmac

from kakanai.cardreader.simulator.retry_counters import RetryCounters
from kakanai.cardreader.simulator.rsa_key import RsaKey


@dataclasses.dataclass(frozen=True, repr=False)
class DataFile:
    """A transparent file; readable once any PIN file of `opened_by` was verified, freely if it is empty."""

    content: bytes
    opened_by: frozenset[int] = frozenset()


@dataclasses.dataclass(frozen=True, repr=False)
class RecordFile:
    """A file of records, read by READ RECORD and never by READ BINARY; `opened_by` as in DataFile."""

    records: tuple[bytes, ...]
    opened_by: frozenset[int] = frozenset()


@dataclasses.dataclass(frozen=True, repr=False)
class PinFile:
    """A PIN or 照合番号 (IEF) and how many tries it grants; a right value restores all of them."""

    value: bytes
    attempts: int
    counter: str


@dataclasses.dataclass(frozen=True, repr=False)
class KeyFile:
    """An RSA private key, usable once `opened_by` was verified (None: always); never readable.

    `authenticates`: it answers INTERNAL AUTHENTICATE, and COMPUTE DIGITAL SIGNATURE never.
    """

    key: RsaKey
    opened_by: int | None = None
    authenticates: bool = False


CardFile = DataFile | RecordFile | PinFile | KeyFile


@dataclasses.dataclass(frozen=True, repr=False)
class Application:
    """A カードAP: its id, its files by file id, and the key that signs when none is named."""

    aid: bytes
    files: dict[int, CardFile]
    default_key: int | None = None


class FileSystem:
    """Which application and file are current, and what has been verified.

    Selecting an application, the same one too, clears current file and verified PINs (assumed for the same
    one; selecting another does so on a real card, observed: soltia48/myna-card).
    """

    def __init__(self, applications: list[Application], counters: RetryCounters) -> None:
        self._applications = {application.aid: application for application in applications}
        self._counters = counters
        self._application: Application | None = None
        self._file_id: int | None = None
        self._verified: set[int] = set()

    def power_off(self) -> None:
        """Forget everything but the retry counters."""
        self._application = None
        self._file_id = None
        self._verified.clear()

    @property
    def has_application(self) -> bool:
        """Whether an application is selected."""
        return self._application is not None

    @property
    def current_file_id(self) -> int | None:
        """The current file, None after selecting an application."""
        return self._file_id

    @property
    def default_key(self) -> KeyFile | None:
        """The key of the selected application that signs when none is named."""
        if self._application is None or self._application.default_key is None:
            return None
        found = self._application.files[self._application.default_key]
        return found if isinstance(found, KeyFile) else None

    def select_application(self, aid: bytes) -> bool:
        """Whether the exact id is known; a failed try leaves everything as it was."""
        found = self._applications.get(aid)
        if found is None:
            return False
        self.power_off()
        self._application = found
        return True

    def select_file(self, file_id: int) -> CardFile | None:
        """The file, which becomes the current one, or None."""
        found = self._application.files.get(file_id) if self._application else None
        if found is not None:
            self._file_id = file_id
        return found

    def may_read(self, file: DataFile | RecordFile) -> bool:
        """Whether the access rule is met."""
        return not file.opened_by or bool(file.opened_by & self._verified)

    def may_sign(self, file: KeyFile) -> bool:
        """Whether the key's PIN was verified, or it has none."""
        return file.opened_by is None or file.opened_by in self._verified

    def attempts_remaining(self, file: PinFile) -> int:
        """Tries left, 0 for locked."""
        return self._counters.remaining(file.counter, file.attempts)

    def verify(self, file_id: int, file: PinFile, value: bytes) -> bool:
        """Whether the value was right; the try is written down before the comparison, as cards do.

        Raises:
            SimulatorStateError: the try cannot be written down; nothing was compared.
        """
        self._verified.discard(file_id)
        self._counters.store(file.counter, self.attempts_remaining(file) - 1)
        if not hmac.compare_digest(value, file.value):
            return False
        self._counters.store(file.counter, file.attempts)
        self._verified.add(file_id)
        return True
