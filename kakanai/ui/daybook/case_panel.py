"""The chosen case beside the table: what it is, why it is worth a look, its acts, and the judgement."""

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from kakanai.daybook.case_words import card_words, clock, day_words, minutes_words, read_by_words
from kakanai.daybook.review_phrases import ReviewKind, ReviewPhrase
from kakanai.daybook.timeline import CaseTimeline
from kakanai.daybook.titles import Titles
from kakanai.errors import KakanaiError
from kakanai.messages import message_for
from kakanai.sessionlog.case_line import CaseLine
from kakanai.staff.act import Act
from kakanai.ui.controls import ActionButton, FittingStack, TextLabel
from kakanai.ui.daybook.case_model import sign_and_outcome, sign_and_review
from kakanai.ui.daybook.reading_text import ReadingText
from kakanai.ui.daybook.reprint_panel import ReprintPanel
from kakanai.ui.daybook.review_bar import PhraseList, ReviewBar
from kakanai.ui.fitting_area import FittingArea
from kakanai.ui.theme import Theme


class CasePanel(QFrame):
    """One case. The timeline comes a moment after the line; phrases take its place while one is chosen.

    Signals:
        judgement_wanted(ReviewKind): its phrases are to be shown by `ask`.
        judged(ReviewKind, phrase id): say this of the case.
        reprint_wanted(): what is kept of it is to be shown by `ask_reprint`.
        given_up(): no phrase was chosen, or nothing is printed again.
    """

    judgement_wanted = Signal(object)
    judged = Signal(object, str)
    reprint_wanted = Signal()
    given_up = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Panel")
        self.setAccessibleName(self.tr("選んだ受付"))
        self._may: Collection[Act] = frozenset()
        self._kind = ReviewKind.APPROVE
        self.line: CaseLine | None = None
        self.title = TextLabel("", "title")
        self.facts = TextLabel("", wrap=True)
        self.text = ReadingText(self.tr("受付の経過"))
        self.phrases = PhraseList(theme)
        self.phrases.picked.connect(self._take_phrase)
        self.phrases.given_up.connect(self._give_up)
        self._phrase_area = FittingArea(self.phrases)
        self._stack = FittingStack()
        self._stack.add_page(self.text)
        self._stack.add_page(self.phrases, self._phrase_area)
        self.reprint = ReprintPanel(theme)
        self.reprint.given_up.connect(self._give_up)
        self._stack.add_page(self.reprint, FittingArea(self.reprint))
        self.again = ActionButton(self.tr("刷り直す（B）"))
        self.again.clicked.connect(self.reprint_wanted)
        self.said = TextLabel("", "ok", wrap=True)
        self.said.setAccessibleName(self.tr("確認の結果"))
        self.bar = ReviewBar(theme)
        self.bar.wanted.connect(self.judgement_wanted)
        column = QVBoxLayout(self)
        space = theme.px("space.small")
        column.setContentsMargins(space, space, space, space)
        column.setSpacing(theme.px("space.tight"))
        column.addWidget(self.title)
        column.addWidget(self.facts)
        column.addWidget(self._stack, 1)
        column.addWidget(self.said)
        column.addWidget(self.bar)
        column.addWidget(self.again, 0, Qt.AlignmentFlag.AlignLeft)
        self.show_nothing()

    @property
    def is_asking(self) -> bool:
        """Whether phrases or forms are offered."""
        return self._stack.current is not self.text

    @property
    def can_reprint(self) -> bool:
        """Whether paper of the case came out, and whoever is here may print it again."""
        return Act.REPRINT in self._may and self.line is not None and self.line.releases > 0

    def use(self, may: Collection[Act]) -> None:
        """Offer what whoever is signed in may do."""
        self._may = may
        self._offer()

    def _offer(self) -> None:
        self.bar.offer(self._may, has_case=self.line is not None)
        self.again.setVisible(Act.REPRINT in self._may and not self.is_asking)
        self.again.setEnabled(self.can_reprint)

    def show_nothing(self) -> None:
        """No case is chosen."""
        self.line = None
        self.end_asking()
        self.title.setText(self.tr("受付を選んでください"))
        self.facts.setText(self.tr("↑↓ で選ぶと、ここに経過が出ます。Enter ですぐに出ます。"))
        self.text.tell("")
        self._offer()

    def show_line(self, line: CaseLine, titles: Titles, reasons: Sequence[str]) -> None:
        """Show a case as its line tells it; its timeline is still to come."""
        is_other = self.line is None or self.line.case_number != line.case_number
        self.line = line
        self.title.setText(str(line.case_number))
        self.facts.setText("\n".join(self._facts(line, titles, reasons)))
        if is_other:
            self.end_asking()
            self.text.tell(
                self.tr("経過は、ここで止まると出ます。") if Act.VIEW_TIMELINE in self._may else ""
            )
        self._offer()

    def _facts(self, line: CaseLine, titles: Titles, reasons: Sequence[str]) -> list[str]:
        counter = self.tr(" 窓口{counter}").format(counter=line.counter) if line.counter else ""
        time = f"{clock(line.opened_at)}–{clock(line.finished_at)}"
        took = f"（{minutes_words(line.worked_s)}）" if line.finished_at is not None else ""
        card = "・".join(filter(None, (card_words(line.card_kind), read_by_words(line.read_by))))
        what = "、".join(map(titles.procedure, line.procedures)) or self.tr("手続なし")
        forms = "、".join(f"{form.form} {form.pages}枚" for form in line.forms)
        told = [
            f"{day_words(line.day)} {time}{took}",
            self.tr("職員 {staff}{counter}").format(staff=line.staff, counter=counter)
            + (f"　{card}" if card else ""),
            what + (f"（{forms}）" if forms else ""),
            f"{sign_and_outcome(line)}　{sign_and_review(line.review)}",
        ]
        return [*told, *(f"▲ {words}" for words in reasons)]

    def show_timeline(self, told: CaseTimeline) -> None:
        """Show the acts of the case that is shown."""
        self.text.begin()
        self.text.add_acts(told.acts)
        self.text.end()

    def refuse_timeline(self, error: KakanaiError) -> None:
        """Say why the acts are not shown."""
        message = message_for(error)
        self.text.tell(f"× {message.what}\n{message.next_step}（{error.code}）")

    def ask(self, kind: ReviewKind, phrases: Sequence[ReviewPhrase]) -> None:
        """Offer the phrases of a judgement."""
        self._kind = kind
        self.said.clear()
        self._show(self.phrases)
        self.phrases.ask(kind, phrases)

    def ask_reprint(self, titles: Mapping[str, str]) -> None:
        """Offer the forms that are kept, by id with their titles."""
        self.said.clear()
        self._show(self.reprint)
        self.reprint.ask(titles)

    def end_asking(self) -> None:
        """Show the acts again."""
        self._show(self.text)

    @Slot(str)
    def _take_phrase(self, phrase: str) -> None:
        self.end_asking()
        self.judged.emit(self._kind, phrase)

    @Slot()
    def _give_up(self) -> None:
        self.end_asking()
        self.given_up.emit()

    def _show(self, page: QWidget) -> None:
        """What is asked has the room of the acts and of the facts; nine phrases are in sight then."""
        is_asking = page is not self.text
        self._stack.show_page(page)
        self.facts.setVisible(not is_asking)
        self.bar.setVisible(not is_asking and self.bar.is_offering)
        self.again.setVisible(not is_asking and Act.REPRINT in self._may)

    def say(self, words: str) -> None:
        """Say below the acts what was done."""
        self.said.setText(words)

    def take_focus(self) -> None:
        """Put the focus on the acts, to scroll them."""
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)
