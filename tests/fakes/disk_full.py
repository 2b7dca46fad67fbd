"""The disk is full: SQLite finds no further page, and file writes fail with ENOSPC."""

import contextlib
import errno
import os

from sqlalchemy import Engine, event


@contextlib.contextmanager
def full_for_sqlite(spare_pages=0):
    """Databases opened meanwhile may grow by `spare_pages` pages only; then SQLite says SQLITE_FULL."""

    def limit(connection, _entry):
        cursor = connection.cursor()
        used = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {max(used, 1) + spare_pages}").close()

    event.listen(Engine, "connect", limit)
    try:
        yield
    finally:
        event.remove(Engine, "connect", limit)


def write_on_full_disk(after_bytes):
    """A stand-in for os.write that takes `after_bytes` bytes in all, then fails with ENOSPC."""
    left = after_bytes

    def write(descriptor, data):
        nonlocal left
        if left <= 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        taken = REAL_WRITE(descriptor, bytes(data[:left]))
        left -= taken
        return taken

    return write


REAL_WRITE = os.write
