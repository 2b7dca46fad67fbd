"""Rules on the 本人確認 beyond the ordinary ones, as a form's head says them; told, never a block."""

from dataclasses import dataclass
from enum import StrEnum

from kakanai.datafile import Node
from kakanai.reception.identity_check import IdentityCheck, Sufficiency, Way
from kakanai.reception.identity_papers import PaperKind
from kakanai.reception.terms_reading import read_conditions
from kakanai.reception.variables import Condition, VariableCatalog


class IdentityNeed(StrEnum):
    """What a form wants: one paper with a photo 写真付き1点のみ, or two as for cards カード関係の手続."""

    PHOTO = "photo"
    CARD = "card"


@dataclass(frozen=True)
class IdentityRule:
    """What is needed while `when` holds, and `why` in the words a clerk reads."""

    need: IdentityNeed
    why: str
    when: tuple[Condition, ...] = ()

    def is_met(self, check: IdentityCheck | None) -> bool:
        """Whether the check is enough for it."""
        if check is None:
            return False
        if self.need is IdentityNeed.PHOTO:
            return check.sufficiency is Sufficiency.ONE
        by_own_card = check.way is Way.CHIP and "my_number_card" in check.papers
        kinds = [paper.kind for paper in check.known_papers]
        return by_own_card or (PaperKind.PHOTO in kinds and len(kinds) > 1)


def read_identity_rules(node: Node | None, variables: VariableCatalog) -> tuple[IdentityRule, ...]:
    """The rules under `identity`.

    Raises:
        DataFileError: with the line of the first mistake.
    """
    rules: list[IdentityRule] = []
    for one in node.items() if node is not None else []:
        entry = one.mapping(required={"need", "why"}, optional={"when"})
        need = IdentityNeed(entry["need"].one_of([need.value for need in IdentityNeed]))
        rules.append(IdentityRule(need, entry["why"].text(), read_conditions(entry.get("when"), variables)))
    return tuple(rules)
