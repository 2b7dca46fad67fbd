"""One start of the program, told as JSON: run by startup.py in a process of its own.

The window opens as `kakanai` opens it. **painted**: its first picture is drawn and no event waits, so keys
are heard. **ready**: the bar says how the reader stands, and the printers are listed. Then it is closed.
"""

import json
import os
import resource
import sys
import time

_begun = float(os.environ["KAKANAI_BENCH_BEGUN"])
_opened: list[str] = []


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if event == "open" and isinstance(arguments[0], str) and arguments[1] != "w":
        _opened.append(arguments[0])


if "--count" in sys.argv:
    sys.addaudithook(_watch)  # costs time, so not in the runs that are timed


def _now() -> dict[str, float]:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return {"wall_s": time.monotonic() - _begun, "cpu_s": used.ru_utime + used.ru_stime}


def main() -> None:
    """Start, wait, tell."""
    from kakanai.app.entry import run

    entered = _now()
    from PySide6.QtWidgets import QApplication

    told: dict[str, object] = {}

    def look(application: QApplication) -> int:
        window = next(one for one in application.topLevelWidgets() if one.isWindow() and one.isVisible())
        shown = _now()
        window.repaint()
        application.processEvents()
        told["painted"] = _now()
        told["files"], told["modules"] = len(set(_opened)), len(sys.modules)
        while (
            "確かめています" in window.top_bar.reader.text()
            or not window.conversation.printing.printers.count()
        ):
            application.processEvents()
            time.sleep(0.002)
        told["ready"] = _now()
        told["entered"], told["shown"] = entered, shown
        held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        told["peak_mib"] = held // 1024
        window.close()
        return 0

    QApplication.exec = look
    status = run([])
    print(json.dumps({"status": status, **told}))


if __name__ == "__main__":
    main()
