"""How long a cold process takes to a window that hears keys: `python -m benchmarks.startup [RUNS] [--json]`.

Each start is a process of its own on a town that is set up, its log empty, without a screen (Qt's offscreen)
and, where Xvfb is installed, on one. Times depend on the machine and what else it does: CPU seconds less than
wall-clock ones, the smallest less than the median. What is imported and opened is exact, from one more start.
"""

import contextlib
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_POINTS = ("entered", "shown", "painted", "ready")
_SCREEN = "1366x768x24"


def start(home: Path, platform: str, *more: str) -> dict[str, Any]:
    """One start; what the probe told of it."""
    outside = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    environment = {
        **outside,
        "KAKANAI_HOME": str(home),
        "QT_QPA_PLATFORM": platform,
        "KAKANAI_BENCH_BEGUN": str(time.monotonic()),
    }
    command = [sys.executable, "-m", "benchmarks.startup_probe", *more]
    done = subprocess.run(  # noqa: S603
        command, env=environment, stdout=subprocess.PIPE, text=True, check=True
    )
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


@contextlib.contextmanager
def screen() -> Iterator[bool]:
    """An X server of our own, if it can be had; DISPLAY names it meanwhile."""
    xvfb = shutil.which("Xvfb")
    if xvfb is None:
        yield False
        return
    before = os.environ.get("DISPLAY")
    read, write = os.pipe()
    options = ("-displayfd", str(write), "-screen", "0", _SCREEN, "-nolisten", "tcp")
    with subprocess.Popen(  # noqa: S603
        [xvfb, *options], pass_fds=(write,), stderr=subprocess.DEVNULL
    ) as server:
        os.close(write)
        with os.fdopen(read, encoding="ascii") as told:
            os.environ["DISPLAY"] = f":{told.readline().strip()}"
        try:
            yield True
        finally:
            os.environ.pop("DISPLAY")
            if before is not None:
                os.environ["DISPLAY"] = before
            server.terminate()


def series(runs: int, platform: str) -> dict[str, Any]:
    """So many starts, after one that nobody counts: it makes the log and Python's compiled files."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        (home / "town.toml").write_text('[town]\nname = "架空町"\n', encoding="utf-8")
        start(home, platform)
        told = [start(home, platform) for _ in range(runs)]
        counted = start(home, platform, "--count")
    row: dict[str, Any] = {"platform": platform, "runs": runs}
    for point in _POINTS:
        for unit in ("wall_s", "cpu_s"):
            found = [one[point][unit] for one in told]
            row[f"{point}_{unit}"] = [round(min(found), 2), round(statistics.median(found), 2)]
    row["peak_mib"] = min(one["peak_mib"] for one in told)
    return row | {"modules": counted["modules"], "files": counted["files"]}


def main() -> int:
    """Start and tell."""
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    runs = numbers[0] if numbers else 7
    rows = [series(runs, "offscreen")]
    with screen() as has_screen:
        if has_screen:
            rows.append(series(runs, "xcb"))
    if "--json" in sys.argv:
        print(json.dumps(rows))
        return 0
    for row in rows:
        print(f"{row['platform']}: {row['runs']} starts, smallest / median")
        for point in _POINTS:
            wall, cpu = row[f"{point}_wall_s"], row[f"{point}_cpu_s"]
            print(f"  {point:8} wall {wall[0]:6.2f} / {wall[1]:6.2f} s   CPU {cpu[0]:5.2f} / {cpu[1]:5.2f} s")
        print(
            f"  {row['modules']} modules imported, {row['files']} files opened, {row['peak_mib']} MiB at most"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
