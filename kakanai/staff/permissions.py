"""The one table of permissions 権限: which roles may do which act.

Why it is as it is:

- Clerks 担当者 serve visitors and look at the day, for the messages of the program send them there.
- Supervisors 責任者 serve too, judge cases, and sign the day. They change neither the town's settings nor
  staff; a printer of the counter they do set, for it may fail while no administrator is in the hall.
- Administrators 管理者 look after staff, settings and the database, and neither serve nor approve nor close
  a day. Who can make accounts, restore a database and purge it must not also be who signs that the day was
  in order: one person alone could otherwise write a day and sign it. A small town gives somebody with both
  duties two numbers; the log then tells in which of them an act was done.
- Auditors 監査 read everything and change nothing. An export is reading; the log says who took it.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from kakanai.staff.act import Act
from kakanai.staff.role import Role

_CLERK, _SUPERVISOR = Role.CLERK, Role.SUPERVISOR
_ADMINISTRATOR, _AUDITOR = Role.ADMINISTRATOR, Role.AUDITOR
_EVERYBODY: Final = frozenset(Role)
_SERVING: Final = frozenset({_CLERK, _SUPERVISOR})
_JUDGING: Final = frozenset({_SUPERVISOR})
_KEEPING: Final = frozenset({_ADMINISTRATOR})
_PREPARING: Final = frozenset({_SUPERVISOR, _ADMINISTRATOR})
_READING: Final = frozenset({_SUPERVISOR, _AUDITOR})
_LOOKING_AFTER: Final = frozenset({_SUPERVISOR, _ADMINISTRATOR, _AUDITOR})

ROLES_OF: Final[Mapping[Act, frozenset[Role]]] = MappingProxyType(
    {
        Act.USE_COUNTER: _SERVING,
        Act.DISCARD_CASE: _SERVING,
        Act.END_ANOTHERS_CASE: _JUDGING,
        Act.REPRINT: _SERVING,
        Act.REPRINT_ANOTHERS: _JUDGING,
        Act.OVERRIDE_MISMATCH: _JUDGING,
        Act.VIEW_DAY: _EVERYBODY,
        Act.SEARCH: _READING,
        Act.VIEW_TIMELINE: _READING,
        Act.VIEW_STATS: _READING,
        Act.EXPORT: _READING,
        Act.VERIFY: _LOOKING_AFTER,
        Act.WRITE_VERIFIER: _EVERYBODY,
        Act.APPROVE: _JUDGING,
        Act.SEND_BACK: _JUDGING,
        Act.COMMENT: _JUDGING,
        Act.CLOSE_DAY: _JUDGING,
        Act.ACKNOWLEDGE_ROLL_BACK: _JUDGING,
        Act.CHECK_DATABASE: _LOOKING_AFTER,
        Act.REBUILD_DATABASE: _KEEPING,
        Act.BACK_UP: _KEEPING,
        Act.RESTORE: _KEEPING,
        Act.UPGRADE_DATABASE: _KEEPING,
        Act.RESCUE: _KEEPING,
        Act.PURGE: _KEEPING,
        Act.SETTLE_SPOOL: _KEEPING,
        Act.CHANGE_SETTINGS: _KEEPING,
        Act.SET_PRINTERS: _PREPARING,
        Act.SWITCH_DRAFTS_OFF: _KEEPING,
        Act.MANAGE_OFFICE_KEY: _KEEPING,
        Act.PREPARE_DOWNTIME: _PREPARING,
        Act.LIST_STAFF: _LOOKING_AFTER,
        Act.MANAGE_STAFF: _KEEPING,
        Act.CHANGE_OWN_PASSWORD: _EVERYBODY,
    }
)
"""Every act, and the roles that may do it."""

READING_ACTS: Final = frozenset(
    {
        Act.VIEW_DAY,
        Act.SEARCH,
        Act.VIEW_TIMELINE,
        Act.VIEW_STATS,
        Act.EXPORT,
        Act.VERIFY,
        Act.WRITE_VERIFIER,
        Act.CHECK_DATABASE,
        Act.LIST_STAFF,
    }
)
"""Acts that leave everything as it is, but for the entry that they were done."""

FOUR_EYES: Final = frozenset({Act.APPROVE})
"""Acts that nobody does for a case of their own where the town wants four eyes 二人の目."""

SIGNED_AGAIN: Final = frozenset(
    {Act.OVERRIDE_MISMATCH, Act.CLOSE_DAY, Act.PURGE, Act.RESTORE, Act.SETTLE_SPOOL}
)
"""Acts for which the password is asked at the moment itself (Guard.confirm); a card is not enough."""

AT_THE_COUNTER: Final = frozenset({Act.USE_COUNTER, Act.DISCARD_CASE})
"""Acts that go on while the database of the hall cannot be reached: the visitor stands there."""


def may(role: Role, act: Act) -> bool:
    """Whether the role may do the act."""
    return role in ROLES_OF[act]
