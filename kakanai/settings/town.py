"""What the town 団体 has decided, as values."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from kakanai.settings.database_url import DatabaseUrl
from kakanai.settings.errors import TownChangeRefusedError
from kakanai.settings.paths import Paths


@dataclass(frozen=True)
class Section:
    """A section 課 as papers name it: where it is and its telephone, empty where the town wrote nothing."""

    name: str
    place: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Town:
    """The town 団体 and this counter 窓口, as its file tells them. Fees in yen for one copy.

    `addressees` are whole words as they stand on paper (見本町長　様). `counters` are all counters of the
    hall with the key of the section that each serves. `fee_exemptions` are the reasons 免除の理由 a clerk may
    give. `my_number_forms` are the ids of the △ forms that this town's 条例 gives 個人番号. `printers` are
    printers by paper size; without one `printer` prints. `administrators` may change all this.
    `papers_beside` are the papers 手続き案内書・受付票・説明カード that are printed unless a clerk says
    otherwise; `closed_days` the days 閉庁日 besides weekends and the turn of the year.
    `supervisors` and `administrators` count only until the first administrator is registered as staff.
    A window locks after `idle_lock_minutes`; staff may `sign_in_by_card`; with `four_eyes` 二人の目 nobody
    approves a case of their own; while the log's server is away, staff sign in who did so at the same PC in
    the last `away_sign_in_days`, 0 for nobody.
    `review_phrases` are what supervisors may say of a case beside our phrases, `sign_boxes` the titles over
    the boxes for seals on the 日報, `open_hours` when acts are nothing unusual, `minutes_by_hand` (by form,
    and for all others the default) how long a visitor is assumed to write a form by hand.
    Less free room than `disk_low_mib` is told; `retention_years` are how long the log's entries are kept, by
    kind of record; forms as they were printed for `kept_form_days`, 0 for not at all. The log lies in the
    `log_database`; without one in the file of this PC.
    """

    name: str
    mayor_title: str
    sections: Mapping[str, str]
    fees: Mapping[str, int]
    counter_name: str
    default_clerk: str
    printer: str
    diagnostic_level: str
    supervisors: frozenset[str] = frozenset()
    administrators: frozenset[str] = frozenset()
    verifies_cards: bool = True
    fee_exemptions: tuple[str, ...] = ()
    my_number_forms: frozenset[str] = frozenset()
    printers: Mapping[str, str] = field(default_factory=dict)
    prints_qr: bool = True
    addressees: Mapping[str, str] = field(default_factory=dict)
    section_places: Mapping[str, str] = field(default_factory=dict)
    section_phones: Mapping[str, str] = field(default_factory=dict)
    counters: Mapping[str, str] = field(default_factory=dict)
    prints_identity_check: bool = False
    papers_beside: tuple[str, ...] = ()
    closed_days: frozenset[dt.date] = frozenset()
    idle_lock_minutes: int = 10
    sign_in_by_card: bool = False
    four_eyes: bool = False
    away_sign_in_days: int = 7
    review_phrases: tuple[str, ...] = ()
    sign_boxes: tuple[str, ...] = ("担当", "係長", "課長")
    open_hours: tuple[dt.time, dt.time] = (dt.time(7), dt.time(20))
    minutes_by_hand_default: int = 6
    minutes_by_hand: Mapping[str, int] = field(default_factory=dict)
    disk_low_mib: int = 1024
    retention_years: Mapping[str, int] = field(default_factory=dict)
    kept_form_days: int = 0
    log_database: DatabaseUrl | None = None
    prefecture: str = ""
    code: str = ""

    def printer_for(self, paper: str) -> str:
        """The name of the printer for a paper size (`A4`, `A5`); empty when PDFs go to the folder."""
        return self.printers.get(paper, "") or self.printer

    def section(self, key: str) -> Section:
        """The section of that key; its key as its name where the town has none."""
        return Section(
            self.sections.get(key, key), self.section_places.get(key, ""), self.section_phones.get(key, "")
        )

    def require_administrator(self, clerk: str) -> None:
        """Nothing, when this staff number may change the town's settings.

        Raises:
            TownChangeRefusedError: it may not.
        """
        if not self.administrators:
            raise TownChangeRefusedError(reason="管理者がまだ1人も書かれていません")
        if clerk not in self.administrators:
            raise TownChangeRefusedError(reason="この職員番号は管理者ではありません")


@dataclass(frozen=True)
class Settings:
    """Everything that differs between one installation and another."""

    paths: Paths
    town: Town
