"""How long after a key the paper in sight shows it: `python -m benchmarks.live_paper` (`--json` for numbers).

The real window without a screen. Each key goes into the telephone number, which every form bears; the time
runs from the key to the page painted anew, with nothing else to do in between. One run on one machine: the
milliseconds are that machine's, the shares tell where they go.
"""

import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtTest import QTest

from benchmarks.counted_desk import CountedClerk
from kakanai.identity.by_hand import person_from_mapping

WITHIN_MS = 100
_DIGITS = "0157000000" * 6
_SETS = (
    ("1 form", ("seal-certificate",)),
    ("5 forms", ("residence-certificate", "seal-certificate", "tax-certificate", "move-in-with-insurance")),
    ("8 forms", ("residence-certificate", "seal-certificate", "tax-certificate", "move-in-with-insurance",
                 "child-allowance", "card-change", "pension-notice")),
)  # fmt: skip
_PERSON = {
    "name": "見本　太郎",
    "address": "北海道北見市架空町１丁目２番３号",
    "birth_date": "1980-01-15",
    "sex": "1",
}


def measure(home: Path, procedures: tuple[str, ...]) -> dict[str, Any]:
    """Milliseconds from each key to its page, and how long the window itself was busy with the key."""
    clerk = CountedClerk(home)
    try:
        clerk.flow.identify_by_hand(person_from_mapping(_PERSON)[0])
        clerk.flow.choose(list(procedures))
        clerk.window.open_stretch(2)
        clerk.wait(lambda: clerk.flow.forms and not clerk.window.paper.view.is_empty, "no paper")
        clerk.talk.question.go_to("visitor.phone")
        return {"forms": len(clerk.flow.forms), **_type(clerk)}
    finally:
        clerk.close()


def _type(clerk: CountedClerk) -> dict[str, Any]:
    view = clerk.window.paper.view
    drawn: list[float] = []
    clerk.flow.paper.shown.connect(lambda *_: drawn.append(time.perf_counter()))
    whole: list[float] = []
    window: list[float] = []
    worker: list[float] = []
    for number, digit in enumerate(_DIGITS):
        drawn.clear()
        begun = time.perf_counter()
        QTest.keyClick(clerk.focused, digit)
        taken = time.perf_counter()
        while not drawn or view.is_waiting:
            clerk.application.processEvents()
        done = time.perf_counter()
        if number >= 3:  # the first keys load fonts
            whole.append((done - begun) * 1000)
            window.append((taken - begun) * 1000)
            worker.append((drawn[0] - taken) * 1000)
        rest = time.monotonic() + 0.06  # a quick typist's pause
        while time.monotonic() < rest:
            clerk.application.processEvents()
            time.sleep(0.001)
    middle = statistics.median(whole)
    return {
        "keys": len(whole),
        "median_ms": round(middle, 1),
        "slowest_of_20_ms": round(statistics.quantiles(whole, n=20)[-1], 1),
        "share_window": round(statistics.median(window) / middle, 2),
        "share_fill_and_draw": round(statistics.median(worker) / middle, 2),
        "within_100_ms": round(sum(ms < WITHIN_MS for ms in whole) / len(whole), 2),
    }


def main() -> int:
    """Print the table; exit status 1 when a median is 100 ms or more."""
    results = {}
    for title, procedures in _SETS:
        with tempfile.TemporaryDirectory() as home:
            results[title] = measure(Path(home), procedures)
    if "--json" in sys.argv[1:]:
        print(json.dumps(results, indent=2))
    else:
        print(f"{'':10}{'keys':>6}{'median ms':>11}{'95 % ms':>9}{'window':>8}{'worker':>8}{'< 100 ms':>10}")
        for title, found in results.items():
            print(
                f"{title:10}{found['keys']:6}{found['median_ms']:11.1f}{found['slowest_of_20_ms']:9.1f}"
                f"{found['share_window']:8.2f}{found['share_fill_and_draw']:8.2f}{found['within_100_ms']:10.2f}"
            )
    return int(any(found["median_ms"] >= WITHIN_MS for found in results.values()))


if __name__ == "__main__":
    sys.exit(main())
