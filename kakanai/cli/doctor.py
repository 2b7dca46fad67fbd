"""`kakanai doctor`: what this machine has, what is missing, and what that costs."""

import argparse
import platform
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from kakanai import __version__
from kakanai.cardreader.authenticity.issuer_key import Standing
from kakanai.cardreader.reader_choice import RemembersReader
from kakanai.cli.diagnostic_log import DIAGNOSTIC_FILE
from kakanai.cli.doctor_database import database_lines
from kakanai.cli.doctor_kept import kept_form_words
from kakanai.cli.doctor_staff import count_staff, staff_words, supervisor_words
from kakanai.cli.output import Output
from kakanai.cli.services import Services
from kakanai.drafts.draft_key import KeyPlace
from kakanai.errors import KakanaiError
from kakanai.forms.catalog import load_forms
from kakanai.forms.fontfiles import font_report
from kakanai.forms.language_fonts import LANGUAGE_NAMES, language_font_report
from kakanai.messages import message_for
from kakanai.printing.errors import PrinterFileError
from kakanai.printing.settings_file import read_printer_settings

NOT_READY_STATUS = 14
_NO_DRAFTS: Final = "停電や故障のとき、途中の受付が消えます。"
_NO_KEYRING: Final = {"none": "この PC にはありません", "timeout": "答えがありません"}
_STANDINGS: Final = {Standing.PRODUCTION: "本物", Standing.TEST: "試験用", Standing.REVOKED: "失効"}


@dataclass(frozen=True)
class Check:
    """One thing looked at. `essential` ones must be well for the counter to work."""

    name: str
    ok: bool
    essential: bool
    detail: str
    cost: str = ""


def doctor(_asked: argparse.Namespace, services: Services, output: Output) -> int:
    """Look at everything the counter needs; exit 14 when something essential is missing."""
    checks = [
        Check(
            "program",
            ok=True,
            essential=True,
            detail=f"kakanai {__version__}, Python {platform.python_version()}",
        ),
        _try("home", lambda: _home(services), cost="受付を記録できません。", essential=True),
        _try("log", lambda: _log(services), cost="受付を記録できないため、印刷しません。", essential=True),
        *(
            Check(told.name, ok=told.ok, essential=False, detail=told.detail, cost=told.cost)
            for told in database_lines(services)
        ),
        _diagnostic(services),
        _try("forms", lambda: _forms(services), cost="様式を作れません。", essential=True),
        *(
            Check(
                f"font:{status.role.value}",
                ok=status.path is not None,
                essential=not status.role.value.startswith("ui"),
                detail=str(status.path or "見つかりません"),
                cost="" if status.path else status.cost_ja,
            )
            for status in font_report()
        ),
        _visitor_fonts(),
        _try(
            "readers",
            lambda: _readers(services),
            cost="カードを読めません。手入力で受け付けます。",
            essential=False,
        ),
        Check("reader_choice", ok=True, essential=False, detail=_reader_choice(services)),
        _try(
            "issuer_keys",
            lambda: _issuer_keys(services),
            cost="カードの真正性を確かめられないため、窓口を開けません。",
            essential=True,
        ),
        _drafts(services),
        *(
            Check("kept_forms", ok=ok, essential=False, detail=detail, cost=cost)
            for ok, detail, cost in kept_form_words(services)
        ),
        *_staff(services),
        _printers(services),
    ]
    ready = all(check.ok for check in checks if check.essential)
    lines = [
        f"{'○' if c.ok else '×'} {c.name:<16} {c.detail}" + (f"  → {c.cost}" if c.cost else "")
        for c in checks
    ]
    lines.append("使えます。" if ready else "このままでは使えません。× の項目を直してください。")
    output.result({"ready": ready, "checks": [check.__dict__ for check in checks]}, lines)
    return 0 if ready else NOT_READY_STATUS


def _try(name: str, look: Callable[[], str], *, cost: str, essential: bool) -> Check:
    try:
        return Check(name, ok=True, essential=essential, detail=look())
    except KakanaiError as error:
        message = message_for(error)
        return Check(
            name,
            ok=False,
            essential=essential,
            detail=f"[{error.code}] {message.what}{message.next_step}",
            cost=cost,
        )


def _home(services: Services) -> str:
    town = services.prepare()
    return f"{services.paths.home}({town.name})"


def _log(services: Services) -> str:
    with services.open_log(services.prepare()) as log:
        log.check()
        return log.place


