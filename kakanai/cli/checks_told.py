"""What `kakanai fill` is told of a case beside its forms: papers to print, and papers seen 本人確認書類."""

from typing import Final

from kakanai.cli.errors import UsageError
from kakanai.counter import Counter
from kakanai.reception.case import Case
from kakanai.reception.identity_papers import identity_papers
from kakanai.settings.town_rules import PAPERS

NO_PAPERS: Final = "none"


def choose_papers(counter: Counter, case: Case, text: str) -> None:
    """Print these papers beside the forms (G01,G03), `none`, or what the town wants where nothing is said.

    Raises:
        UsageError: there is no such paper.
    """
    if text == NO_PAPERS:
        counter.choose_papers(case, ())
    elif text:
        named = [part.strip() for part in text.split(",")]
        if not set(named) <= set(PAPERS):
            raise UsageError(problem=f"--papers に書けるのは {'、'.join(PAPERS)} と {NO_PAPERS} です")
        counter.choose_papers(case, named)


def papers_of(counter: Counter, case: Case) -> list[tuple[str, str]]:
    """Id and paper size of everything that is printed for the case."""
    return [(one.id, one.paper) for one in (*counter.templates(case), *counter.paper_templates(case))]


def papers_seen(text: str) -> list[str]:
    """The papers the visitor showed, by id with commas; without any, the card that is read counts.

    Raises:
        UsageError: there is no such paper.
    """
    named = [part.strip() for part in text.split(",") if part.strip()]
    known = identity_papers().papers
    if not set(named) <= set(known):
        raise UsageError(problem=f"--identity に書けるのは {'、'.join(known)} です")
    return named


def note_papers_seen(counter: Counter, case: Case, papers: list[str]) -> None:
    """Note what the visitor showed, if anything was said of it."""
    if papers:
        counter.check_identity(case, papers)
