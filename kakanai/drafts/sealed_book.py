"""One small file that is sealed with a key of its own, and read and written whole."""

import contextlib
from pathlib import Path

from kakanai.drafts.draft_key import KeyChain, KeyReport
from kakanai.drafts.errors import DraftError
from kakanai.drafts.sealed_file import remove, seal, told_as_draft_errors, unseal, write_whole
from kakanai.drafts.system_keyring import SystemKeyring


class SealedBook:
    """The file, and its key in the keyring, or in a key file where there is none (KeyChain). Never raises.

    Nothing is kept in it that cannot be had again: what cannot be read is as if it were not there.
    """

    def __init__(self, file: Path, key_file: Path, keyring: SystemKeyring | None = None) -> None:
        self._file = file
        self._chain = KeyChain(key_file, keyring or SystemKeyring(file))

    def report(self) -> KeyReport:
        """Where the key lies or would lie; makes nothing."""
        return self._chain.report()

    def read(self) -> bytes | None:
        """What was written last; None when there is nothing, or nobody can read it."""
        try:
            with told_as_draft_errors(self._file.parent):
                return unseal(self._chain.found(), self._file.read_bytes()) if self._file.exists() else None
        except DraftError:
            return None

    def write(self, content: bytes, *, is_rekeyed: bool = False) -> bool:
        """Put this in place of what there was; whether it is on disk now.

        `is_rekeyed`: under a new key, so that no copy of the file from before can be put back.
        """
        try:
            with told_as_draft_errors(self._file.parent):
                self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            key = self._chain.renew() if is_rekeyed else self._chain.keys()[0]
            write_whole(self._file, seal(key, content))
        except DraftError:
            return False
        return True

    def clear(self) -> None:
        """Keep nothing any more; copies of the file open with no key there is from then on."""
        folder = self._file.parent
        with contextlib.suppress(DraftError), told_as_draft_errors(folder):
            if self._file.exists():
                self._chain.renew()
        # Also where no other key could be kept, as on a full disk: whoever was to go is gone with it.
        with contextlib.suppress(DraftError), told_as_draft_errors(folder):
            if self._file.exists():
                remove(self._file)
