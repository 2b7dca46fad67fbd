"""プリンター and リーダー: which printer takes which paper, and whether a card is found."""

from typing import Any, Final

from PySide6.QtCore import Slot

from kakanai.cardreader.connection import ReaderSource
from kakanai.errors import KakanaiError
from kakanai.messages import KINDS, message_for
from kakanai.ui.card_link import CardLink
from kakanai.ui.card_orders import OpenedCard
from kakanai.ui.controls import ChoiceBox, TextLabel, set_property
from kakanai.ui.reader_state import ReaderPhase, ReaderState
from kakanai.ui.setup.setup_desk import SetupDesk
from kakanai.ui.setup.setup_step import SetupStep
from kakanai.ui.theme import Theme

_PAPERS: Final = ("A4", "A5")


class PrinterStep(SetupStep):
    """A printer for each paper size, or the folder."""

    def __init__(self, theme: Theme, desk: SetupDesk) -> None:
        super().__init__(
            theme,
            self.tr("プリンター"),
            self.tr("プリンター"),
            self.tr(
                "用紙ごとのプリンターです。見つからないときは、紙はフォルダーに PDF で置かれます。"
                "位置の調整とトレイは、あとで「プリンターの設定」（Shift+F8）で行います。"
            ),
        )
        self._desk = desk
        self.choices: dict[str, ChoiceBox] = {}
        for paper in _PAPERS:
            box = ChoiceBox()
            box.setAccessibleName(self.tr("{paper} の紙のプリンター").format(paper=paper))
            label = TextLabel(box.accessibleName(), "strong")
            label.setBuddy(box)
            self.choices[paper] = box
            self.column.addWidget(label)
            self.column.addWidget(box)
        self.finish()

    def enter(self) -> None:
        """List the printers there are now."""
        super().enter()
        try:
            names = self._desk.printers()
        except KakanaiError as error:
            names = []
            self.refuse(error)
        for paper, box in self.choices.items():
            chosen = box.currentData() if box.count() else self._desk.town.printers.get(paper, "")
            box.clear()
            box.addItem(self.tr("フォルダーに PDF を置く"), "")
            for name in names:
                box.addItem(name, name)
            box.setCurrentIndex(max(box.findData(chosen), 0))
        if not names and not self.state.text():
            self.tell(self.tr("プリンターが見つかりません。あとで選べます。"), "small")

    def told(self) -> dict[str, Any]:
        """See SetupStep."""
        return {"printers": {paper: str(box.currentData() or "") for paper, box in self.choices.items()}}


class ReaderStep(SetupStep):
    """Watches the readers while it is in sight, and says which kind of card lies there."""

    def __init__(self, theme: Theme, source: ReaderSource) -> None:
        super().__init__(
            theme,
            self.tr("リーダー"),
            self.tr("カードリーダー"),
            self.tr(
                "リーダーをつなぎ、カードを1枚置いてみます。カードの種類だけを確かめます。暗証番号は使いません。"
            ),
        )
        self._source = source
        self._link: CardLink | None = None
        self.reader = TextLabel("", "strong", wrap=True)
        self.card = TextLabel("", "ok", wrap=True)
        self.column.addWidget(self.reader)
        self.column.addWidget(self.card)
        self.finish()

    def enter(self) -> None:
        """Begin to watch."""
        super().enter()
        self.card.setText("")
        self._link = link = CardLink(self._source, self, verify=False)
        link.state_changed.connect(self._take_state)
        link.card_inserted.connect(link.open_card)
        link.card_opened.connect(self._take_card)
        link.opening_failed.connect(self._take_failure)
        link.start()

    def leave(self) -> None:
        """Let go of the reader."""
        if self._link is not None:
            self._link.close()
            self._link.deleteLater()
            self._link = None

    @Slot(object)
    def _take_state(self, state: ReaderState) -> None:
        words = {
            ReaderPhase.STARTING: self.tr("○ リーダーを確かめています"),
            ReaderPhase.NO_SERVICE: self.tr("× カードのサービスが動いていません"),
            ReaderPhase.NO_READER: self.tr("× カードリーダーがありません"),
            ReaderPhase.WAITING: self.tr("✓ リーダーがあります。カードを置いてください"),
            ReaderPhase.SEVERAL: self.tr("▲ カードが2枚以上のリーダーにあります"),
        }.get(state.phase, self.tr("● カードがあります"))
        self.reader.setText(f"{words}　{state.reader}" if state.reader else words)
        if state.error is not None and not state.has_card:
            self.tell(message_for(state.error).next_step, "small")
        elif not state.has_card:
            self.tell("")

    @Slot(object)
    def _take_card(self, card: OpenedCard) -> None:
        set_property(self.card, "role", "ok")
        kind = KINDS.get(card.kind.value, card.kind.value)
        self.card.setText(self.tr("✓ {kind}です。このリーダーで使えます。").format(kind=kind))
        self.tell("")

    @Slot(object)
    def _take_failure(self, error: KakanaiError) -> None:
        self.card.setText("")
        self.refuse(error)
