"""A set that stopped half-way 残り: what of it is out, and which form was in print. No widget in here."""

from collections.abc import Iterable, Sequence

from kakanai.forms.filled import FilledForm
from kakanai.printing.errors import PrintError
from kakanai.printing.print_job import PrintedDocument


class RestOfSet:
    """What the clerk is told of a set until it is whole; `out` by form id, `begun` form ids."""

    def __init__(self, out: Iterable[PrintedDocument] = (), begun: Iterable[str] = ()) -> None:
        self.out = {one.form: one for one in out}
        self.begun = tuple(begun)

    def take(self, error: PrintError) -> None:
        """A print failed: what came out is out, beside what came out before."""
        self.out |= {one.form: one for one in error.came_out}
        self.begun = error.begun

    def take_as_out(self, forms: Sequence[FilledForm]) -> None:
        """The clerk saw the paper of these."""
        for form in forms:
            self.out[form.template.id] = _seen(form)
        self.begun = tuple(form for form in self.begun if form not in self.out)

    def whole(
        self, forms: Iterable[FilledForm], printed: Sequence[PrintedDocument] = ()
    ) -> tuple[PrintedDocument, ...]:
        """The set with what was printed last, in the order of the forms; just that when nothing was out."""
        if not self.out:
            return tuple(printed)
        found = self.out | {one.form: one for one in printed}
        ids = [form.template.id for form in forms]
        return tuple(found[form] for form in ids if form in found)

    def all_of(self, forms: Iterable[FilledForm]) -> tuple[PrintedDocument, ...]:
        """These forms, of which all paper is out; of one that nothing is known of, only that it is."""
        return tuple(self.out.get(form.template.id) or _seen(form) for form in forms)


def _seen(form: FilledForm) -> PrintedDocument:
    return PrintedDocument(form.template.id, len(form.pages), None, None, verified=True)
