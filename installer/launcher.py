"""kakanai.exe and kakanaiw.exe: a ready-made launcher, the Python beside it, and two lines of program."""

import io
import zipfile

_PROGRAM = "import sys\nfrom kakanai.__main__ import main\nsys.exit(main())\n"
_EARLIEST = (1980, 1, 1, 0, 0, 0)


def make_launcher(stub: bytes, python: str) -> bytes:
    """A Windows program that runs kakanai with `python`, a path from the program's own folder.

    The same input makes the same bytes: the zip inside bears the earliest time that a zip can.
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(zipfile.ZipInfo("__main__.py", _EARLIEST), _PROGRAM)
    return stub + f"#!<launcher_dir>\\{python}\r\n".encode() + packed.getvalue()
