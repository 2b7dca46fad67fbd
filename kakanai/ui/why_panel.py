"""なぜ? beside the list of ②: why the marked procedure is in the case, or why all of them are."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from kakanai.reception.guidance import Guidance
from kakanai.ui.controls import TextLabel
from kakanai.ui.guided_words import notices_of, why_of
from kakanai.ui.theme import Theme


class WhyPanel(QScrollArea):
    """Text that scrolls; never takes the focus, which stays with the list beside it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.words = TextLabel("", "small", wrap=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        inner = QWidget()
        inner.setObjectName("StretchBody")
        column = QVBoxLayout(inner)
        space = theme.px("space.small")
        column.setContentsMargins(space, 0, 0, 0)
        column.addWidget(self.words, 1)
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.words.setAccessibleName(self.tr("なぜ要るか"))
        self.hide()

    def tell(self, guidance: Guidance, marked: str, *, everything: bool) -> None:
        """Tell why the marked procedure is there; with none marked what else is to be said, or everything."""
        one = guidance.of(marked)
        notices = notices_of(guidance)
        if everything:
            told = [f"■ {guided.procedure.title}\n{why_of(guided)}" for guided in guidance.procedures]
            words = "\n".join([*told, notices])
        elif one is not None:
            words = self.tr("なぜ?　{why}").format(why=why_of(one))
        else:
            words = "\n".join(
                [self.tr("↑↓ で選ぶと、なぜ要るかが出ます（? ですべて）。Space で外します。"), notices]
            )
        self.words.setText(words.strip())
        self.words.setAccessibleDescription(words)
        self.verticalScrollBar().setValue(0)

    def turn(self, step: int) -> None:
        """Scroll down or up by some lines."""
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + step * bar.singleStep() * 3)
