"""What clerks must know of a form beside its boxes 取扱い: fees, deadlines, documents, events."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kakanai.reception.identity_rules import IdentityRule
from kakanai.reception.life_event import LifeEvent
from kakanai.reception.terms import Deadline, RequiredDocument
from kakanai.reception.variables import Condition


@dataclass(frozen=True)
class FormTerms:
    """The terms of a form 取扱い.

    `fees` are keys of the town's fees, none for a free form. `never_print` are the words of boxes that no
    value may reach. `copy`: a 控え without 個人番号 and account numbers is printed after the form.
    `identity` are rules on the 本人確認 beyond the ordinary ones. `asked_when` are, by the first part of
    their variables' names (`account`), boxes that the form asks for only under conditions.
    """

    events: tuple[LifeEvent, ...] = ()
    fees: tuple[str, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    documents: tuple[RequiredDocument, ...] = ()
    never_print: tuple[str, ...] = ()
    copy: bool = False
    identity: tuple[IdentityRule, ...] = ()
    asked_when: Mapping[str, tuple[Condition, ...]] = field(default_factory=dict)
