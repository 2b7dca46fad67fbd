"""`kakanai town show | check | set`."""

import argparse
from typing import Final

from kakanai.cli.errors import UsageError
from kakanai.cli.output import Output
from kakanai.cli.services import Services
from kakanai.cli.signed_in import guard_of, require
from kakanai.counter.town_keeper import TownKeeper
from kakanai.errors import KakanaiError
from kakanai.messages import message_for
from kakanai.settings import Paths, TownFileUnreadableError, check_town
from kakanai.settings.town_document import Value
from kakanai.settings.town_entries import TownEntry, town_entries, typed_value
from kakanai.settings.town_file import read_town_text, shipped_tables
from kakanai.setup.errors import SettingsLostError
from kakanai.setup.last_good import good_settings, keep_good, present_town, require_present
from kakanai.staff.act import Act

_ORIGINS: Final = {True: "町", False: "見本"}


def show(_asked: argparse.Namespace, services: Services, output: Output) -> int:
    """Every setting, its value, and whether the town's own file says it; exit 9 when that has a mistake."""
    file = services.paths.town_file
    present_town(services.paths)  # a mistake is told before anything else
    entries = town_entries(read_town_text(file), file)
    lines: list[str] = [f"町の設定: {file}" + ("" if file.exists() else "（まだありません）")]
    for table in shipped_tables():
        lines += ["", f"[{table}]"]
        lines += [_line(entry) for entry in entries if entry.table == table]
    data = {
        "file": str(file),
        "exists": file.exists(),
        "settings": [
            {
                "key": entry.name,
                "value": entry.value,
                "label": entry.words.label,
                "source": "town" if entry.is_own else "shipped",
            }
            for entry in entries
        ],
    }
    output.result(data, lines)
    return 0


def check(asked: argparse.Namespace, services: Services, output: Output) -> int:
    """Every mistake in the town's file, or in another one; exit 0 when there is none, 9 when there are."""
    file = asked.path or services.paths.town_file
    if asked.path is not None and not file.is_file():
        raise TownFileUnreadableError(file=str(file), reason="ENOENT")
    mistakes: list[KakanaiError] = list(check_town(read_town_text(file), file))
    if asked.path is None:
        try:
            require_present(services.paths)
        except SettingsLostError as lost:
            mistakes.append(lost)
    lines = [f"[{m.code}] {message_for(m).what} {message_for(m).next_step}" for m in mistakes]
    exists = file.exists()
    told = f"誤りは {len(mistakes)} 件です。" if exists or mistakes else "ありません（見本町のまま）。"
    lines.append(f"{file}: {told}")
    data = {
        "file": str(file),
        "exists": exists,
        "mistakes": [
            {
                "code": m.code,
                **m.details,
                "message": message_for(m).what,
                "next_step": message_for(m).next_step,
            }
            for m in mistakes
        ],
    }
    output.result(data, lines)
    return mistakes[0].exit_status if mistakes else 0


def set_value(asked: argparse.Namespace, services: Services, output: Output) -> int:
    """Change one setting as an administrator 管理者; exit 9 when it may not be, 13 when the log refuses.

    Until staff are registered, --clerk says who does it; from then on whoever is signed in.
    """
    value = typed_value(asked.key, asked.value)
    town = services.prepare()
    with services.open_log(town) as log:
        guard = guard_of(services, town, log)
        if guard.is_open and not asked.clerk:
            raise UsageError(problem="足りない引数があります: --clerk")
        who = require(services, town, log, Act.CHANGE_SETTINGS, asked.clerk, guard=guard)
        keeper = TownKeeper(services.paths, log, services.now, guard=guard)
        before = _value_of(services.paths, asked.key)
        _, names = keeper.change({asked.key: value}, who.number)
    if good_settings(services.paths) is None:
        keep_good(services.paths)  # from now on it is told when the file goes away
    told = [f"{asked.key} は、はじめから {_words(value)} です。何も変えていません。"]
    if names:
        told = [
            f"{asked.key} を {_words(before)} から {_words(value)} に変えました。",
            f"前の設定は {services.paths.last_town_file.name} に残してあります。",
            "開いている窓は、開き直すと効きます。",
        ]
    output.result({"key": asked.key, "value": value, "before": before, "changed": bool(names)}, told)
    return 0


def _value_of(paths: Paths, name: str) -> Value | dict[str, str]:
    entries = town_entries(read_town_text(paths.town_file), paths.town_file)
    return next(entry.value for entry in entries if entry.name == name)


def _line(entry: TownEntry) -> str:
    return f"  {_ORIGINS[entry.is_own]}  {entry.name} = {_words(entry.value)}　　{entry.words.label}"


def _words(value: Value | dict[str, str]) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "、".join(f"{name}={section}" for name, section in value.items())
    if isinstance(value, list):
        return "、".join(value) or "（なし）"
    return str(value) if value != "" else "（空）"
