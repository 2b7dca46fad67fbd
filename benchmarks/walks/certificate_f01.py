"""住民票の写し for the visitor alone, by card and PIN."""

from typing import Final

from benchmarks.walks.clerk import (
    ENTER,
    Answers,
    Clerk,
    answer,
    check_and_print,
    choose_procedure,
    read_visitor,
)

ANSWERS: Final[Answers] = {
    "visitor.kana": (ENTER,),
    "visitor.postal": (ENTER,),
    "residence.whole_household": ("1", ENTER),
}


def walk(clerk: Clerk) -> None:
    """The smallest visit there is."""
    read_visitor(clerk, "family-father")
    choose_procedure(clerk, "01")
    clerk.enter()
    answer(clerk, ANSWERS)
    check_and_print(clerk)
