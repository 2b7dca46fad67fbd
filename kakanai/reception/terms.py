"""Deadlines and documents 期限・必要書類, as forms and guidance rules tell them."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from kakanai.reception.variables import Condition


@dataclass(frozen=True)
class Deadline:
    """One deadline 期限: in words, and as data where it can be computed.

    `starts` is the variable of the day that it is counted from; `days`, `months` and `years` are 0 where
    they do not count. `first_day_counts`: that day itself is the first one (初日算入). `elapsed`: the day on
    which they have gone by is the last one (「3か月を経過した日まで」), not the day before. `before`: the
    paper must come that long before the day, not after. `until` is a fixed last day. `when` conditions must
    hold.
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
    elapsed: bool = False


class DocumentUse(StrEnum):
    """What happens to a document: shown 提示, handed in 提出, given back to the town 返却."""

    SHOW = "show"
    SUBMIT = "submit"
    RETURN = "return"


class MetBy(StrEnum):
    """What settles a document without looking for it: the 本人確認, or 個人番号 read from the card."""

    IDENTITY = "identity"
    MY_NUMBER = "my_number"


@dataclass(frozen=True)
class RequiredDocument:
    """A document 必要書類 the visitor brings; only where every condition of `when` holds.

    `held` is the reason why the town need not see it 役場で確認できるため不要, empty where it must. `met_by`
    says what settles it at the counter.
    """

    label: str
    use: DocumentUse = DocumentUse.SHOW
    when: tuple[Condition, ...] = ()
    held: str = ""
    met_by: MetBy | None = None
