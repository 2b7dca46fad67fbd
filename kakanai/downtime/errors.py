"""Foreseen failures of the downtime kit 停電・停止のときの用紙."""

from typing import ClassVar

from kakanai.errors import KakanaiError


class DowntimeError(KakanaiError):
    """A paper of the kit cannot be printed or taken into the log; the log is as it was."""

    exit_status: ClassVar[int] = 8


class PaperNumberError(DowntimeError):
    """What was typed or scanned is no number of the kit, or its check character does not fit."""

    code: ClassVar[str] = "E-010"


class UnknownPaperError(DowntimeError):
    """A sound number that this office's log did not give. Details: number."""

    code: ClassVar[str] = "E-011"


class PaperTakenError(DowntimeError):
    """The paper is in the log already. Details: number, case (the case number 受付番号 it got)."""

    code: ClassVar[str] = "E-012"


class PaperVoidError(DowntimeError):
    """The paper was noted as destroyed. Details: number."""

    code: ClassVar[str] = "E-013"


class PaperDayError(DowntimeError):
    """The day of the reception cannot be: before the kit was printed, or to come. Details: first, last."""

    code: ClassVar[str] = "E-014"


class KitSizeError(DowntimeError):
    """No forms, a form twice, or more papers than one kit may have. Details: most."""

    code: ClassVar[str] = "E-015"


class NoNumberBoxError(DowntimeError):
    """The form has no place for a number, so its paper could not be told from others. Details: form."""

    code: ClassVar[str] = "E-016"


class KitNotOutError(DowntimeError):
    """The log has the numbers of a kit that did not come out, or not all of it.

    Details: kit, first, last (numbers), reason (the code of the print failure).
    """

    code: ClassVar[str] = "E-017"
