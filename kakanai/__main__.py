"""Arguments in, exit code out."""

import sys

from kakanai.app import run


def main() -> int:
    """The console script `kakanai`."""
    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
