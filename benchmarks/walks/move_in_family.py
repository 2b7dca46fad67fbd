"""転入 of a family of four with four cards; everybody joins 国民健康保険, 公金受取口座 is used."""

from typing import Final

from benchmarks.walks.clerk import (
    ENTER,
    Answers,
    Clerk,
    Japanese,
    add_by_card,
    answer,
    check_and_print,
    follow_event,
    read_visitor,
)

ANSWERS: Final[Answers] = {
    "guide.move_in_way": ("1",),
    "guide.people": ("4", ENTER),
    "guide.insurance": ("1",),
    "visitor.kana": (ENTER,),
    "visitor.postal": ("3660000", ENTER),
    "householder.is_visitor": ("1",),
    "move.date": ("15", ENTER),
    "move.new_postal": ("1000001", ENTER),
    "move.new_address": (Japanese("９番９号", "9ban9gou"), ENTER),
    "member.kana[c1]": (ENTER,),
    "member.relationship[c1]": ("1",),
    "member.kana[c2]": (ENTER,),
    "member.relationship[c2]": ("3",),
    "member.kana[c3]": (ENTER,),
    "member.relationship[c3]": ("3",),
    "guide.nursery": ("1",),
    "guide.card_needs": (ENTER,),
    "guide.needs": (ENTER,),
    "guide.living": (ENTER,),
    "claimant.is_visitor": ("1",),
    "claimant.relationship": ("1",),
    "claimant.pension": ("2",),
    "child_benefit.event_date": ("15", ENTER),
    "account.use": ("1",),
}


def walk(clerk: Clerk) -> None:
    """The father comes with the cards of his wife, a son at school and a daughter below school age.

    What decides on the forms is asked first: then each card is read once, with 個人番号 where a form has it.
    """
    clerk.key("F4")
    follow_event(clerk, "1")
    clerk.key("F5")
    answer(clerk, ANSWERS, until="visitor.kana")
    read_visitor(clerk, "family-father")
    for specimen in ("family-mother", "family-son", "family-daughter"):
        add_by_card(clerk, specimen, "1")
    answer(clerk, ANSWERS)
    check_and_print(clerk)
