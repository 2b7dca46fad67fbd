"""Mail merge by LibreOffice without a window: what forms_speed.py compares with.

Run by the Python that has `uno` (Debian: python3-uno), not by ours; needs libreoffice-writer and -base.

    mail_merge.py prepare FOLDER PAGES VALUES   a document of one page, and a table of as many rows as pages
    mail_merge.py cold FOLDER                   start the office, merge once to one PDF, end it
    mail_merge.py warm FOLDER RUNS              merge again and again in one office; prints JSON

The page has as many fields as a page of ours bears values on average, each with a caption, in three columns.
No boxes, no QR code, no fitting of a long value, no IVS: those would come on top.
"""

import contextlib
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import uno
from com.sun.star.beans import PropertyValue

SOURCE, TABLE = "bench", "people"
VALUE = "見本　太郎"
COLUMNS = 3


def named(**values: Any) -> tuple[Any, ...]:  # noqa: ANN401
    """Properties as the office wants them."""
    return tuple(PropertyValue(Name=name, Value=value) for name, value in values.items())


@contextlib.contextmanager
def office(folder: Path) -> Iterator[tuple[Any, int]]:
    """A running office with a profile of its own: its context, and the number of its process."""
    pipe = f"bench{os.getpid()}"
    command = ["soffice", "--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck"]
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    process = subprocess.Popen([*command, profile, f"--accept=pipe,name={pipe};urp;"])  # noqa: S603
    here = uno.getComponentContext()
    resolver = here.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", here)
    for _ in range(2400):
        with contextlib.suppress(Exception):  # not there yet
            there = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            break
        time.sleep(0.05)
    else:
        process.kill()
        sys.exit("the office did not start")
    try:
        yield there, process.pid
    finally:
        with contextlib.suppress(Exception):  # it hangs up while it answers
            service(there, "com.sun.star.frame.Desktop").terminate()
        process.wait(120)


def service(context: Any, name: str) -> Any:  # noqa: ANN401
    """A service of the office by its name."""
    return context.ServiceManager.createInstanceWithContext(name, context)


def prepare(folder: Path, pages: int, values: int) -> None:
    """Leave people.csv, the data source registered in the profile, and page.odt in the folder."""
    columns = [f"c{index}" for index in range(-(-values // pages))]
    lines = [",".join(columns), *[",".join(VALUE for _ in columns)] * pages]
    (folder / "data").mkdir()
    (folder / "data" / f"{TABLE}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    with office(folder) as (context, _):
        sources = service(context, "com.sun.star.sdb.DatabaseContext")
        source = sources.createInstance()
        source.URL = "sdbc:flat:" + (folder / "data").as_uri()
        source.Info = named(
            Extension="csv", HeaderLine=True, FieldDelimiter=",", CharSet="UTF-8", StringDelimiter='"'
        )
        source.DatabaseDocument.storeAsURL((folder / "source.odb").as_uri(), ())
        sources.registerObject(SOURCE, source)
        desktop = service(context, "com.sun.star.frame.Desktop")
        document = desktop.loadComponentFromURL("private:factory/swriter", "_blank", 0, named(Hidden=True))
        write_page(document, columns)
        document.storeToURL((folder / "page.odt").as_uri(), ())
        document.close(True)


def write_page(document: Any, columns: list[str]) -> None:  # noqa: ANN401
    """A table with a caption and a field in each cell."""
    style = document.StyleFamilies.getByName("PageStyles").getByName("Standard")
    style.Width, style.Height = 21000, 29700
    style.LeftMargin = style.RightMargin = style.TopMargin = style.BottomMargin = 1000
    body = document.Text
    table = document.createInstance("com.sun.star.text.TextTable")
    table.initialize(-(-len(columns) // COLUMNS), COLUMNS)
    body.insertTextContent(body.End, table, False)
    for index, column in enumerate(columns):
        cell = table.getCellByPosition(index % COLUMNS, index // COLUMNS)
        cursor = cell.createTextCursor()
        cursor.CharFontNameAsian, cursor.CharHeightAsian = "IPAmjMincho", 8.0
        cell.insertString(cursor, f"欄{index}　", False)
        master = document.createInstance("com.sun.star.text.fieldmaster.Database")
        master.DataBaseName, master.DataTableName, master.DataColumnName = SOURCE, TABLE, column
        field = document.createInstance("com.sun.star.text.textfield.Database")
        field.attachTextFieldMaster(master)
        cell.insertTextContent(cell.createTextCursorByRange(cell.End), field, False)


def merge(context: Any, folder: Path) -> None:  # noqa: ANN401
    """Leave one PDF of all rows in the folder `out`."""
    job = service(context, "com.sun.star.text.MailMerge")
    job.DataSourceName, job.CommandType, job.Command = SOURCE, 0, TABLE
    job.DocumentURL = (folder / "page.odt").as_uri()
    job.OutputType, job.OutputURL = 2, (folder / "out").as_uri()
    job.SaveAsSingleFile, job.SaveFilter = True, "writer_pdf_Export"
    job.FileNameFromColumn, job.FileNamePrefix = False, "merged"
    job.execute(())


def processes_below(pid: int) -> list[int]:
    """The process and all that it started: soffice is a shell script, its child does the work."""
    found = [pid]
    for number in found:
        for children in Path(f"/proc/{number}/task").glob("*/children"):
            found += [int(child) for child in children.read_text().split()]
    return found


def cpu_s(pids: list[int]) -> float:
    """Seconds of CPU that the processes used so far."""
    ticks = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def peak_mb(pids: list[int]) -> float:
    """The most memory that the largest of them ever had."""
    told = [Path(f"/proc/{pid}/status").read_text() for pid in pids]
    return max(int(one.split("VmHWM:")[1].split()[0]) for one in told) / 1024


def warm(folder: Path, runs: int) -> None:
    """Print median CPU and wall milliseconds, after one merge that is not counted."""
    with office(folder) as (context, pid):
        cpu, wall = [], []
        for _ in range(runs + 1):
            pids = processes_below(pid)
            start, start_cpu = time.perf_counter(), cpu_s(pids)
            merge(context, folder)
            wall.append(time.perf_counter() - start)
            cpu.append(cpu_s(pids) - start_cpu)
        print(
            json.dumps(
                {
                    "cpu_ms": 1000 * statistics.median(cpu[1:]),
                    "wall_ms": 1000 * statistics.median(wall[1:]),
                    "peak_mb": peak_mb(processes_below(pid)),
                }
            )
        )


def main(verb: str, place: str, *rest: str) -> None:
    """One of the verbs of the module's docstring."""
    folder = Path(place).resolve()
    (folder / "out").mkdir(exist_ok=True)
    if verb == "prepare":
        prepare(folder, int(rest[0]), int(rest[1]))
    elif verb == "warm":
        warm(folder, int(rest[0]))
    else:
        with office(folder) as (context, _):
            merge(context, folder)


if __name__ == "__main__":
    main(*sys.argv[1:])
