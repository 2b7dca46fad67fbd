"""What `kakanai doctor` tells of signing in while the log's server is away: how many may, and its cost."""

import datetime as dt
from collections.abc import Iterator
from typing import Final

from kakanai.cli.doctor_connection import Told
from kakanai.cli.services import Services
from kakanai.drafts.draft_key import KeyPlace
from kakanai.drafts.sealed_book import SealedBook
from kakanai.errors import KakanaiError
from kakanai.settings.counter_number import read_counter_number
from kakanai.staff.away_staff import AwayStaff
from kakanai.staff.machine import account_key, machine_key

_NOBODY: Final = "サーバーにつながらない朝は、だれもサインインできません。"
_IN_FILE: Final = "この PC の利用者の権限を得た人は、パスワードのハッシュを読めます。"


def away_lines(services: Services) -> Iterator[Told]:
    """One line where the log is on a server and this PC is a counter, else none."""
    try:
        town, number = services.prepare(), read_counter_number(services.paths)
    except KakanaiError:
        return  # what is wrong stands in other lines
    if town.log_database is None or number is None:
        return
    days = dt.timedelta(days=town.away_sign_in_days)
    if not days:
        detail = "つながらない間のサインインは、町の設定で使いません"
        yield Told("away_sign_in", ok=True, detail=detail, cost=_NOBODY)
        return
    book = SealedBook(services.paths.away_staff_file, services.paths.away_staff_key_file)
    known = len(AwayStaff(book, machine_key(), account_key(), lambda: days).state(services.now()).staff)
    detail = (
        f"つながらない間にサインインできる職員 {known} 人({days.days} 日のうちに、この PC でサインインした人)"
    )
    is_open = book.report().place is KeyPlace.FILE
    cost = _NOBODY if not known else _IN_FILE if is_open else ""
    yield Told("away_sign_in", ok=bool(known), detail=detail, cost=cost)
