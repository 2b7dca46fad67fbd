"""What 1, 5 and 20 forms from one scan cost, warm and cold, beside AcroForm filling and mail merge.

`python -m benchmarks.forms_speed [1 5 20]`: a table to standard output; ends with 1 when a target is missed.
Mail merge needs LibreOffice (Debian: libreoffice-writer, -base, python3-uno) and is left out without it.
"""

import contextlib
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.process_cost import Cost, cost_of

ROOT = Path(__file__).resolve().parent.parent
FORMS = {
    1: ["F01"],
    5: ["F01", "F05", "F06", "F07", "F09"],
    20: [f"F{number:02}" for number in range(1, 21)],
}
WARM_RUNS = 5
COLD_RUNS = 3
ATTEMPTS = 5
TARGETS = {"warm": 0.150, "cold": 1.5}
"""Seconds for five forms: of CPU in a warm process, on the wall for a whole `kakanai fill`."""
SYSTEM_PYTHON = Path("/usr/bin/python3")


@dataclass(frozen=True)
class Row:
    """One way to make as many pages: seconds, and peak memory in MB of its largest process."""

    way: str
    start: str
    forms: int
    pages: int
    cpu_s: float
    wall_s: float
    peak_mb: float


def python(module: str, *arguments: str | Path) -> list[str]:
    """The command that runs a module of this folder."""
    return [sys.executable, "-m", f"benchmarks.{module}", *map(str, arguments)]


def warm(way: str, forms: int, pages: int, command: Sequence[str]) -> tuple[Row, dict[str, Any]]:
    """A row from what a warm process told of itself, and all that it told."""
    cost = cost_of(command, PYTHONPATH=str(ROOT))
    told = json.loads(cost.printed)
    peak = told.get("peak_mb", cost.peak_mb)
    pages = told.get("pages", pages)
    return Row(way, "warm", forms, pages, told["cpu_ms"] / 1000, told["wall_ms"] / 1000, peak), told


def cold(way: str, forms: int, pages: int, command: Sequence[str], **environment: str) -> Row:
    """A row of medians over a few runs of a program from its start to its end."""
    costs: list[Cost] = [cost_of(command, PYTHONPATH=str(ROOT), **environment) for _ in range(COLD_RUNS)]
    return Row(
        way,
        "cold",
        forms,
        pages,
        statistics.median(cost.cpu_s for cost in costs),
        statistics.median(cost.wall_s for cost in costs),
        max(cost.peak_mb for cost in costs),
    )


def measure(count: int, folder: Path, *, office: bool) -> list[Row]:
    """All ways for so many forms."""
    forms = ",".join(FORMS[count])
    ours, told = warm("kakanai", count, 0, python("forms_warm", forms, str(WARM_RUNS)))
    pages, values = ours.pages, told["values"]
    answers, out = folder / "answers.json", folder / "paper"
    answers.write_text(json.dumps(told["answers"]), encoding="utf-8")
    out.mkdir()
    person = folder / "person.json"
    person.write_text(json.dumps(PERSON), encoding="utf-8")
    fill = [sys.executable, "-m", "kakanai", "fill", "--forms", forms, "--person", str(person)]
    fill += ["--answers", str(answers), "--out", str(out), "--json"]
    rows = [ours, cold("kakanai", count, pages, fill, KAKANAI_HOME=str(folder / "home"))]
    template = folder / "template.pdf"
    cost_of(python("acroform_filling", "make", template, str(pages), str(values)), PYTHONPATH=str(ROOT))
    for way in ("drawn", "bare"):
        name = f"pypdf AcroForm, {way}"
        command = python("acroform_filling", way, "warm", template, "3")
        rows.append(warm(name, count, pages, command)[0])
        rows.append(
            cold(name, count, pages, python("acroform_filling", way, "fill", template, folder / "o.pdf"))
        )
    if office:
        merge = [str(SYSTEM_PYTHON), str(ROOT / "benchmarks" / "mail_merge.py")]
        place = folder / "merge"
        place.mkdir()
        cost_of([*merge, "prepare", place, str(pages), str(values)])
        name = "LibreOffice mail merge"
        rows += patiently(lambda: warm(name, count, pages, [*merge, "warm", str(place), "3"])[0])
        rows += patiently(lambda: cold(name, count, pages, [*merge, "cold", str(place)]))
    return rows


def patiently(work: Callable[[], Row]) -> list[Row]:
    """The row, tried again when the office crashed (7.4 does while it merges); none if it always does."""
    for _ in range(ATTEMPTS):
        with contextlib.suppress(subprocess.CalledProcessError):
            return [work()]
        print("LibreOffice crashed", file=sys.stderr)
    return []


PERSON = {
    "name": "見本　太郎",
    "address": "北海道北見市架空町１丁目２番３号",
    "birth_date": "1980-01-15",
    "sex": 1,
}


def has_office() -> bool:
    """Whether LibreOffice and its Python are there."""
    if shutil.which("soffice") is None or not SYSTEM_PYTHON.exists():
        return False
    tried = subprocess.run([SYSTEM_PYTHON, "-c", "import uno"], capture_output=True, check=False)  # noqa: S603
    return tried.returncode == 0


def main(counts: Sequence[int]) -> int:
    """Print the table and whether the targets are met."""
    office = has_office()
    rows: list[Row] = []
    print(" " * 31 + "pages    CPU s   wall s  forms/s  peak MB  CPU to ours")
    for count in counts:
        with tempfile.TemporaryDirectory() as folder:
            found = measure(count, Path(folder), office=office)
        rows += found
        for start in ("warm", "cold"):
            chosen = [row for row in found if row.start == start]
            print(f"{count} form{'s' if count > 1 else ''}, {start}")
            for row in chosen:
                print(f"  {row.way:29}{row.pages:5} {row.cpu_s:8.3f} {row.wall_s:8.3f}", end="")
                ratio = row.cpu_s / chosen[0].cpu_s
                print(f" {count / row.wall_s:8.1f} {row.peak_mb:8.0f} {ratio:12.2f}", flush=True)
    if not office:
        print("LibreOffice or its Python is not installed: no mail merge")
    return _judged(rows) if 5 in counts else 0


def _judged(rows: Sequence[Row]) -> int:
    five = {(row.way, row.start): row for row in rows if row.forms == 5}
    ours_warm, ours_cold = five["kakanai", "warm"], five["kakanai", "cold"]
    met = {
        f"warm, {ours_warm.cpu_s * 1000:.0f} ms of CPU, wanted below 150": ours_warm.cpu_s < TARGETS["warm"],
        f"cold, {ours_cold.wall_s:.2f} s, wanted below 1.5": ours_cold.wall_s < TARGETS["cold"],
    }
    for (way, start), row in five.items():
        if way != "kakanai":
            ours = five["kakanai", start]
            met[f"{start}, {ours.cpu_s / row.cpu_s:.2f} of the CPU of {way}"] = ours.cpu_s < row.cpu_s
    for told, is_met in met.items():
        print(f"{'met' if is_met else 'MISSED'}: five forms {told}")
    return 0 if all(met.values()) else 1


if __name__ == "__main__":
    sys.exit(main([int(count) for count in sys.argv[1:]] or list(FORMS)))
