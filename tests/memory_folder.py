"""Where tests put their files: in memory where there is room, for on a disk each commit waits for it."""

import os
import sys

_FOLDER = "/dev/shm"
_ROOM_MIN = 2 << 30
"""Bytes; far more than lies there at any time, for a test's folder goes when the test has passed."""


def folder_in_memory():
    """A folder in memory that may hold programs too; "" where there is none, or too little room."""
    if sys.platform == "win32":
        return ""
    try:
        told = os.statvfs(_FOLDER)
    except OSError:
        return ""
    has_room = told.f_bavail * told.f_frsize >= _ROOM_MIN
    is_usable = os.access(_FOLDER, os.W_OK) and not told.f_flag & (os.ST_NOEXEC | os.ST_RDONLY)
    return _FOLDER if has_room and is_usable else ""
