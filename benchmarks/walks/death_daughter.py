"""死亡: twelve forms by a daughter who lives elsewhere."""

from typing import Final

from benchmarks.walks.clerk import (
    ENTER,
    Answers,
    Clerk,
    Japanese,
    answer,
    check_and_print,
    follow_event,
    read_visitor,
)

ANSWERS: Final[Answers] = {
    "deceased.name": (Japanese("架空　一郎", "カクウ　イチロウ"), ENTER),
    "deceased.kana": (ENTER,),
    "deceased.birth_date": ("150520s", ENTER),
    "deceased.death_date": ("1113", ENTER),
    "deceased.address": (
        Japanese("北海道北見市架空町１番地", "ホッカイドウキタミシカクウチョウ1バンチ"),
        ENTER,
    ),
    "deceased.visitor_relation": ("1", ENTER),
    "visitor.kana": (ENTER,),
    "visitor.postal": ("0600042", ENTER),
    "guide.death_household": ("2",),
    "guide.deceased_pension": ("1",),
    "guide.deceased_items": ("2", ENTER),
    "guide.deceased_needs": ("1", ENTER),
    "guide.deceased_children": ("1", ENTER),
    "guide.deceased_property": ("2", ENTER),
    "guide.deceased_living": ("2", "5", "6", "7", ENTER),
    "guide.deceased_certificates": ("2", "3", ENTER),
    "subject.relation": ("5",),
    "register.domicile": (ENTER,),
    "register.head_name": (Japanese("架空　一郎", "カクウ　イチロウ"), ENTER),
    "register.full": ("1", ENTER),
    "mourner.is_visitor": ("1",),
    "funeral.date": ("1116", ENTER),
    "funeral.third_party": ("1",),
    "funeral.other_benefit": ("1",),
    "survivor.is_visitor": ("1",),
    "survivor.relationship": ("2",),
    "unpaid.survivors": ("2", ENTER),
    "unpaid.pensions": ("1", "2", ENTER),
    "unpaid.household": ("4",),
    "unpaid.apart_reason": (Japanese("仕事の都合", "シゴトノツゴウ"), ENTER),
    "unpaid.report_death": ("1",),
    "unpaid.certificate": ("1",),
    "account.use": ("1",),
    "estate.known_date": ("1113", ENTER),
    "estate.registration": ("2",),
    "estate.will": ("2",),
    "estate.division": ("3",),
    "water.start_date": (".", ENTER),
    "debit.taxes": ("2", ENTER),
    "debit.method": ("2",),
    "moped.scrap_reason": ("1",),
    "moped.scrap_date": (".", ENTER),
    "dog_notice.changed_date": ("1113", ENTER),
}


def walk(clerk: Clerk) -> None:
    """The deceased lived here by himself; his only daughter lives elsewhere and saw to the funeral.

    What decides on the forms is asked first: then her card is read once, with 個人番号 for the pension.
    """
    clerk.key("F4")
    follow_event(clerk, "7")
    clerk.key("F5")
    answer(clerk, ANSWERS, until="visitor.kana")
    read_visitor(clerk, "daughter-away")
    answer(clerk, ANSWERS)
    check_and_print(clerk)
