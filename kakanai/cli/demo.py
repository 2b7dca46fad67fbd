"""`kakanai demo`: the walk through the counter with a specimen, no display needed."""

import argparse
import json
from pathlib import Path
from typing import Final

from kakanai.cardreader.authenticity.verdict import REVOCATION_NOT_CHECKED
from kakanai.cardreader.connection import Reader
from kakanai.cardreader.mynumber.pin import Pin
from kakanai.cardreader.mynumber.session import MyNumberCardSession
from kakanai.cli.fill import note_failed_reading
from kakanai.cli.fill_paper import give_up, release_and_close
from kakanai.cli.output import Output
from kakanai.cli.services import Services
from kakanai.cli.stop_signals import finish_first
from kakanai.cli.way_out import require_folder
from kakanai.counter import Counter
from kakanai.errors import KakanaiError
from kakanai.forms.filled import FilledForm
from kakanai.identity.errors import AuthenticityMismatchError
from kakanai.printing.errors import PrintError
from kakanai.reception.case import Case
from kakanai.resources import resource_root
from kakanai.sessionlog.entry import ClerkId

DEMO_FILE = "demo.json"
"""Forms, PIN and answers of the walk, beside the specimens in resources/simulator/walk."""

_AGAIN: Final = "受付は取り消しました。原因を直してもう一度 demo を実行してください。"


def demo(asked: argparse.Namespace, services: Services, output: Output) -> int:
    """Serve one specimen: read, choose, answer, fill, print to a folder, log; say where everything is."""
    town = services.prepare()
    walk = json.loads((resource_root() / "simulator" / "walk" / DEMO_FILE).read_text(encoding="utf-8"))
    forms: list[str] = walk["forms"]
    folder = asked.out or services.paths.output_dir
    require_folder(folder, len(forms))
    reader = services.reader(f"specimen:{asked.specimen}")
    office = services.open_office(town, services.training_watermark, reader.name)
    try:
        counter = Counter(office, ClerkId(services.training_clerk))
        output.note(f"1. 見本カード {asked.specimen} をリーダーに置きます。")
        case = counter.open_case()
        try:
            counter.choose(case, counter.procedures_for_forms(forms), forms)
            counter.answer(case, walk["answers"], strict=True)
            output.note(
                f"2. 受付番号 {case.number}。手続は {len(case.procedures)} 件、様式は {', '.join(forms)}。"
            )
            _identify(counter, case, reader, walk["pin"], output)
            filled = _fill(counter, case, output)
            output.note(f"4. {len(filled)} 様式 {sum(len(f.pages) for f in filled)} 枚を印刷します。")
            with finish_first():
                return _print(counter, case, filled, folder, services, output)
        except BaseException as error:
            give_up(counter, case, error, output)
            raise
    except PrintError as error:
        output.failure(error, next_step=_AGAIN)
        return error.exit_status
    finally:
        office.log.close()


def _identify(counter: Counter, case: Case, reader: Reader, pin: str, output: Output) -> None:
    try:
        with MyNumberCardSession.open(reader.connect()) as session:
            output.note(f"3. 暗証番号を入れます(残り {session.attempts_remaining} 回)。")
            wanted = bool(counter.wants_my_number(case))
            reading = session.read(Pin(pin), with_my_number=wanted, verify=True)
        told = counter.judge(reading)
        counter.identify_by_card(case, reading, told)
    except AuthenticityMismatchError:
        raise  # logged already
    except KakanaiError as error:
        note_failed_reading(counter, case, error)
        raise
    if told is not None:
        output.note(f"   真正性は {told.verdict.label}。{REVOCATION_NOT_CHECKED}。")
    output.note(f"   カードとのやり取りは {reading.exchanges} 回。")


def _fill(counter: Counter, case: Case, output: Output) -> list[FilledForm]:
    for finding in (f for form in counter.fill(case) for f in form.findings):
        output.note(f"   指摘 {finding.form} {finding.field}: {finding.detail}")
        if finding.stops:
            counter.leave_blank(case, finding)
    return counter.fill(case)


def _print(
    counter: Counter, case: Case, filled: list[FilledForm], folder: Path, services: Services, output: Output
) -> int:
    place = counter.office.log.place
    printed, unlogged = release_and_close(counter, case, filled, services.folder_printer(folder))
    data = {
        "case_number": case.number,
        "forms": [
            {"form": d.form, "path": str(d.path), "pages": d.pages, "verified": d.verified} for d in printed
        ],
        "verified": bool(printed) and all(d.verified for d in printed),
        "folder": str(folder),
        "log": place,
    }
    lines = [
        f"5. 受付 {case.number} を終わりました。",
        *(f"   {d.form}  {d.pages}枚  {d.path}" for d in printed),
        f"PDF のフォルダー: {folder}",
        f"操作ログ: {place}  (kakanai log day で見られます)",
    ]
    if unlogged is not None:
        output.failure(unlogged, data, lines=lines)
        return unlogged.exit_status
    output.result(data, lines, precious=True)
    return 0
