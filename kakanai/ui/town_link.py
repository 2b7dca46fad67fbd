"""From a saved change of the town's settings to the window that works with it, between two cases."""

from PySide6.QtCore import QObject, Signal, Slot

from kakanai.errors import KakanaiError
from kakanai.settings import Town
from kakanai.settings.town_references import ordinance_forms
from kakanai.ui.case_flow import CaseFlow
from kakanai.ui.desk import Desk
from kakanai.ui.theme import Theme
from kakanai.ui.town_page import TownPage


class TownLink(QObject):
    """Owns the page of 町の設定, None where the desk has no keeper; lets a change count from the next case.

    Signals:
        left(): the page was left.
        renewed(Town): the window works with this town from now on.
        failed(KakanaiError): it could not; it goes on with the town it had.
    """

    left = Signal()
    renewed = Signal(object)
    failed = Signal(object)

    def __init__(self, theme: Theme, desk: Desk, flow: CaseFlow, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._renew = desk.renew
        self._flow = flow
        self._waiting: Town | None = None
        self.page: TownPage | None = None
        if desk.keeper is not None:
            forms = desk.office.forms.templates
            titles = {form: forms[form].title for form in ordinance_forms() if form in forms}
            self.page = TownPage(theme, desk.keeper, titles)
            self.page.left.connect(self.left)
            self.page.changed.connect(self._take_change)
            flow.paper.printers_listed.connect(self.page.show_printers)
        flow.ended.connect(self._apply)

    @Slot(object)
    def _take_change(self, town: Town) -> None:
        self._waiting = town
        self._apply()

    @Slot()
    def _apply(self) -> None:
        # A case is printed with the fees and titles that it began with.
        if self._waiting is None or self._renew is None or self._flow.case is not None:
            return
        town, self._waiting = self._waiting, None
        try:
            self._flow.use_office(self._renew(town))
        except KakanaiError as error:
            self.failed.emit(error)
            return
        self.renewed.emit(town)
