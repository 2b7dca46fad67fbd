"""All shipped forms with all 48 test identities, each document drawn, read back and painted by poppler.

`python -m benchmarks.forms_identities [F01 …]`: a table to standard output, exit status 1 when anything came
back otherwise than it was meant. tests/forms/test_identities.py does an eighth of it at every run.
"""

import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from kakanai.forms.filled import FindingKind
from tests.forms.conftest import SHIPPED, Press, make_press
from tests.forms.identities import IDENTITIES
from tests.forms.identity_papers import (
    IdentityPaper,
    as_one,
    beyond,
    changed,
    fill_with,
    ink_outside,
    not_placed,
    values_only,
)
from tests.forms.poppler import pictures, words_of

INK_DPI = 75
KINDS = tuple(FindingKind)


@dataclass
class Row:
    """One form with every identity. `wrong` are characters or values changed; `clipped` boxes overrun."""

    form: str
    documents: int = 0
    pages: int = 0
    wrong: list[str] = field(default_factory=list)
    clipped: list[str] = field(default_factory=list)
    found: Counter[FindingKind] = field(default_factory=Counter)
    stopped: Counter[str] = field(default_factory=Counter)


def measure(press: Press, form: str) -> Row:
    """Fill the form with each identity, draw each document by itself, and hold it against what was meant."""
    row = Row(form)
    template = press.shipped(form)
    papers = [fill_with(press.filler, press.variables, template, person.number) for person in IDENTITIES]
    for paper in papers:
        row.documents += 1
        row.pages += len(paper.form.pages)
        row.found.update(finding.kind for finding in paper.findings)
        row.stopped.update(f"{f.kind} {f.field}" for f in paper.findings if f.stops)
        row.wrong += [_named(row, paper, one) for one in not_placed(paper, press.variables)]
        read = words_of(press.renderer.render(paper.form))
        for page, words in zip(paper.form.pages, read, strict=True):
            row.wrong += [_named(row, paper, one) for one in changed(page, words)]
            row.clipped += [_named(row, paper, one) for one in beyond(page, words, paper.facts)]
    values = values_only(as_one(template, papers))
    painted = pictures(press.renderer.render(values), INK_DPI)
    for page, picture in zip(values.pages, painted, strict=True):
        if where := ink_outside(page, picture, INK_DPI):
            row.clipped.append(f"{form}: ink outside of every box at {where} dots")
    return row


def _named(row: Row, paper: IdentityPaper, told: str) -> str:
    return f"{row.form}, identity {paper.identity.number}: {told}"


def main(forms: Sequence[str]) -> int:
    """Print the table; 1 when anything was changed or clipped."""
    press = make_press()
    heads = ("form", "documents", "pages", "changed", "clipped", *(kind.value for kind in KINDS))
    print("  ".join(heads))
    rows = []
    for form in forms or SHIPPED:
        rows.append(measure(press, form))
        print(_line(rows[-1], heads), flush=True)
    whole = Row("all")
    for row in rows:
        whole.documents += row.documents
        whole.pages += row.pages
        whole.wrong += row.wrong
        whole.clipped += row.clipped
        whole.found += row.found
        whole.stopped += row.stopped
    print(_line(whole, heads))
    print("\nboxes that waited for the clerk, of all documents")
    for told, times in sorted(whole.stopped.items(), key=lambda item: (-item[1], item[0])):
        print(f"{times:6} {told}")
    for told in [*whole.wrong, *whole.clipped]:
        print(told)
    return 1 if whole.wrong or whole.clipped else 0


def _line(row: Row, heads: Sequence[str]) -> str:
    counts = (
        row.documents,
        row.pages,
        len(row.wrong),
        len(row.clipped),
        *(row.found[kind] for kind in KINDS),
    )
    return "  ".join(
        str(value).rjust(len(head)) for value, head in zip((row.form, *counts), heads, strict=True)
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
