"""What ② shows before and after the choice: the procedures by use, and what was chosen in a line."""

import datetime as dt

from PySide6.QtCore import QCoreApplication

from kakanai.counter import Office
from kakanai.reception.procedure import Procedure
from kakanai.sessionlog.entry import JST
from kakanai.sessionlog.errors import LogStorageError
from kakanai.ui.case_flow import CaseFlow

_USAGE_DAYS = 30


def _tr(text: str) -> str:
    return QCoreApplication.translate("ChoiceWords", text)


def procedures_by_use(office: Office) -> list[Procedure]:
    """All procedures, those that this counter was asked for most in the last days first."""
    try:
        counts = office.log.procedure_counts(
            office.now().astimezone(JST).date() - dt.timedelta(days=_USAGE_DAYS)
        )
    except LogStorageError:
        counts = {}  # what is wrong with the log is told when something must be written to it
    known = office.procedures.procedures.values()
    return sorted(known, key=lambda procedure: -counts.get(procedure.id, 0))


def choice_words(flow: CaseFlow) -> str:
    """The event or the titles of the procedures, how many forms come of them, how many are only said 案内."""
    chosen = flow.case.procedures if flow.case else ()
    forms = len(flow.case.forms) if flow.case else 0
    if flow.life_event:
        title = flow.counter.office.guidance.event(flow.life_event).title
        made = sum(bool(procedure.forms) for procedure in chosen)
        told = _tr("手続 {made}・様式 {forms}").format(made=made, forms=forms) if made else ""
        # What has no form is said and handed out 案内; it must not pass for paper that will come.
        said = _tr("案内 {count}").format(count=len(chosen) - made) if len(chosen) > made else ""
        return f"{title} → {'　'.join(part for part in (told, said) if part) or _tr('答えで決まります')}"
    if not forms:
        return _tr("まだです")
    titles = "・".join(procedure.title for procedure in chosen)
    return _tr("{titles} → {count}様式").format(titles=titles, count=forms)
