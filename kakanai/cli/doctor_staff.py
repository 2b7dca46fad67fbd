"""What `kakanai doctor` tells of staff 職員: how many, never which numbers."""

from collections import Counter
from typing import Final

from kakanai.cli.services import Services
from kakanai.settings import Town
from kakanai.staff.role import Role
from kakanai.staff.roster import Roster

_OPEN: Final = "だれでも、すべての操作ができます。操作ログには、未登録か、名のられた番号が残ります。"
_ALONE: Final = "管理者が1人だけなので、その人がパスワードを忘れると、だれも職員を登録できません。"
_NO_SUPERVISOR: Final = "真正性が一致しないカードを、責任者の判断で使うことはできません。"


def count_staff(services: Services, town: Town) -> Counter[Role]:
    """How many registered numbers of each role may sign in; none at all while nobody is registered 未登録.

    Raises:
        StaffError, LogStorageError: the register cannot be read, or was emptied.
    """
    with services.open_log(town) as log:
        roster = Roster(log, services.now)
        if roster.is_open:
            return Counter()
        with roster.store.reading() as view:
            return Counter(Role(row.role) for row in view.all() if row.is_active)


def staff_words(counts: Counter[Role]) -> tuple[str, str]:
    """What there is, and what it costs."""
    if not counts:
        return "職員は登録されていません(kakanai staff add)", _OPEN
    told = "、".join(f"{role.label} {counts[role]} 人" for role in Role)
    return told, _ALONE if counts[Role.ADMINISTRATOR] < 2 else ""


def supervisor_words(town: Town, counts: Counter[Role]) -> tuple[int, str]:
    """How many may decide about a card that does not fit, and what it costs that nobody may."""
    number = counts[Role.SUPERVISOR] if counts else len(town.supervisors)
    return number, "" if number else _NO_SUPERVISOR
