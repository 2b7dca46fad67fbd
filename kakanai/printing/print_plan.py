"""What is sent to a printer: a job's documents as its profile and the rules for each form want them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from kakanai.printing.print_job import PrintDocument
from kakanai.printing.profile import FormRule, PrinterProfile, Sides


@dataclass(frozen=True, repr=False)
class PrintTask:
    """One PDF for the print service, with how it is printed. `places` are its documents' in the job."""

    form: str
    pdf: bytes
    paper: str
    tray: str = ""
    sides: Sides = Sides.ONE
    copies: int = 1
    places: tuple[int, ...] = ()

    def __repr__(self) -> str:
        return f"PrintTask({self.form}, {self.paper}, {self.copies} copies)"


@dataclass(frozen=True)
class PrintSetup:
    """How a printer prints: its profile and the rules by form."""

    profile: PrinterProfile = field(default_factory=PrinterProfile)
    rules: Mapping[str, FormRule] = field(default_factory=dict)

    def rule(self, form: str) -> FormRule:
        """The rule for a form; one that changes nothing where there is none."""
        return self.rules.get(form, FormRule())

    def kept(self, document: PrintDocument) -> PrintDocument:
        """The document without its 控え where its rule leaves that out; a 控え by itself was asked for."""
        wanted = every_page(document) - set(document.copy_pages)
        if not document.copy_pages or not wanted or self.rule(document.form).keep_copy:
            return document
        return cut_down(document, wanted)

    def is_two_up(self, document: PrintDocument) -> bool:
        """Whether the document's pages share sheets of A4."""
        return not document.preprinted and self.is_two_up_by(document.form, document.paper)

    def is_two_up_by(self, form: str, paper: str) -> bool:
        """Whether pages of a form on that paper share sheets of A4, unless the paper is pre-printed."""
        rule = self.rule(form)
        wanted = self.profile.two_up if rule.two_up is None else rule.two_up
        return wanted and paper == "A5"

    def sheet(self, document: PrintDocument) -> str:
        """The paper that the document is printed on."""
        return "A4" if self.is_two_up(document) else document.paper

    def tray(self, document: PrintDocument) -> str:
        """The tray that the document is printed from; "" for the printer's choice."""
        return self.rule(document.form).tray or self.profile.tray

    def sides(self, document: PrintDocument) -> Sides:
        """One side or two."""
        return Sides.ONE if document.preprinted else self.rule(document.form).sides or self.profile.sides

    def tasks(self, documents: Sequence[PrintDocument]) -> list[PrintTask]:
        """What to send, in the order of the documents; those that share sheets and stand together are one.

        Every page is moved by the printer's correction; the documents themselves stay as they are.
        """
        from kakanai.printing.sheet_pdf import moved, two_up

        tasks: list[PrintTask] = []
        for together in self._together(documents):
            first = documents[together[0]]
            rule = self.rule(first.form)
            pdfs = [documents[place].pdf for place in together]
            paper = self.sheet(first)
            pdf = two_up(pdfs) if self.is_two_up(first) else pdfs[0]
            tasks.append(
                PrintTask(
                    "+".join(documents[place].form for place in together),
                    moved(pdf, paper, self.profile.correction.plane),
                    paper,
                    self.tray(first),
                    self.sides(first),
                    1 if first.single else rule.copies,
                    tuple(together),
                )
            )
        return tasks

    def _together(self, documents: Sequence[PrintDocument]) -> list[list[int]]:
        found: list[list[int]] = []
        for place, document in enumerate(documents):
            last = documents[found[-1][-1]] if found else None
            if last is not None and self._share(last, document):
                found[-1].append(place)
            else:
                found.append([place])
        return found

    def _share(self, one: PrintDocument, other: PrintDocument) -> bool:
        """Whether two documents may lie on the same sheet: both two-up, from one tray, the same often."""
        if not (self.is_two_up(one) and self.is_two_up(other)):
            return False
        mine, theirs = self.rule(one.form), self.rule(other.form)
        count = 1 if one.single else mine.copies, 1 if other.single else theirs.copies
        return (mine.tray, mine.sides) == (theirs.tray, theirs.sides) and count[0] == count[1]


def every_page(document: PrintDocument) -> set[int]:
    """The numbers of its pages, 1 the first."""
    return set(range(1, document.pages + 1))


def cut_down(document: PrintDocument, wanted: "set[int]") -> PrintDocument:
    """The document with these pages alone (1 the first); unchanged when they are all.

    Raises:
        ValueError: it has none of them.
    """
    # Its library takes a tenth of a second to load: only where a page is taken out or moved.
    from kakanai.printing.sheet_pdf import only_pages

    numbers = tuple(sorted(wanted & every_page(document)))
    if len(numbers) == document.pages:
        return document
    if not numbers:
        raise ValueError("no such page")
    copies = tuple(place for place, number in enumerate(numbers, 1) if number in document.copy_pages)
    return replace(document, pdf=only_pages(document.pdf, numbers), pages=len(numbers), copy_pages=copies)
