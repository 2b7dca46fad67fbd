"""Arguments in, exit code out."""

import io
import sys

from kakanai.app import run


def main() -> int:
    """The console script `kakanai`."""
    # A Windows console or pipe speaks CP932, which has neither 𠮷 nor selectors: a name would end in a crash.
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
