"""サインイン: staff number and password, before anything of the counter is in sight."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kakanai.ui.entry_row import EntryRow
from kakanai.ui.staff.card_hint import CardHint
from kakanai.ui.staff.door_page import DoorPage
from kakanai.ui.staff.secret_row import SecretRow
from kakanai.ui.theme import Theme


class SignInPage(DoorPage):
    """Asks who is here.

    Signals:
        wanted(number, Password): sign in as this.
    """

    wanted = Signal(str, object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._after_away = ""
        self.entitle(self.tr("サインイン"), self.tr("サインインする（Enter）"))
        self.number = EntryRow(theme, self.tr("職員番号"), length=16)
        self.password = SecretRow(theme, self.tr("パスワード"))
        self.add_row("number", self.number)
        self.add_row("password", self.password)
        self.card = CardHint(theme, self.tr("◆ 職員証をリーダーに置いても、サインインできます。"))
        self.finish(self.card)

    def ask(self, words: str = "", *, by_card: bool = False, is_away: bool = False) -> None:
        """Ask anew; `words` say why, or what becomes of what is open; `is_away`: without the log's server."""
        self.begin()
        self.card.show_for(by_card=by_card and not is_away)
        away = self.tr(
            "記録サーバーにつながりません。この PC で最近サインインした窓口の職員は、サインインできます。"
        )
        self._after_away = words
        self._say(f"{away}{words}" if is_away else words)

    def come_back(self) -> None:
        """The log's server is there again: nothing is told any more of its being away."""
        self._say(self._after_away)

    def _say(self, words: str) -> None:
        self.words.setText(words)
        self.words.setVisible(bool(words))

    def _send(self) -> None:
        self.wanted.emit(self.number.typed, self.password.password())
