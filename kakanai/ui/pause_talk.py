"""Cases put aside, cut off, or seen before today, on the window: keys, list, and words in the strip."""

from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from kakanai.drafts.draft import Draft
from kakanai.drafts.visit_book import Visit
from kakanai.errors import KakanaiError
from kakanai.messages import message_for
from kakanai.ui.case_column import CaseColumn
from kakanai.ui.case_flow import CaseFlow
from kakanai.ui.case_list import CaseList
from kakanai.ui.controls import set_property
from kakanai.ui.conversation import Conversation
from kakanai.ui.desk import Desk
from kakanai.ui.draft_link import DraftLink
from kakanai.ui.elided_label import ElidedLabel
from kakanai.ui.key_bar import KeyBar
from kakanai.ui.theme import Theme
from kakanai.ui.top_bar import TopBar
from kakanai.ui.work_in_hand import WorkInHand
from kakanai.ui.work_place import WorkPlace

_FOUND = "drafts-found"
_HELD = "case-held"
_OVER = "day-over"
_MET = "met-today"
_UNSURE = "paper-unsure"
_KEYS = 9


class PauseTalk(QObject):
    """Tells what WorkInHand found, and goes back to where the clerk was.

    Signals:
        stretch_wanted(index): open that stretch.
        cancel_wanted(): the clerk gives the present case up.
    """

    stretch_wanted = Signal(int)
    cancel_wanted = Signal()

    def __init__(self, desk: Desk, flow: CaseFlow, conversation: Conversation) -> None:
        super().__init__(conversation)
        self.link = DraftLink(desk.drafts, self) if desk.drafts else None
        self.work = work = WorkInHand(flow, conversation, self.link)
        self.state = ElidedLabel("", "small")
        self.state.setObjectName("DraftState")
        self._flow = flow
        self._view = conversation
        self._notice = conversation.notice
        self._told: set[str] = set()
        work.found.connect(self._offer)
        work.resumed.connect(self._go_back)
        work.day_over.connect(self._tell_day_over)
        work.met.connect(self._tell_visits)
        work.unsaved.connect(self._tell_failure)
        work.saved.connect(self._tell_saved)
        flow.ended.connect(self.state.clear)
        flow.paper_unsure.connect(self._tell_unsure)

    def join(self, theme: Theme, column: CaseColumn, bar: TopBar, keys: KeyBar) -> None:
        """Take a place in the window."""
        cases = CaseList(theme, self._flow, self.work)
        cases.resume_wanted.connect(self.resume)
        cases.cancel_wanted.connect(self.cancel_wanted)
        column.add_above_rest(cases)
        bar.add_state(self.state)
        keys.keys["F9"].triggered.connect(self.suspend)
        keys.add_hidden("Alt+Down", partial(self.resume_next, 1))
        keys.add_hidden("Alt+Up", partial(self.resume_next, -1))
        for place in range(_KEYS):
            keys.add_hidden(f"Ctrl+{place + 1}", partial(self.resume_number, place))

    @Slot()
    def suspend(self) -> None:
        """F9: put the case aside, and be ready for the next visitor."""
        if not self.work.suspend():
            return
        held = self.work.held[-1]
        self._notice.tell(
            "ok",
            self.tr("{number} を保留にしました。").format(number=held.number or self.tr("入力")),
            self.tr("次の方を受け付けられます。続きは、左の受付か Alt+↑↓ で始めます。"),
            topic=_HELD,
        )

    @Slot()
    def resume(self, draft: Draft) -> None:
        """Go on with a case that was put aside."""
        self.work.resume(draft)

    def resume_number(self, place: int) -> None:
        """Ctrl+number: the case in that line of the list (0 the first)."""
        if place < len(self.work.held):
            self.work.resume(self.work.held[place])

    def resume_next(self, step: int) -> None:
        """Alt+↓ and Alt+↑."""
        self.work.resume_next(step)

    @Slot(object)
    def _offer(self, drafts: tuple[Draft, ...]) -> None:
        told = "、".join(f"{draft.number or self.tr('番号なし')}（{draft.clock}）" for draft in drafts)
        newest = max(drafts, key=lambda draft: draft.saved_at)
        self._notice.tell(
            "accent",
            self.tr("途中の受付があります: {drafts}").format(drafts=told),
            self.tr("Enter で、{clock} のところから続けます。あとで左の受付からも始められます。").format(
                clock=newest.clock
            ),
            topic=_FOUND,
            actions=((self.tr("続ける（Enter）"), partial(self.resume, newest)),),
        )
        if self._flow.case is None and not self._view.is_on_card_page:
            self._notice.focus_action()

    @Slot(object)
    def _go_back(self, place: WorkPlace) -> None:
        self._notice.drop(_FOUND, _HELD, _OVER)
        self.stretch_wanted.emit(place.stretch)
        place.go_there(self._view)

    @Slot(object)
    def _tell_day_over(self, numbers: tuple[str, ...]) -> None:
        self._notice.tell(
            "caution",
            self.tr("日が変わったため、途中の受付を取りやめました: {numbers}").format(
                numbers="、".join(numbers) or self.tr("番号なし")
            ),
            self.tr("下書きは消しました。来庁者が見えたら、はじめから受け付けてください。"),
            topic=_OVER,
        )

    @Slot(object)
    def _tell_visits(self, visits: tuple[Visit, ...]) -> None:
        told = "、".join(
            self.tr("{number}（{clock}、{forms}）").format(
                number=visit.number,
                clock=visit.clock,
                forms=" ".join(visit.forms) or self.tr("印刷はまだ"),
            )
            for visit in visits
        )
        self._notice.tell(
            "caution",
            self.tr("この方は、きょう、もう受付しています: {visits}").format(visits=told),
            self.tr("同じ手続でなければ、そのまま続けてください。"),
            topic=_MET,
        )

    @Slot(object)
    def _tell_failure(self, error: KakanaiError) -> None:
        self.state.setText(self.tr("▲ 下書き保存できません"))
        self.state.setToolTip(message_for(error).what)
        set_property(self.state, "tone", "danger")
        if error.code not in self._told:  # once, not at every key
            self._told.add(error.code)
            self._notice.tell_error(error)

    @Slot(str)
    def _tell_saved(self, clock: str) -> None:
        self._told.clear()
        self.state.setText(self.tr("下書き保存済 {clock}").format(clock=clock))
        self.state.setToolTip(self.tr("停電しても、きょうのうちは続きから始められます"))
        set_property(self.state, "tone", "ok")

    @Slot()
    def _tell_unsure(self) -> None:
        self._notice.tell(
            "caution",
            self.tr("この受付の紙は、もう出ているかもしれません。"),
            self.tr("プリンターの紙を確かめてください。出ていなければ、⑤ で印刷します。"),
            topic=_UNSURE,
        )
