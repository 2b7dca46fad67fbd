"""Writes bcryptprimitives.dll, which wine 8 lacks: ProcessPrng, passed on to ADVAPI32.SystemFunction036.

Usage: wine_random.py FOLDER. Windows has the real one; this is for .ci/try_windows.sh alone. The file holds
no code, just an export table: both functions fill a buffer with random bytes and take (buffer, length).
"""

import struct
import sys
from pathlib import Path

NAME, EXPORT, TARGET = b"bcryptprimitives.dll\0", b"ProcessPrng\0", b"ADVAPI32.SystemFunction036\0"
AT, SIZE, ALIGNED = 0x1000, 0x1000, 0x200
"""Where the one section lies in memory, how long it is there, and in the file."""


def export_table() -> bytes:
    """The export directory with its three tables and three texts, for the address AT."""
    functions, names, ordinals = AT + 40, AT + 44, AT + 48
    name = AT + 52
    export, target = name + len(NAME), name + len(NAME) + len(EXPORT)
    directory = struct.pack("<IIHHIIIIIII", 0, 0, 0, 0, name, 1, 1, 1, functions, names, ordinals)
    # An address inside the export directory is not code but the name of another library's function.
    return directory + struct.pack("<IIHxx", target, export, 0) + NAME + EXPORT + TARGET


def library() -> bytes:
    """A 64-bit DLL of headers and one section."""
    table = export_table()
    dos = b"MZ" + bytes(58) + struct.pack("<I", 64)
    file_header = struct.pack("<HHIIIHH", 0x8664, 1, 0, 0, 0, 240, 0x2022)
    optional = struct.pack("<HBBIIIII", 0x20B, 0, 0, 0, ALIGNED, 0, 0, AT)
    optional += struct.pack(
        "<QIIHHHHHHIIIIHH", 0x180000000, 0x1000, 0x200, 6, 0, 0, 0, 6, 0, 0, 0x2000, 0x200, 0, 3, 0x100
    )
    optional += struct.pack("<QQQQII", 0x100000, 0x1000, 0x100000, 0x1000, 0, 16)
    optional += struct.pack("<II", AT, len(table)) + bytes(8 * 15)
    section = struct.pack("<8sIIIIIIHHI", b".rdata", SIZE, AT, ALIGNED, 0x200, 0, 0, 0, 0, 0x40000040)
    headers = dos + b"PE\0\0" + file_header + optional + section
    return headers.ljust(0x200, b"\0") + table.ljust(ALIGNED, b"\0")


if __name__ == "__main__":
    (Path(sys.argv[1]) / "bcryptprimitives.dll").write_bytes(library())
