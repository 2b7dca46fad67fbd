"""A shift of 200 cases at one window: does its memory grow? `python -m benchmarks.shift [CASES] [--json]`.

The real window without a screen, a simulated card each time, keys as a clerk presses them, paper in a folder;
between two cases the reception ends and the card is taken away. What is told is what the process holds (RSS,
MiB, from /proc) and how many objects Python knows, every tenth of the shift. The first fifth warms
fonts, pages and caches, a family among them; growth counts from there on. It ends with 1 when over 5 %.
"""

import gc
import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent

from benchmarks.counted_desk import CountedClerk
from benchmarks.walks import certificate_f01, move_in_family

_MOST_GROWTH = 0.05
_A_FAMILY_EVERY = 20
"""One case in so many is a family of four moving in; the others are a certificate."""


def held() -> dict[str, int]:
    """What the process holds now."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return {"rss_mib": pages * os.sysconf("SC_PAGE_SIZE") // 2**20, "objects": len(gc.get_objects())}


def worked(cases: int, home: Path) -> list[dict[str, Any]]:
    """The shift; a row for every tenth of it."""
    clerk = CountedClerk(home)
    rows = []
    begun = time.monotonic()
    try:
        for number in range(1, cases + 1):
            walk = move_in_family if number % _A_FAMILY_EVERY == 0 else certificate_f01
            walk.walk(clerk)
            clerk.enter()
            clerk.wait_for("the next visitor", lambda seen: not seen.has_person and not seen.printed)
            clerk.take_card()
            clerk.wait_for("an empty reader", lambda seen: not seen.is_card_there)
            # A window that runs by itself does this each time it has nothing to do; one that is driven never.
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
            for paper in clerk.paths.output_dir.rglob("*.pdf"):
                paper.unlink()
            if number % max(1, cases // 10) == 0:
                rows.append({"cases": number, "seconds": round(time.monotonic() - begun), **held()})
                print(rows[-1], file=sys.stderr, flush=True)
    finally:
        clerk.close()
    return rows


def main() -> int:
    """Work the shift and tell."""
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    with tempfile.TemporaryDirectory() as home:
        rows = worked(numbers[0] if numbers else 200, Path(home))
    first, last = rows[min(1, len(rows) - 1)], rows[-1]
    growth = {key: last[key] / first[key] - 1 for key in ("rss_mib", "objects")}
    if "--json" in sys.argv:
        print(json.dumps({"rows": rows, "growth": growth}))
    else:
        for row in rows:
            print("{cases:5} cases {seconds:6} s {rss_mib:6} MiB {objects:9} objects".format(**row))
        print("growth after the first fifth: " + ", ".join(f"{k} {v:+.1%}" for k, v in growth.items()))
    return int(growth["rss_mib"] > _MOST_GROWTH)


if __name__ == "__main__":
    sys.exit(main())
