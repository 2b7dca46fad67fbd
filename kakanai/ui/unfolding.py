"""What lies in a fold comes into sight before the focus comes to it."""

from PySide6.QtWidgets import QWidget


class Unfolding:
    """A widget of which the contents may be hidden; `unfold_for` shows them."""

    def unfold_for(self, widget: QWidget) -> None:
        """Show what is folded away, if this widget within is."""
        raise NotImplementedError


def reveal(widget: QWidget) -> None:
    """Unfold everything round a widget, the outermost first: a hidden widget takes no focus."""
    folds: list[Unfolding] = []
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, Unfolding):
            folds.append(parent)
        parent = parent.parentWidget()
    for fold in reversed(folds):
        fold.unfold_for(widget)
