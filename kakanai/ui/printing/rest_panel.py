"""A set that stopped half-way 残り: which forms are out, which are not, and which one to look at."""

from collections.abc import Callable

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kakanai.ui.case_flow import CaseFlow
from kakanai.ui.controls import ActionButton, TextLabel
from kakanai.ui.theme import Theme


class RestPanel(QWidget):
    """The words; its two buttons are laid beside the others of ⑤."""

    def __init__(
        self,
        theme: Theme,
        flow: CaseFlow,
        printer: Callable[[], str],
        title: Callable[[str], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._flow = flow
        self._printer = printer
        self._title = title
        self.out = TextLabel("", wrap=True)
        self.out.setAccessibleName(self.tr("出た帳票と残りの帳票"))
        self.unsure = TextLabel("", "alarm", wrap=True)
        self.unsure.setAccessibleName(self.tr("紙を見て確かめる帳票"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px("space.tight"))
        column.addWidget(self.out)
        column.addWidget(self.unsure)
        self.seen_button = ActionButton(self.tr("全部出ていた"))
        self.seen_button.clicked.connect(self._take_as_out)
        self.all_button = ActionButton(self.tr("全部を印刷し直す"))
        self.all_button.clicked.connect(self._print_all)

    @Slot()
    def refresh(self) -> None:
        """Show how the set stands; nothing, when it is whole or none of it is out."""
        flow = self._flow
        is_open = flow.is_released and not flow.is_printing and not flow.documents
        begun = flow.rest.begun if is_open else ()
        is_part = flow.is_part_out
        self.out.setText(self._lines() if is_part else "")
        self.unsure.setText(self._unsure_words(begun) if begun else "")
        for label in (self.out, self.unsure):
            label.setVisible(bool(label.text()))
        if begun:
            words = self.tr("{form} は全部出ていた").format(form=begun[0])
            self.seen_button.setText(words)
            self.seen_button.setAccessibleName(words)
        self.seen_button.setVisible(bool(begun))
        self.all_button.setVisible(is_part)
        self.setVisible(is_part or bool(begun))

    def _lines(self) -> str:
        rest = self._flow.rest_pages()
        lines = []
        for form in self._flow.forms:
            name = form.template.id
            words = self.tr("― {form} {title}　残り {pages}枚") if name in rest else ""
            words = words or self.tr("✓ {form} {title}　出ています {pages}枚")
            known = self._flow.rest.out.get(name)
            pages = rest.get(name) or (known.pages if known else len(form.pages))
            lines.append(words.format(form=name, title=self._title(name), pages=pages))
        return "\n".join(lines)

    def _unsure_words(self, begun: tuple[str, ...]) -> str:
        names = "　".join(f"{form} {self._title(form)}" for form in begun)
        return self.tr(
            "▲ 印刷の途中だった帳票: {names}\n"
            "プリンターの紙を見ます。全部そろっていれば「全部出ていた」、なければ出た紙を廃棄して残りを印刷します。"
        ).format(names=names)

    @Slot()
    def _take_as_out(self) -> None:
        if self._flow.rest.begun:
            self._flow.take_as_out(self._flow.rest.begun[0])

    @Slot()
    def _print_all(self) -> None:
        self._flow.print_all_again(self._printer())
