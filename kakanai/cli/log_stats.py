"""`kakanai log stats | report | export`: sums, the 日報 to sign, and files to hand on."""

import argparse
import datetime as dt
from collections.abc import Iterable

from kakanai.cli.daybook_desk import open_daybook
from kakanai.cli.output import Output
from kakanai.cli.services import Services
from kakanai.daybook.exports import ExportFormat, Written
from kakanai.daybook.look_purpose import LookPurpose
from kakanai.daybook.stats import StatRow, Stats

_SHOWN = 20


def stats(asked: argparse.Namespace, services: Services, output: Output) -> int:
    """The sums of a period; with --charts its plots as a PDF too."""
    first: dt.date = asked.first or services.today()
    last: dt.date = asked.last or first
    with open_daybook(asked, services) as book:
        why = LookPurpose(asked.why)
        told = book.stats(first, last, why)
        written = book.write_charts(told, asked.charts, why) if asked.charts else None
    data = told.to_mapping()
    lines = _stats_lines(told)
    if written is not None:
        data["charts"] = _file(written)
        lines.append(f"グラフ: {written.path}")
    output.result(data, lines)
    return 0


def report(asked: argparse.Namespace, services: Services, output: Output) -> int:
    """The 日報 of a day as a new PDF."""
    day: dt.date = asked.day or services.today()
    with open_daybook(asked, services) as book:
        written = book.write_report(day, asked.out, LookPurpose(asked.why))
    lines = [f"{day.isoformat()} の日報（受付 {written.cases} 件）: {written.path}"]
    lines.append(f"SHA-256: {written.digest}")
    output.result({"day": day.isoformat(), **_file(written)}, lines, precious=True)
    return 0


def export(asked: argparse.Namespace, services: Services, output: Output) -> int:
    """The cases that words find, oldest first, as a new CSV or JSON file."""
    form = ExportFormat(asked.format.replace("-", "_"))
    with open_daybook(asked, services) as book:
        query = book.query_from(" ".join(asked.words))
        written = book.export(query, asked.out, form, LookPurpose(asked.why))
    lines = [f"受付 {written.cases} 件: {written.path}", f"SHA-256: {written.digest}"]
    if written.replaced_count:
        lines.append(f"シフトJIS にない文字が {written.replaced_count} 字あり、次のように書きました。")
        lines += [f"  {one.words}" for one in written.replaced[:_SHOWN]]
        if written.replaced_count > _SHOWN:
            lines.append(f"  ほか {written.replaced_count - _SHOWN} 字（--json にはもっと出ます）")
    data = _file(written) | {
        "replaced_count": written.replaced_count,
        "replaced": [
            {
                "line": one.line,
                "column": one.column,
                "character": one.character,
                "code_point": one.code_point,
                "written": one.instead,
            }
            for one in written.replaced
        ],
    }
    output.result(data, lines, precious=True)
    return 0


def _file(written: Written) -> dict[str, object]:
    return {
        "file": str(written.path),
        "cases": written.cases,
        "size_kib": written.size_kib,
        "sha256": written.digest,
    }


def _stats_lines(told: Stats) -> list[str]:
    saved = told.saved
    return [
        f"{told.first.isoformat()} から {told.last.isoformat()} まで",
        f"  {_row(told.total)}",
        *_table("時間帯", told.by_hour),
        *_table("様式", told.by_form),
        *_table("手続", told.by_procedure),
        *_table("職員", told.by_staff),
        f"減った時間（見積もり） {saved.saved:,.0f}分"
        f" = 手書き {saved.by_hand:,.0f}分（仮定） − 計測 {saved.measured:,.0f}分",
        f"  {saved.assumption}",
    ]


def _table(title: str, rows: Iterable[StatRow]) -> list[str]:
    return [f"{title}ごと", *(f"  {_row(row)}" for row in rows)]


def _row(row: StatRow) -> str:
    minutes = row.minutes_per_case
    each = "" if minutes is None else f"  1件 {minutes:.1f}分"
    return f"{row.label}  受付 {row.cases:,}件  {row.pages:,}枚{each}"
