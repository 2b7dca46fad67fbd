"""No picture of the memory, where names and numbers are, is left on the disk when the program breaks down."""

import contextlib
import ctypes
import sys

_PR_SET_DUMPABLE = 4  # given: prctl(2), linux/prctl.h


def forbid_core_dumps() -> None:
    """Linux writes no core dump of this process any more, into no file and to no service that collects them.

    The limit alone is not asked where core_pattern is a pipe (systemd-coredump, apport); a process that is
    not dumpable is passed over there too, and no other program of the same user can attach to it (given:
    core(5), prctl(2)). Programs that this one starts have the limit, not the mark. On Windows nothing is
    done: that is a policy of the organisation (docs/manual/system.md). A system that refuses is none to
    stop for: the counter serves people.
    """
    if sys.platform == "win32":
        return
    import resource

    with contextlib.suppress(OSError, ValueError):
        hard = resource.getrlimit(resource.RLIMIT_CORE)[1]  # a child of ours may ask for dumps of its own
        resource.setrlimit(resource.RLIMIT_CORE, (0, hard))
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):  # a C library of another kind
            ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
