"""合っています or なおします: logged by its code, and told to the clerk in the strip."""

from PySide6.QtCore import QObject, QTimer, Slot

from kakanai.errors import KakanaiError
from kakanai.reception.case import Case
from kakanai.ui.case_flow import CaseFlow
from kakanai.ui.notice import Notice

_TOPIC = "visitor"
_WARNINGS = ("danger", "caution")


class VisitorAnswer(QObject):
    """Takes the answers of the visitor's screen."""

    def __init__(self, flow: CaseFlow, notice: Notice, parent: QObject) -> None:
        super().__init__(parent)
        self._flow = flow
        self._notice = notice
        self._untold: bool | None = None  # an answer that waits for its place in the strip
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._tell_untold)
        notice.dismissed.connect(self._soon.start)

    def take(self, case: Case, *, agrees: bool) -> None:
        """Log the answer and tell the clerk; when the log refuses, that is told instead."""
        try:
            self._flow.counter.note_visitor_answer(case, agrees=agrees)
        except KakanaiError as error:
            self._flow.failed.emit(error)
            return
        self._tell(agrees=agrees)

    def forget(self) -> None:
        """The case is over; an answer that was not told yet is of no use."""
        self._untold = None

    def _tell(self, *, agrees: bool) -> None:
        """In the strip, unless that holds a warning: then as soon as the clerk has dealt with it."""
        notice = self._notice
        if notice.isVisible() and notice.property("tone") in _WARNINGS and notice.topic != _TOPIC:
            self._untold = agrees
            return
        self._untold = None
        if agrees:
            notice.tell("ok", self.tr("来庁者が「合っています」を押しました。"), topic=_TOPIC)
            return
        notice.tell(
            "caution",
            self.tr("来庁者が「なおします」を押しました。"),
            self.tr("どこが違うか聞いて、直してください。"),
            topic=_TOPIC,
        )

    @Slot()
    def _tell_untold(self) -> None:
        if self._untold is not None:
            self._tell(agrees=self._untold)
