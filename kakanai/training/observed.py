"""What the training mode sees of the clerk's work: states and counts, nothing that was typed."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Observed:
    """How the counter stands at this moment.

    `card` is the resident's card on the reader ("" for none), `who` whose card the present person was read
    from ("" for nobody, or by hand), `codes` the failures told since the exercise began, `served` the cases
    closed since then.
    """

    card: str = ""
    who: str = ""
    is_by_hand: bool = False
    has_case: bool = False
    event: str = ""
    forms: int = 0
    unanswered: int = 0
    stopping: int = 0
    is_released: bool = False
    has_paper: bool = False
    codes: frozenset[str] = frozenset()
    served: int = 0
    cancelled: int = 0

    @property
    def is_identified(self) -> bool:
        """Whether somebody is taken down."""
        return bool(self.who) or self.is_by_hand
