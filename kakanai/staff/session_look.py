"""A session looked up anew, and what its role and password allow."""

from kakanai.staff.act import Act
from kakanai.staff.errors import NotAllowedError, PasswordChangeDueError, SessionEndedError
from kakanai.staff.permissions import may
from kakanai.staff.role import Role
from kakanai.staff.roster import Roster
from kakanai.staff.session_end import why_ended
from kakanai.staff.sign_in import signed_in_as
from kakanai.staff.signed_in import SignedIn


def looked_up(roster: Roster, who: SignedIn) -> SignedIn:
    """Whose session it is, as the database has them now.

    Raises:
        SessionEndedError: it is over.
        LogStorageError: in one of its kinds.
    """
    with roster.store.reading() as view:
        session, row = view.session(who.session), view.find(who.number)
    reason = why_ended(session, row, roster.account, roster.now())
    if session is None or row is None or reason:
        raise SessionEndedError(reason=reason)
    return signed_in_as(row, session)


def require_permission(role: Role | None, act: Act, *, must_change: bool) -> None:
    """Nothing, when the role may do the act.

    Raises:
        PasswordChangeDueError: the password has to be changed first.
        NotAllowedError: it may not.
    """
    if must_change and act is not Act.CHANGE_OWN_PASSWORD:
        raise PasswordChangeDueError
    if role is None or not may(role, act):
        raise NotAllowedError(act=act.label, role=role.label if role else "")
