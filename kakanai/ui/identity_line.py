"""本人確認 in ①: one line that says what was seen; number keys when no card told it."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kakanai.reception.identity_check import IdentityCheck, Sufficiency
from kakanai.reception.identity_papers import PaperKind, identity_papers
from kakanai.ui.case_flow import CaseFlow
from kakanai.ui.controls import ActionButton, TextLabel
from kakanai.ui.number_choices import NumberChoices
from kakanai.ui.theme import Theme

_ONE, _TWO, _HEARD = range(3)


class IdentityLine(QWidget):
    """Takes digits from the page around it; what they mean is shown while they are wanted.

    A card that was read is the 本人確認 by itself, and nothing need be pressed. One paper with a photo is one
    digit, two papers are 8 and one digit each, questions 聴聞 9 and a digit for each topic. `change` is a
    button for the line of the other ones on the page; it says what was enough.
    """

    def __init__(self, theme: Theme, flow: CaseFlow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = flow
        self._page = _ONE
        self._is_asked = False
        papers = identity_papers()
        photo = papers.of_kind(PaperKind.PHOTO)
        self._ids = {
            _ONE: [paper.id for paper in photo][:7],
            _TWO: [
                *(p.id for p in papers.of_kind(PaperKind.A)),
                *(p.id for p in papers.of_kind(PaperKind.B)),
            ],
            _HEARD: list(papers.topics),
        }
        more = [self.tr("2点で確かめる"), self.tr("聴聞で確かめる")]
        self._words = {
            _ONE: [*(paper.label for paper in photo[:7]), *more],
            _TWO: [papers.papers[name].label for name in self._ids[_TWO]],
            _HEARD: [papers.topics[name] for name in self._ids[_HEARD]],
        }
        self.words = TextLabel("", "strong", wrap=True)
        self.change = ActionButton("")
        self.change.clicked.connect(self.ask)
        self.choices = NumberChoices(theme)
        self.choices.chosen.connect(self._take_words)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px("space.tight"))
        column.addWidget(self.words)
        column.addWidget(self.choices)
        flow.changed.connect(self.refresh)
        self.refresh()

    @property
    def takes_digits(self) -> bool:
        """Whether digits choose papers now."""
        return self._flow.is_open and self._flow.person is not None and bool(self.choices.words)

    @Slot()
    def refresh(self) -> None:
        """Say what was seen, and offer what can be seen while it is not enough."""
        if self._flow.case is None:
            self._is_asked, self._page = False, _ONE
        check = self._flow.identity_check
        self.words.setText(self._told(check))
        is_short = check is None or check.sufficiency is Sufficiency.SHORT
        is_wanted = self._flow.is_open and self._flow.person is not None and (is_short or self._is_asked)
        self.choices.offer(self._words[self._page] if is_wanted else ())
        self.change.setEnabled(self._flow.is_open)
        if check is not None:
            self.change.setText(self.tr("✓ 本人確認 {words}(&K)").format(words=check.sufficiency.label))
            self.change.setToolTip(check.words())
            self.change.setAccessibleName(self.tr("本人確認 {words} 変える").format(words=check.words()))
        # What is enough stands on the button alone: the page of a card with pictures has no line to spare.
        self.change.setVisible(not is_wanted and check is not None)
        self.setVisible(is_wanted)

    def _told(self, check: IdentityCheck | None) -> str:
        if check is None:
            return self.tr("▲ 本人確認　まだです（数字で選ぶ）")
        sign = "▲" if check.sufficiency is Sufficiency.SHORT else "✓"
        return self.tr("{sign} 本人確認　{words}").format(sign=sign, words=check.words())

    @Slot()
    def ask(self) -> None:
        """Let the clerk choose other papers than those that are noted."""
        self._is_asked, self._page = True, _ONE
        self.refresh()

    def take_digit(self, digit: int) -> bool:
        """Take a digit that was typed on the page; False when it means nothing here."""
        if not self.takes_digits or not 1 <= digit <= len(self.choices.words):
            return False
        self.choices.choose(digit)
        return True

    def _take_words(self, words: str) -> None:
        place = self._words[self._page].index(words)
        if place < len(self._ids[self._page]):
            self._toggle(self._ids[self._page][place])
        else:
            self._page = _TWO if place == len(self._ids[_ONE]) else _HEARD
            self._is_asked = True
            self.refresh()

    def _toggle(self, name: str) -> None:
        check = self._flow.case.identity_check if self._flow.case else None
        papers, topics = (set(check.papers), set(check.topics)) if check else (set(), set())
        if self._page == _ONE:
            papers, topics = {name}, set()
        elif self._page == _TWO:
            papers = (papers & set(self._ids[_TWO])) ^ {name}
        else:
            topics ^= {name}
        self._is_asked = self._page == _HEARD
        self._flow.check_identity(papers, topics)
        check = self._flow.identity_check
        if check is not None and check.sufficiency is not Sufficiency.SHORT and self._page == _TWO:
            self._page = _ONE
        self.refresh()
