"""`kakanai manual`: the manual 手引き, or the page to hang up 早見表, as a PDF."""

import argparse

from kakanai import __version__
from kakanai.cli.errors import OutputFileError
from kakanai.cli.output import Output
from kakanai.cli.services import Services
from kakanai.forms.fonts import FontShelf
from kakanai.manual.book import book_pdf, cheat_sheet_pdf
from kakanai.manual.chapters import Manual


def print_manual(asked: argparse.Namespace, _services: Services, output: Output) -> int:
    """Write the PDF to a new file; a file of that name is left alone."""
    manual, shelf = Manual(), FontShelf()
    pdf = cheat_sheet_pdf(manual, shelf) if asked.cheat_sheet else book_pdf(manual, shelf, __version__)
    try:
        with asked.out.open("xb") as file:
            file.write(pdf)
    except OSError as error:
        raise OutputFileError(file=asked.out.name) from error
    chapters = [chapter.name for chapter in manual.chapters]
    output.result({"file": str(asked.out), "bytes": len(pdf), "chapters": chapters}, [f"手引き: {asked.out}"])
    return 0
