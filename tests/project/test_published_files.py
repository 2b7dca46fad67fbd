"""Nothing in the tree tells where packages are downloaded from or on which machine it was written."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# One letter of each stands in brackets, so that this file passes its own test.
FORBIDDEN = re.compile(
    "|".join(
        [
            r"py[p]i\.(?:org|python)",
            r"python[h]osted\.",
            r"--(?:extra-)?index[-]url",
            r"--find[-]links",
            r"registry\.[n]pmjs",
            r"conda\.[a]naconda",
            r"(?<![\w.~-])/[r]oot/",
        ]
    ).encode()
)


def published_files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_no_download_address_and_no_machine_path() -> None:
    files = published_files()
    assert ROOT / "pyproject.toml" in files
    found = [
        f"{path.relative_to(ROOT)}:{content[: hit.start()].count(10) + 1}: {hit[0].decode()}"
        for path in files
        for content in [path.read_bytes()]
        for hit in FORBIDDEN.finditer(content)
    ]
    assert found == []


def test_the_pattern_knows_what_it_looks_for() -> None:
    for sample in ("https://py_pi.org/simple", "--index_-url x", "see /r_oot/x"):
        assert FORBIDDEN.search(sample.replace("_", "").encode()), sample
    for harmless in ("--no-emit-index-url", "frame/r_oot/", "pypi_client"):
        assert not FORBIDDEN.search(harmless.replace("_", "").encode()), harmless
