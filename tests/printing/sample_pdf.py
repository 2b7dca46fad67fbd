"""Small real PDFs to print: given paper, so many pages, a line of text on each."""

import io

from reportlab.lib.pagesizes import A4, A5
from reportlab.pdfgen.canvas import Canvas

from kakanai.printing.print_job import PrintDocument, PrintJob

_SIZES = {"A4": A4, "A5": A5}


def sample_document(form="F01", pages=1, paper="A4"):
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=_SIZES[paper], invariant=1)
    for page in range(1, pages + 1):
        canvas.drawString(72, 200, f"{form} page {page} of {pages}")
        canvas.showPage()
    canvas.save()
    return PrintDocument(form, made.getvalue(), pages, paper)


def sample_job(*documents, case_number="R8-1121-0001"):
    return PrintJob(case_number, documents or (sample_document("F01"), sample_document("F09", 2, "A5")))
