#!/opt/kakanai/bin/python -I
"""`kakanai`, as installed by the Debian package."""

import sys

from kakanai.__main__ import main

sys.exit(main())