def _diagnostic(services: Services) -> Check:
    path = services.paths.diagnostic_log_dir / DIAGNOSTIC_FILE
    try:
        with path.open("ab"):
            pass
    except OSError:
        cost = "誤りの記録が残りません。受付はできます。"
        return Check("diagnostic", ok=False, essential=False, detail=f"{path} に書けません", cost=cost)
    return Check("diagnostic", ok=True, essential=False, detail=str(path))


def _forms(services: Services) -> str:
    workshop = services.workshop()
    catalog = load_forms(workshop.form_folders, workshop.variables, workshop.register)
    return f"{len(catalog.templates)} 様式({', '.join(catalog.templates)})"


def _visitor_fonts() -> Check:
    """The languages that the visitor's screen cannot be shown in, for want of a font."""
    lacking = [LANGUAGE_NAMES[status.language] for status in language_font_report() if status.path is None]
    spoken = len(LANGUAGE_NAMES) - len(lacking)
    return Check(
        "visitor_fonts",
        ok=not lacking,
        essential=False,
        detail=f"来庁者画面の言語 {spoken} / {len(LANGUAGE_NAMES)}",
        cost=f"書体がないため、来庁者画面に出せません: {'、'.join(lacking)}" if lacking else "",
    )


def _readers(services: Services) -> str:
    found = services.pcsc().readers()
    return ", ".join(reader.name for reader in found) or "リーダーがつながっていません"


def _reader_choice(services: Services) -> str:
    source = services.pcsc()
    preferred = source.preferred if isinstance(source, RemembersReader) else None
    return f"前に選んだリーダー: {preferred}" if preferred else "選んだリーダーはまだありません"


def _issuer_keys(services: Services) -> str:
    keys = services.issuers(None).every_key()
    counts = [f"{word} {sum(key.standing is one for key in keys)}" for one, word in _STANDINGS.items()]
    return f"発行者鍵 {len(keys)} 件({', '.join(counts)})"


def _drafts(services: Services) -> Check:
    """Where the key of the drafts lies, and why there."""
    try:
        report = services.draft_key()
    except KakanaiError as error:
        return Check("drafts", ok=False, essential=False, detail=f"[{error.code}]", cost=_NO_DRAFTS)
    if report.place is KeyPlace.KEYRING:
        detail = f"下書きの鍵は、この PC のキーリング({report.detail})にあります"
        return Check("drafts", ok=True, essential=False, detail=detail)
    why = _NO_KEYRING.get(report.reason, f"使えません: {report.reason}")
    detail = f"下書きの鍵は、この利用者だけが読めるファイル {report.detail} です(キーリング: {why})"
    cost = "この PC の利用者の権限を得た人は、途中の受付を読めます。下書きは、日が変わると消えます。"
    return Check("drafts", ok=True, essential=False, detail=detail, cost=cost)


def _staff(services: Services) -> list[Check]:
    """Who is registered, and how many supervisors there are; the numbers are nobody else's business."""
    names = ("staff", "supervisors")
    try:
        town = services.prepare()
    except KakanaiError:
        # What is wrong stands under `home`.
        return [Check(name, ok=False, essential=False, detail="町の設定を読めません") for name in names]
    try:
        counts = count_staff(services, town)
    except KakanaiError as error:
        detail = f"[{error.code}] {message_for(error).what}"
        return [Check(name, ok=False, essential=False, detail=detail) for name in names]
    detail, cost = staff_words(counts)
    supervisors, no_supervisor = supervisor_words(town, counts)
    verifies = "確かめます" if town.verifies_cards else "確かめません"
    return [
        Check("staff", ok=bool(counts), essential=False, detail=detail, cost=cost),
        Check(
            "supervisors",
            ok=bool(supervisors),
            essential=False,
            detail=f"責任者 {supervisors} 人(カードの真正性は読むたびに{verifies})",
            cost=no_supervisor,
        ),
    ]


def _printers(services: Services) -> Check:
    found = services.printers()
    try:
        settings = read_printer_settings(services.paths.printers_file)
    except PrinterFileError as error:
        message = message_for(error)
        detail = f"[{error.code}] {message.what}"
        return Check("printers", ok=False, essential=False, detail=detail, cost=message.next_step)
    named = (f"{name}{'(補正あり)' if settings.profile(name).calibrated else ''}" for name in found)
    cost = "" if found else "紙に印刷できません。フォルダーに PDF を置きます。"
    return Check(
        "printers", ok=bool(found), essential=False, detail=", ".join(named) or "ありません", cost=cost
    )
