"""When a block, row or page of a form is there: `if` in its template."""

from collections.abc import Mapping

from kakanai.datafile import Node

WITH_NUMBER, WITHOUT_NUMBER = "my_number", "no_my_number"
ON_COPY, NOT_ON_COPY = "copy", "no_copy"
CONDITIONS = frozenset({WITH_NUMBER, WITHOUT_NUMBER, ON_COPY, NOT_ON_COPY})
"""What `if` may say of a block, row or page: it is there with, or without, the form's 個人番号 boxes; on the
copy 控え, or on everything but the copy."""


def conditions_met(*, numberless: bool, copy: bool) -> frozenset[str]:
    """Those of CONDITIONS that hold: for a form with or without 個人番号 boxes, for its copy 控え or not."""
    return frozenset(
        {WITHOUT_NUMBER if numberless else WITH_NUMBER, ON_COPY if copy else NOT_ON_COPY},
    )


def left_out(entry: Mapping[str, Node], met: frozenset[str]) -> bool:
    """Whether a block, row or page with this entry is not there: its `if`, one or a list, is not all met."""
    if "if" not in entry:
        return False
    wanted = entry["if"].items() if entry["if"].list_value is not None else [entry["if"]]
    return any(condition.one_of(CONDITIONS) not in met for condition in wanted)
