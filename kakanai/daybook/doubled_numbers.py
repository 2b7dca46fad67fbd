"""Case numbers that were given twice 番号の重なり: from the number on the paper to the case, and back."""

from collections.abc import Callable, Iterator

from kakanai.sessionlog.case_filter import CaseFilter
from kakanai.sessionlog.case_line import CaseLine
from kakanai.sessionlog.case_number import CaseNumber
from kakanai.sessionlog.store import SessionLog


def cases_on_such_paper(log: SessionLog, query: CaseFilter) -> Iterator[CaseLine]:
    """Cases whose paper bears the one number that is asked for, and that have another one in the log.

    Raises:
        LogStorageError: in one of its kinds.
    """
    if query.is_one_number:
        for number in log.renumbered(CaseNumber(query.number)):
            if (line := log.case(number)) is not None:
                yield line


def numbers_in(log: SessionLog) -> Callable[[int], str]:
    """What tells the case number of the entry at a place of the chain; "" where there is none."""

    def number_at(seq: int) -> str:
        link = log.link(seq)
        return "" if link is None else link.case_number

    return number_at
