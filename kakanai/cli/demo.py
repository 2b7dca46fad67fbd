"""`kakanai demo`: the walk through the counter with a specimen, no display needed."""

import argparse
import json

from kakanai.cardreader.mynumber.pin import Pin
from kakanai.cardreader.mynumber.session import MyNumberCardSession
from kakanai.cli.output import Output
from kakanai.cli.services import Services
from kakanai.counter import Counter
from kakanai.reception.case import Step
from kakanai.resources import resource_root
from kakanai.sessionlog.entry import ClerkId

DEMO_FILE = "demo.json"
"""Forms, PIN and answers of the walk, beside the specimens in resources/simulator/walk."""


def demo(asked: argparse.Namespace, services: Services, output: Output) -> int:
    """Serve one specimen: read, choose, answer, fill, print to a folder, log; say where everything is."""
    town = services.prepare()
    walk = json.loads((resource_root() / "simulator" / "walk" / DEMO_FILE).read_text(encoding="utf-8"))
    folder = asked.out or services.paths.output_dir
    office = services.open_office(town, services.training_watermark)
    try:
        counter = Counter(office, ClerkId(services.training_clerk))
        output.note(f"1. 見本カード {asked.specimen} をリーダーに置きます。")
        session = MyNumberCardSession.open(services.reader(f"specimen:{asked.specimen}").connect())
        case = counter.open_case()
        try:
            forms: list[str] = walk["forms"]
            counter.choose(case, counter.procedures_for_forms(forms), forms)
            output.note(
                f"2. 受付番号 {case.number}。手続は {len(case.procedures)} 件、様式は {', '.join(forms)}。"
            )
            output.note(f"3. 暗証番号を入れます(残り {session.attempts_remaining} 回)。")
            wanted = bool(counter.wants_my_number(forms))
            reading = session.read(Pin(walk["pin"]), with_my_number=wanted)
            session.close()
            counter.identify_by_card(case, reading)
            output.note(f"   カードとのやり取りは {reading.exchanges} 回。")
            counter.answer(case, walk["answers"])
            filled = counter.fill(case)
            for finding in (f for form in filled for f in form.findings):
                output.note(f"   指摘 {finding.form} {finding.field}: {finding.detail}")
                if finding.stops:
                    counter.leave_blank(case, finding)
            filled = counter.fill(case)
            output.note(f"4. {len(filled)} 様式 {sum(len(f.pages) for f in filled)} 枚を印刷します。")
            printed = counter.release(case, filled, services.folder_printer(folder))
            number = case.number
            counter.close(case)
        finally:
            session.close()
            if case.step in {Step.OPEN, Step.RELEASED}:
                counter.cancel(case)
    finally:
        office.log.close()
    output.result(
        {
            "case_number": number,
            "forms": [{"form": d.form, "path": str(d.path), "pages": d.pages} for d in printed],
            "folder": str(folder),
            "log": str(services.paths.log_database),
        },
        [
            f"5. 受付 {number} を終わりました。",
            *(f"   {d.form}  {d.pages}枚  {d.path}" for d in printed),
            f"PDF のフォルダー: {folder}",
            f"操作ログ: {services.paths.log_database}  (kakanai log day で見られます)",
        ],
    )
    return 0
