"""Foreseen failures of signing in and of permissions. None of them says whether a number exists."""

from kakanai.errors import KakanaiError


class StaffError(KakanaiError):
    """Somebody may not do this, or not now; nothing was changed."""

    code = "A-000"
    exit_status = 15


class SignInRefusedError(StaffError):
    """Number, password or card are not those of anybody who may sign in; which of them is not told."""

    code = "A-001"


class SignInThrottledError(StaffError):
    """Too many failures: nothing was tried. Details: seconds to wait."""

    code = "A-002"


class NotSignedInError(StaffError):
    """Nobody is signed in, and staff are registered."""

    code = "A-003"


class SessionEndedError(StaffError):
    """Somebody was signed in and is no longer. Details: reason.

    `reason`: expired; ended (signed out, signed in at another window, or the password was reset); disabled;
    clock (set back far); account (the session is another machine's, or another account's of this one).
    """

    code = "A-004"


class NotAllowedError(StaffError):
    """The role may not do this act. Details: act and role, in Japanese."""

    code = "A-005"


class PasswordRuleError(StaffError):
    """A new password breaks a rule. Details: reason (short, long, characters, few, number, common, same)."""

    code = "A-006"
    exit_status = 2


class PasswordChangeDueError(StaffError):
    """The password was given by somebody else and has to be changed first."""

    code = "A-007"


class LastAdministratorError(StaffError):
    """Nobody would be left who can manage staff."""

    code = "A-008"


class UnknownStaffError(StaffError):
    """There is no such staff number, or it is disabled. Details: number."""

    code = "A-009"


class StaffExistsError(StaffError):
    """The number is registered already, perhaps disabled; numbers are never given twice. Details: number."""

    code = "A-010"


class OwnCaseError(StaffError):
    """The town wants four eyes, and the case is their own."""

    code = "A-011"


class AnotherClerkError(StaffError):
    """A staff number was named that is not the signed-in one."""

    code = "A-012"
    exit_status = 2


class PasswordMissingError(StaffError):
    """No password came: nothing on standard input, and no terminal to ask at. Details: flag."""

    code = "A-013"
    exit_status = 2


class LockedError(StaffError):
    """The window is locked; its case is kept."""

    code = "A-014"


class SessionFileError(StaffError):
    """The file of a script's session cannot be written or is not closed to others. Details: file, reason."""

    code = "A-015"
    exit_status = 9


class CardSignInOffError(StaffError):
    """The town does not let staff sign in by card."""

    code = "A-016"


class StaffCardTakenError(StaffError):
    """The card is somebody else's already."""

    code = "A-017"


class SetUpDoneError(StaffError):
    """There is an administrator already: the first one is set up only once."""

    code = "A-018"


class ConfirmationNeededError(StaffError):
    """This act asks for the password at the moment itself. Details: act, in Japanese."""

    code = "A-019"


class FirstIsAdministratorError(StaffError):
    """The first to be registered has to be an administrator."""

    code = "A-020"
    exit_status = 2


class StaffNumberError(StaffError):
    """This number stands for 未登録 in the log and is nobody's."""

    code = "A-021"
    exit_status = 2


class PasswordsDifferError(StaffError):
    """A new password was typed twice, and differently."""

    code = "A-022"
    exit_status = 2


class StaffCardError(StaffError):
    """Not the number of a contactless card: 4 to 10 bytes in hexadecimal."""

    code = "A-023"
    exit_status = 2


class StaffLostError(StaffError):
    """The log tells of registered staff, and the database has no administrator: rows were taken out of it."""

    code = "A-024"


class VisitorsCardError(StaffError):
    """A card that visitors bring lies where a staff card 職員証 is expected; nothing of it was read."""

    code = "A-025"


class StaffCardUnreadableError(StaffError):
    """The reader tells no number of the card, or the card makes up another one each time."""

    code = "A-026"


class SeveralStaffCardsError(StaffError):
    """Two staff cards 職員証 lie on two readers."""

    code = "A-027"


class AwaySignInError(StaffError):
    """The log's server is away, and here nobody signed in lately with this number and password.

    Whether the number is known here is not told.
    """

    code = "A-028"
