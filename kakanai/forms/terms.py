"""What clerks must know of a form beside its boxes 取扱い: fees, deadlines, documents, events."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from kakanai.reception.variables import Condition


class LifeEvent(StrEnum):
    """An event in a resident's life ライフイベント that leads to the form (forms.md 2)."""

    MOVE_IN = "move_in"
    MOVE_WITHIN = "move_within"
    MOVE_OUT = "move_out"
    BIRTH = "birth"
    MARRIAGE = "marriage"
    DIVORCE = "divorce"
    DEATH = "death"
    HOUSEHOLD = "household"
    RENAME = "rename"
    CARD = "card"
    INSURANCE = "insurance"
    CARE = "care"
    CHILD = "child"
    DISABILITY = "disability"
    DISASTER = "disaster"
    VEHICLE = "vehicle"
    CERTIFICATE = "certificate"
    PAYMENT = "payment"
    OTHER = "other"


@dataclass(frozen=True)
class Deadline:
    """One deadline 期限: in words, and as data where it can be computed.

    `starts` is the variable of the day that it is counted from; `days`, `months` and `years` are 0 where
    they do not count. `first_day_counts`: that day itself is the first one (初日算入). `before`: the paper
    must come that long before the day, not after. `until` is a fixed last day. `when` conditions must hold.
    """

    text: str
    starts: str = ""
    days: int = 0
    months: int = 0
    years: int = 0
    first_day_counts: bool = False
    before: bool = False
    until: dt.date | None = None
    when: tuple[Condition, ...] = ()


class DocumentUse(StrEnum):
    """What happens to a document: shown 提示, handed in 提出, given back to the town 返却."""

    SHOW = "show"
    SUBMIT = "submit"
    RETURN = "return"


@dataclass(frozen=True)
class RequiredDocument:
    """A document 必要書類 the visitor brings; only where every condition of `when` holds."""

    label: str
    use: DocumentUse = DocumentUse.SHOW
    when: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class FormTerms:
    """The terms of a form 取扱い.

    `fees` are keys of the town's fees, none for a free form. `never_print` are the words of boxes that no
    value may reach. `copy`: a 控え without 個人番号 and account numbers is printed after the form.
    """

    events: tuple[LifeEvent, ...] = ()
    fees: tuple[str, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    documents: tuple[RequiredDocument, ...] = ()
    never_print: tuple[str, ...] = ()
    copy: bool = False
