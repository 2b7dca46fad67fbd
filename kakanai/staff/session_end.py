"""Whether a session still stands, and if not, why."""

import datetime as dt
from typing import Final

from kakanai.sessionlog.staff_row import StaffRow, StaffSession

_SET_BACK: Final = dt.timedelta(minutes=5)
"""A clock may be put right by so much; set back further, a session could be made to last for ever."""


def why_ended(session: StaffSession | None, row: StaffRow | None, account: str, now: dt.datetime) -> str:
    """Why the session is over, `ended`, `disabled`, `account`, `expired` or `clock`; "" while it stands."""
    if session is None or row is None:
        return "ended"
    if not row.is_active:
        return "disabled"
    if session.ended_at is not None:
        return "ended"
    if session.account != account:
        return "account"
    if now >= session.ends_at:
        return "expired"
    return "clock" if now < session.started_at - _SET_BACK else ""
