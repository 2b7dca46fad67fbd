"""What `kakanai fill` is asked for: forms by id, or what the guidance of a life event brings."""

from collections.abc import Mapping
from typing import Any, Final

from kakanai.cli.errors import UsageError
from kakanai.counter import Counter
from kakanai.reception.case import Case

GUIDED_FORMS: Final = 12
"""Room that is asked for before the guidance tells which forms there are."""


def form_ids(text: str, event: str) -> list[str]:
    """The ids of `--forms`.

    Raises:
        UsageError: neither forms nor an event were named.
    """
    forms = [form.strip() for form in text.split(",") if form.strip()]
    if not forms and not event:
        raise UsageError(problem="--forms に様式の ID か、--event にできごとを書いてください")
    return forms


def choose(counter: Counter, case: Case, forms: list[str], event: str) -> None:
    """Choose the procedures of the named forms, and those that the guidance of an event brings."""
    if forms:
        counter.choose(case, counter.procedures_for_forms(forms), forms)
    if event:
        counter.choose_event(case, event)


def answer(counter: Counter, case: Case, answers: Mapping[str, Any]) -> None:
    """Give the answers, before the card: they decide which forms there are, and whether 個人番号 may be read.

    Raises:
        UsageError: no form comes of them.
        UnusedAnswersError, AnswerFormatError, UnknownVariableError: as `Counter.answer`.
    """
    counter.answer(case, answers, strict=True)
    if not case.forms:
        raise UsageError(problem="この回答では、作る様式がありません。--answers を確かめてください")
