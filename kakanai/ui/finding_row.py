"""One finding 指摘 on the window, told once for all the boxes and forms it is about, with its decisions."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from kakanai.counter.picture_offer import PictureOffer
from kakanai.forms.filled import Finding, FindingKind
from kakanai.ui.controls import ActionButton, FlowLayout, TextLabel
from kakanai.ui.theme import Theme


@dataclass(frozen=True)
class SameFindings:
    """Findings that say the same of several boxes: one decision is enough for the clerk."""

    findings: tuple[Finding, ...]

    @property
    def kind(self) -> FindingKind:
        """What they are about."""
        return self.findings[0].kind

    @property
    def words(self) -> str:
        """Their forms, and what they say."""
        forms = "・".join(dict.fromkeys(finding.form for finding in self.findings))
        labels = "・".join(dict.fromkeys(_parts(finding)[0] for finding in self.findings))
        told = _parts(self.findings[0])[1]
        return f"{forms}　{labels}: {told}" if told else f"{forms}　{labels}"


def _parts(finding: Finding) -> tuple[str, str]:
    """What the box is called, and what is said of it."""
    label, _, told = finding.detail.partition(": ")
    return label, told


def same_findings(findings: Iterable[Finding], value_of: Callable[[Finding], object]) -> list[SameFindings]:
    """Findings put together that say the same of the same value, in the order they come first."""
    found: dict[tuple[FindingKind, str, object], list[Finding]] = {}
    for finding in findings:
        key = (finding.kind, _parts(finding)[1] or finding.detail, value_of(finding))
        found.setdefault(key, []).append(finding)
    return [SameFindings(tuple(same)) for same in found.values()]


class StoppingRow(QFrame):
    """A finding that stops printing, and what can be done about it.

    Signals:
        blank_wanted(SameFindings): leave the boxes for handwriting.
        picture_wanted(SameFindings): print the card's own picture in the boxes that can bear it.
        face_wanted(): read the card's face by 照合番号B, so that there is a picture.
        going_wanted(Finding): show the first box and its question.
    """

    blank_wanted = Signal(object)
    picture_wanted = Signal(object)
    face_wanted = Signal()
    going_wanted = Signal(object)

    def __init__(self, theme: Theme, same: SameFindings, offers: Mapping[Finding, PictureOffer]) -> None:
        super().__init__()
        self.setObjectName("Panel")
        self._same = same
        ready = tuple(finding for finding in same.findings if offers.get(finding) is PictureOffer.READY)
        self._pictured = SameFindings(ready)
        self.picture = ActionButton(self.tr("券面の画像を印刷する"))
        self.picture.clicked.connect(self._want_picture)
        self.face = ActionButton(self.tr("照合番号Bで券面を読む"))
        self.face.clicked.connect(self.face_wanted)
        self.blank = ActionButton(self.tr("空欄にして手書き"))
        self.blank.clicked.connect(self._want_blank)
        self.go = ActionButton(self.tr("欄へ行く"))
        self.go.clicked.connect(self._want_going)
        could_have = not ready and PictureOffer.FACE_UNREAD in offers.values()
        self.decisions = [
            button
            for button, is_offered in (
                (self.picture, bool(ready)),
                (self.face, could_have),
                (self.blank, True),
            )
            if is_offered
        ]
        for button in (*self.decisions, self.go):
            button.setAccessibleDescription(same.words)
        words = TextLabel(same.words, "strong", wrap=True)
        advice = TextLabel(self._advice(could_have=could_have), "small", wrap=True)
        self._lay_out(theme, words, advice)

    def _lay_out(self, theme: Theme, words: TextLabel, advice: TextLabel) -> None:
        space = theme.px("space.small")
        head = QHBoxLayout()
        head.addWidget(TextLabel(self.tr("× 印刷前に決める"), "badge-stop"))
        head.addWidget(words, 1)
        line = FlowLayout(space)
        for button in (*self.decisions, self.go):
            line.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(space, space, space, space)
        column.setSpacing(theme.px("space.tight"))
        column.addLayout(head)
        column.addWidget(advice)
        column.addLayout(line)

    def _advice(self, *, could_have: bool) -> str:
        if self.kind_is_overflow:
            return self.tr("枠の最小の文字でも入りません。空けて印刷し、手で書いてもらいます。")
        if self._pictured.findings:
            return self.tr(
                "この字を持つフォントがありません。カードの券面の画像なら、そのままの形で印刷できます。"
            )
        if could_have:
            return self.tr(
                "この字を持つフォントがありません。照合番号Bで券面を読むと、券面の画像を印刷できます。"
            )
        return self.tr("この字を持つフォントがありません。空けて印刷し、手で書いてもらいます。")

    @property
    def kind_is_overflow(self) -> bool:
        """Whether the value does not go into its box."""
        return self._same.kind is FindingKind.OVERFLOW

    @Slot()
    def _want_blank(self) -> None:
        self.blank_wanted.emit(self._same)

    @Slot()
    def _want_picture(self) -> None:
        self.picture_wanted.emit(self._pictured)

    @Slot()
    def _want_going(self) -> None:
        self.going_wanted.emit(self._same.findings[0])


class DecidedRow(QWidget):
    """A decision that was made, and the way back.

    Signals:
        undone(SameFindings): decide anew.
    """

    undone = Signal(object)

    def __init__(self, theme: Theme, same: SameFindings, *, is_open: bool) -> None:
        super().__init__()
        self._same = same
        is_picture = same.kind is FindingKind.PICTURE
        badge = TextLabel(self.tr("▣ 券面の画像") if is_picture else self.tr("✎ 手書き"), "badge-note")
        self.undo = ActionButton(self.tr("画像をやめる") if is_picture else self.tr("やはり印字する"))
        self.undo.setProperty("role", "small")
        self.undo.setAccessibleDescription(same.words)
        self.undo.setEnabled(is_open)
        self.undo.clicked.connect(self._undo)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px("space.small"))
        line.addWidget(badge)
        line.addWidget(TextLabel(same.words, "small", wrap=True), 1)
        line.addWidget(self.undo)

    @Slot()
    def _undo(self) -> None:
        self.undone.emit(self._same)
