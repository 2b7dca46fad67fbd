"""What the visits of benchmarks/walks cost in keys and in boxes left to the pen, beside forms one by one.

`python -m benchmarks.counter [--json]`: writes benchmarks/counter.md, and prints it or, with `--json`, a
list of {walk, forms, questions, key_presses, clicks, write_ins, one_by_one_write_ins, …}. Ends with 1 when a
target is missed.
"""

import dataclasses
import importlib
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

from benchmarks.counted_desk import CountedClerk
from benchmarks.written_boxes import written_boxes

PAGE: Final = Path(__file__).with_name("counter.md")
WALKS: Final = {
    "certificate_f01": "住民票だけ、カード1枚",
    "move_in_family": "転入、4人家族、カード4枚",
    "death_daughter": "死亡、ほかの市に住む娘",
    "proxy_certificate": "住民票、代理人（カード2枚）",
    "stale_address": "転居、チップの住所が古い",
    "youth_15": "15歳、暗証番号なし",
    "foreign_english": "外国人住民、来庁者画面は英語",
}
"""Each walk's file, and what it is."""
MOST_KEYS: Final = {"certificate_f01": 12, "move_in_family": 90}
"""Key presses and clicks, PIN digits apart."""


_HEAD: Final = """# Key presses at the counter

`.venv/bin/python -m benchmarks.counter` writes this page: simulated cards, the real window, real key events.
From the empty window to paper. Enter after a PIN is counted; the digits of PIN and 照合番号B are told apart.
Japanese text costs its reading in Latin letters, one key to convert and one to take it.

| walk | forms | questions | keys | clicks | PIN digits | write-ins | signatures | one by one |
| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"""
_FOOT: Final = """
- **questions**: at which the cursor stopped; what a card, a form before or a rule tells is not asked.
- **write-ins**: boxes left for the visitor's pen: signatures, 個人番号 that no card told, and questions that
  the clerk passed although a form has a box for them. **signatures**: how many of these are to be signed.
- **one by one**: boxes that the same visitor writes who fills the same forms by hand, signatures included; a
  group of check boxes or the parts of a date are one. Copies 控え and what the office prints are none.
"""


@dataclasses.dataclass(frozen=True)
class Row:
    """One walk. `forms` are those that came out; papers 案内書 beside them are not counted."""

    walk: str
    forms: int
    questions: int
    key_presses: int
    clicks: int
    write_ins: int
    one_by_one_write_ins: int
    pin_digits: int
    signatures: int
    form_ids: tuple[str, ...]

    @property
    def is_within(self) -> bool:
        """Whether the walk keeps its target."""
        return self.key_presses + self.clicks <= MOST_KEYS.get(self.walk, sys.maxsize)


def walked(walk: str, home: Path) -> tuple[CountedClerk, Row]:
    """The clerk after a walk, paper out, for the caller to look at and close; and what it cost."""
    clerk = CountedClerk(home)
    importlib.import_module(f"benchmarks.walks.{walk}").walk(clerk)
    flow = clerk.flow
    forms = [form for form in flow.forms if form.template.id.startswith("F")]
    passed = sum(flow.unanswered_in(g) for g in flow.groups if not g.group.id.startswith("guide"))
    boxes = written_boxes(forms, passed)
    row = Row(
        walk,
        len(forms),
        len(clerk.questions),
        clerk.counted.key_presses,
        clerk.counted.clicks,
        boxes.after,
        boxes.by_hand,
        clerk.counted.pin_digits,
        boxes.signatures,
        tuple(form.template.id for form in forms),
    )
    return clerk, row


def told(rows: list[Row]) -> str:
    """The page benchmarks/counter.md."""
    lines = [_HEAD]
    for row in rows:
        most = f" (≤ {MOST_KEYS[row.walk]})" if row.walk in MOST_KEYS else ""
        cells = (
            f"{WALKS[row.walk]} (`{row.walk}`)",
            f"{row.forms}: {' '.join(row.form_ids)}",
            row.questions,
            f"{row.key_presses}{most}",
            row.clicks,
            row.pin_digits,
            row.write_ins,
            row.signatures,
            row.one_by_one_write_ins,
        )
        lines.append(f"| {' | '.join(map(str, cells))} |")
    lines.append(_FOOT)
    return "\n".join(lines)


def main(arguments: list[str]) -> int:
    """Walk all walks, each in a window and on a home of its own."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    rows = []
    for walk in WALKS:
        with tempfile.TemporaryDirectory() as home:
            clerk, row = walked(walk, Path(home))
            clerk.close()
        rows.append(row)
    PAGE.write_text(told(rows), encoding="utf-8")
    page: Any = [dataclasses.asdict(row) for row in rows]
    print(json.dumps(page, ensure_ascii=False, indent=1) if "--json" in arguments else told(rows))
    return 0 if all(row.is_within for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
