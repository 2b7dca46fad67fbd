"""離席: the window is locked, and the case is kept behind it as it is."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kakanai.ui.controls import ActionButton
from kakanai.ui.staff.card_hint import CardHint
from kakanai.ui.staff.door_page import DoorPage
from kakanai.ui.staff.secret_row import SecretRow
from kakanai.ui.theme import Theme


class LockPage(DoorPage):
    """Asks for the password of who locked, or lets somebody else sign in.

    Signals:
        wanted(Password): go on.
        other_wanted(): somebody else is here.
    """

    wanted = Signal(object)
    other_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.entitle(self.tr("離席中（ロックしています）"), self.tr("続ける（Enter）"))
        self.password = SecretRow(theme, self.tr("パスワード"))
        self.add_row("password", self.password)
        self.other = ActionButton(self.tr("ほかの職員がサインインする"))
        self.other.clicked.connect(self.other_wanted)
        self.card = CardHint(theme, self.tr("◆ 自分の職員証をリーダーに置いても、続けられます。"))
        self.finish(self.card, self.other)

    def ask(self, number: str, why: str = "", *, has_case: bool, by_card: bool = False) -> None:
        """Ask anew for the password of this number; `why` when nobody pressed the key."""
        self.begin()
        self.card.show_for(by_card=by_card)
        kept = self.tr("途中の受付は、そのまま置いてあります。") if has_case else ""
        self.words.setText(why + self.tr("職員 {number}。{kept}").format(number=number, kept=kept))

    def _send(self) -> None:
        self.wanted.emit(self.password.password())
