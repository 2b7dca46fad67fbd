"""Between the chosen case and the forms that are kept of it: what there is, and printing it once more."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from kakanai.counter.corrections import CorrectionReason
from kakanai.counter.counter import PrintedUnloggedError
from kakanai.drafts.kept_forms import KeptForm
from kakanai.errors import KakanaiError
from kakanai.printing.print_job import PrintedDocument, Printer
from kakanai.sessionlog.case_number import CaseNumber
from kakanai.ui.daybook.book_link import BookLink
from kakanai.ui.daybook.cases_sheet import CasesSheet
from kakanai.ui.daybook.into_sight import bring_into_sight
from kakanai.ui.daybook.open_book import BookShelf
from kakanai.ui.notice import Notice

_TOPIC = "reprint"


class ReprintTalk(QObject):
    """Prints again what the town keeps of the chosen case.

    Signals:
        printed(): the log has a reprint; the day is to be read again.
    """

    printed = Signal()

    def __init__(
        self,
        link: BookLink,
        shelf: BookShelf,
        sheet: CasesSheet,
        notice: Notice,
        printer_for: Callable[[str], Printer],
    ) -> None:
        super().__init__(sheet)
        self._link = link
        self._shelf = shelf
        self._sheet = sheet
        self._notice = notice
        self._printer_for = printer_for
        sheet.panel.reprint_wanted.connect(self.begin)
        sheet.panel.reprint.wanted.connect(self._print)

    @Slot()
    def begin(self) -> None:
        """Offer the forms that are kept of the chosen case, or tell why there are none."""
        panel, opened = self._sheet.panel, self._shelf.open()
        case = panel.line
        if case is None or not panel.can_reprint:
            return
        number = case.case_number
        self._link.ask(
            _TOPIC, lambda: opened.reprints.kept(number), partial(self._offer, number), self._refuse
        )

    def _offer(self, number: CaseNumber, kept: list[KeptForm]) -> None:
        panel = self._sheet.panel
        if panel.line is not None and panel.line.case_number == number:
            titles = self._shelf.open().book.titles
            self._sheet.show_days(are_shown=False)
            panel.ask_reprint({form.form: titles.form(form.form) for form in kept})
            bring_into_sight(panel.reprint.print_button)
            bring_into_sight(panel.reprint.forms)

    @Slot(object, object, str)
    def _print(self, forms: tuple[str, ...], reason: CorrectionReason, printer: str) -> None:
        panel = self._sheet.panel
        case, opened = panel.line, self._shelf.open()
        panel.end_asking()
        if case is None:
            return
        number = case.case_number

        def act() -> list[PrintedDocument]:
            return opened.reprints.reprint(number, forms, reason, self._printer_for(printer))

        panel.say(self.tr("● {number} を刷り直しています").format(number=number))
        self._link.ask("", act, self._tell, self._refuse)
        self._sheet.take_focus()

    def _tell(self, printed: list[PrintedDocument]) -> None:
        pages = sum(one.pages for one in printed)
        words = self.tr("✓ {pages}枚を刷り直しました。前の紙は廃棄します。")
        self._sheet.panel.say(words.format(pages=pages))
        self.printed.emit()

    def _refuse(self, error: KakanaiError) -> None:
        self._sheet.panel.say("")
        self._notice.tell_error(error)
        if isinstance(error, PrintedUnloggedError):
            self.printed.emit()
