"""What ② shows before and after the choice: the procedures by use, and what was chosen in a line."""

import datetime as dt

from PySide6.QtCore import QCoreApplication

from kakanai.counter import Office
from kakanai.reception.procedure import Procedure
from kakanai.sessionlog.errors import LogStorageError
from kakanai.ui.case_flow import CaseFlow

_USAGE_DAYS = 30


def _tr(text: str) -> str:
    return QCoreApplication.translate("ChoiceWords", text)


def procedures_by_use(office: Office) -> list[Procedure]:
    """All procedures, those that this counter was asked for most in the last days first."""
    try:
        counts = office.log.procedure_counts(office.now() - dt.timedelta(days=_USAGE_DAYS))
    except LogStorageError:
        counts = {}  # what is wrong with the log is told when something must be written to it
    known = office.procedures.procedures.values()
    return sorted(known, key=lambda procedure: -counts.get(procedure.id, 0))


def choice_words(flow: CaseFlow) -> str:
    """The event or the titles of the procedures, and how many forms come of them."""
    chosen = flow.case.procedures if flow.case else ()
    forms = len(flow.case.forms) if flow.case else 0
    if flow.life_event:
        title = flow.counter.office.guidance.event(flow.life_event).title
        return _tr("{title} → {procedures}手続 {count}様式").format(
            title=title, procedures=len(chosen), count=forms
        )
    if not forms:
        return _tr("まだです")
    titles = "・".join(procedure.title for procedure in chosen)
    return _tr("{titles} → {count}様式").format(titles=titles, count=forms)
