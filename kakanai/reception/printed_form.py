"""A form of which paper is out 出した紙: enough to know it again, nothing of what stands on it."""

from dataclasses import dataclass


@dataclass(frozen=True, repr=False)
class PrintedForm:
    """One form of a case as it was last released.

    `digest` is of its whole content, and so as personal as that: it lives in the case and its encrypted
    draft only, never in the log. `marks` are the page marks of its sheets (`1/2`, `控 1/1`). `missing` are
    those of its sheets (1 the first) that are to come out again and have not yet.
    """

    form: str
    version: str
    marks: tuple[str, ...]
    digest: str
    missing: tuple[int, ...] = ()

    def __repr__(self) -> str:
        return f"PrintedForm({self.form}, {self.pages} pages)"

    @property
    def pages(self) -> int:
        """How many sheets there are."""
        return len(self.marks)
