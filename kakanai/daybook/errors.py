"""Foreseen failures of reading, judging and handing on the log; no entry was changed by any of them."""

from kakanai.errors import KakanaiError


class UnknownLoggedCaseError(KakanaiError):
    """The log tells of no such case. Details: number."""

    code = "L-060"
    exit_status = 8


class UnknownPhraseError(KakanaiError):
    """There is no such phrase for this judgement. Details: kind and known, both in Japanese."""

    code = "L-061"
    exit_status = 2


class ReviewRefusedError(KakanaiError):
    """The case cannot be judged so. Details: number, reason.

    `reason`: open (it has not ended), approved (it is approved already, and nothing happened since).
    """

    code = "L-062"
    exit_status = 8


class QueryWordError(KakanaiError):
    """A word of a search line says nothing of a case. Details: problem (our words, never the word itself)."""

    code = "L-063"
    exit_status = 2


class HandedOnFileError(KakanaiError):
    """A file to hand the log on cannot be written; nothing of it is left. Details: file (name), reason.

    `reason`: exists, full, or the system's own word (EACCES).
    """

    code = "L-064"
    exit_status = 9


class DaybookReportError(KakanaiError):
    """The 日報 could not be drawn; nothing of it exists. Details: day."""

    code = "L-065"
    exit_status = 13


class PeriodError(KakanaiError):
    """A period ends before it begins, or is longer than is told at once. Details: reason (order, long)."""

    code = "L-066"
    exit_status = 2
