"""Filling an AcroForm with pypdf, the usual way from Python: what forms_speed.py compares with.

    python -m benchmarks.acroform_filling make TEMPLATE PAGES VALUES   a template of that size
    … WAY fill TEMPLATE OUT   fill it once and end
    … WAY warm TEMPLATE RUNS   fill it again and again; prints JSON

WAY `drawn` lets pypdf make the appearance of each field, `bare` stores the values alone. Drawn, a value has
the codes of the field's own font, which has no Japanese: it stands in the field, and is not to be seen. Bare,
whoever opens the document has to draw it, and a print system will not. A font with the right glyphs, and IVS,
would come on top of these times.
"""

import io
import json
import logging
import statistics
import sys
import time
from pathlib import Path

from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, TextStringObject

VALUE = "見本　太郎"


def make(template: Path, pages: int, values: int) -> None:
    """An A4 form with a caption before each field, the fields spread evenly over the pages."""
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(template), pagesize=(595, 842))
    canvas.setTitle("form")
    for page in range(pages):
        count = values * (page + 1) // pages - values * page // pages
        rows = -(-count // 3)
        for index in range(count):
            x, y = 40 + 180 * (index % 3), 800 - (index // 3) * min(24, 760 / max(rows, 1))
            canvas.drawString(x, y + 2, f"field {index}")
            canvas.acroForm.textfield(
                name=f"p{page}f{index}", x=x + 50, y=y, width=110, height=14, fontSize=9
            )
        canvas.showPage()
    canvas.save()


def fill(way: str, template: bytes) -> bytes:
    """Every field of every page with a value."""
    writer = PdfWriter()
    writer.append(PdfReader(io.BytesIO(template)))
    for page in writer.pages:
        fields = [annotation.get_object() for annotation in page["/Annots"]]
        if way == "drawn":
            values = {field["/T"]: VALUE for field in fields}
            writer.update_page_form_field_values(page, values, auto_regenerate=False)
        else:
            for field in fields:
                field[NameObject("/V")] = TextStringObject(VALUE)
    if way == "bare":
        writer.set_need_appearances_writer(True)
    filled = io.BytesIO()
    writer.write(filled)
    return filled.getvalue()


def warm(way: str, template: bytes, runs: int) -> dict[str, float]:
    """Median CPU and wall milliseconds, after one run that is not counted."""
    cpu: list[float] = []
    wall: list[float] = []
    for _ in range(runs + 1):
        start, start_cpu = time.perf_counter(), time.process_time()
        fill(way, template)
        cpu.append(time.process_time() - start_cpu)
        wall.append(time.perf_counter() - start)
    return {"cpu_ms": 1000 * statistics.median(cpu[1:]), "wall_ms": 1000 * statistics.median(wall[1:])}


def main(way: str, *rest: str) -> None:
    """One of the verbs of the module's docstring."""
    # It warns of every Japanese value that its font has no code for.
    logging.disable(logging.WARNING)
    match way, *rest:
        case "make", template, pages, values:
            make(Path(template), int(pages), int(values))
        case _, "fill", template, out:
            Path(out).write_bytes(fill(way, Path(template).read_bytes()))
        case _, "warm", template, runs:
            print(json.dumps(warm(way, Path(template).read_bytes(), int(runs))))


if __name__ == "__main__":
    main(*sys.argv[1:])
