"""What reading a card costs: exact exchanges and bytes beside the least, OpenSC's, and the share of time.

Run: `.venv/bin/python -m benchmarks.card_reading`. Counts are the same on every machine and are asserted in
tests/cardreader/test_counts.py; times depend on the machine, so only their ratios are shown. The comparison
with OpenSC needs the packages pcscd, vsmartcard-vpcd and opensc.
"""

import sys
import unicodedata
from collections.abc import Sequence

from benchmarks.card_operations import MODES, OPERATIONS, Mode, Operation, measure, modelled_s
from benchmarks.card_pace import RUNS, shares
from benchmarks.least_exchanges import plans
from benchmarks.opensc_counts import CountingCard, comparison
from benchmarks.spent_on_top import REASONS, on_top
from kakanai.cardreader.faults import Pace
from tests.pcscd import PcscdUnavailableError, PrivatePcscd


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(one) in "FW" else 1 for one in text)


def print_table(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Plain columns; the first and the last to the left, numbers to the right."""
    print(f"{title}\n")
    lines = [head, *rows]
    widths = [max(_width(line[column]) for line in lines) for column in range(len(head))]
    for line in lines:
        cells = []
        for column, (cell, width) in enumerate(zip(line, widths, strict=True)):
            gap = " " * (width - _width(cell))
            cells.append(cell + gap if column == 0 or not _is_number(rows, column) else gap + cell)
        print("  ".join(cells).rstrip())
    print()


def _is_number(rows: Sequence[Sequence[str]], column: int) -> bool:
    return all(row[column] == "-" or row[column][:1].isdigit() for row in rows)


def _modelled(operation: Operation, mode: Mode, pace: Pace) -> str:
    return f"{modelled_s(operation, mode, pace):.2f}" if pace in operation.paces else "-"


def print_counts(mode: Mode) -> None:
    """The table of one mode."""
    least = plans()
    rows = []
    for operation in OPERATIONS:
        if operation.needs_sfi and not mode.has_sfi:
            continue
        tally = measure(operation, mode)
        plan = least[operation.name]
        apdus = plan.apdus(extended=mode.has_extended, sfi=mode.has_sfi)
        from_card = plan.from_card(extended=mode.has_extended, sfi=mode.has_sfi)
        rows.append(
            (
                operation.name,
                *(str(count) for count in (tally.apdus, apdus)),
                f"{tally.apdus / apdus:.2f}",
                *(str(count) for count in (tally.to_card, tally.from_card, from_card)),
                f"{tally.from_card / from_card:.2f}",
                *(_modelled(operation, mode, pace) for pace in Pace),
                " ".join(f"{reason} {count}" for reason, count in on_top(operation, mode).items()),
            )
        )
    paces = [f"{pace.value} s" for pace in Pace]
    head = ("", "APDUs", "least", "ratio", "to card", "from card", "least", "ratio", *paces, "on top")
    print_table(mode.name, head, rows)


def print_opensc() -> None:
    """The comparison with OpenSC, or why there is none."""
    try:
        with PrivatePcscd() as private, CountingCard(private) as card:
            rows = [
                (name, str(tally.apdus), str(tally.to_card), str(tally.from_card))
                for name, tally in comparison(card)
            ]
    except PcscdUnavailableError as error:
        sys.exit(f"no comparison with OpenSC: {error}")
    print_table(
        "the same card in the same pcscd, counted by the card", ("", "APDUs", "to card", "from card"), rows
    )


def print_shares() -> None:
    """The shares of time."""
    rows = [
        (
            name,
            f"{100 * (one.program + one.rig):.1f} %",
            f"{100 * one.program:.1f} %",
            f"{100 * one.rig:.1f} %",
        )
        for name, one in shares()
    ]
    head = ("", "wall less modelled card", "of it program", "of it simulator and sleep")
    print_table(f"share of wall time, median of {RUNS} runs", head, rows)


def main() -> None:
    """Print all tables."""
    for mode in MODES:
        print_counts(mode)
    for reason, meaning in REASONS.items():
        print(f"{reason}: {meaning}")
    print()
    print_opensc()
    print_shares()


if __name__ == "__main__":
    main()
