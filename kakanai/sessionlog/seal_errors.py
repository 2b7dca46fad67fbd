"""Foreseen failures of verifying, anchoring and signing the log; none of them changes an entry."""

from kakanai.errors import KakanaiError


class LogVerificationFailedError(KakanaiError):
    """The verifier found something. Details: count (of findings), seq (of the first; 0 when of no entry)."""

    code = "L-030"
    exit_status = 16


class LogRolledBackError(KakanaiError):
    """The log does not hold an entry this machine has seen: an older copy took its place, or it was cut.

    Details: seq (of the entry seen).
    """

    code = "L-031"
    exit_status = 16


class EvidenceUnreadableError(KakanaiError):
    """What was to be verified cannot be read as a log. Details: file (name only), reason (a short word)."""

    code = "L-032"
    exit_status = 13


class DayClosedError(KakanaiError):
    """The day, or a later one, is closed already. Details: day (the last closed day)."""

    code = "L-033"
    exit_status = 8


class NothingToCloseError(KakanaiError):
    """No entry up to that day is still without a day close. Details: day."""

    code = "L-034"
    exit_status = 8


class OfficeKeyError(KakanaiError):
    """The key of the office cannot be kept or read. Details: file, reason (errno name, form or keyring)."""

    code = "L-035"
    exit_status = 9


class OfficeKeyMissingError(OfficeKeyError):
    """This machine has no key of the office. Details: file."""

    code = "L-036"


class OfficeKeyLockedError(OfficeKeyError):
    """The key of the office did not open. Details: reason (passphrase: wrong or not given; keyring: gone)."""

    code = "L-037"


class OfficeKeyExistsError(OfficeKeyError):
    """There is a key already; it is not replaced in silence. Details: file."""

    code = "L-038"


class PublicKeyFileError(KakanaiError):
    """The file holds no public key of an office. Details: file (name only)."""

    code = "L-039"
    exit_status = 2
