"""Another number for a waiting case whose own was given twice 番号の付け直し, and what the chain tells of it.

The paper that came out keeps the number it bears. So both numbers tell of each other: `number_doubled` under
the one on the paper, `case_renumbered` under the one that the case has in the log.
"""

import dataclasses
import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from kakanai.sessionlog.case_number import CaseNumber, ClerkId
from kakanai.sessionlog.entry import LogEntry
from kakanai.sessionlog.renumber_reason import RenumberReason
from kakanai.sessionlog.words import EntryKind
from kakanai.sessionlog.writing import Writing


@dataclass(frozen=True)
class Renumbering:
    """An order to give one waiting case another number: whose order, why and when.

    `give` gives the next free number of a day, in the transaction of the connection.
    """

    number: CaseNumber
    reason: RenumberReason
    staff: ClerkId
    at: dt.datetime
    give: Callable[[Connection, dt.date], CaseNumber]


def filed(entry: LogEntry, numbers: Mapping[CaseNumber, CaseNumber]) -> LogEntry:
    """The entry under the number that its case has in the log; `numbers`: new ones by those on the paper."""
    if entry.case_number is None or entry.case_number not in numbers:
        return entry
    return dataclasses.replace(entry, case_number=numbers[entry.case_number])


def tell_renumbered(chain: Writing, order: Renumbering, new: CaseNumber, given: int, counter: str) -> None:
    """Tell the chain under both numbers; `given` is the place of the entry that gave the new one.

    `number_doubled` leads by `ref` to the new number, `case_renumbered` to the one on the paper.
    """

    def told(kind: EntryKind, number: CaseNumber, ref: int) -> LogEntry:
        names = (order.reason.name_told,)
        return LogEntry(kind, number, order.staff, order.at, counter=counter, names=names, ref=ref)

    doubled = chain.append(told(EntryKind.NUMBER_DOUBLED, order.number, given))
    chain.append(told(EntryKind.CASE_RENUMBERED, new, doubled))
