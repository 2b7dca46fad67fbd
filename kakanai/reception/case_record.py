"""A case 受付 as plain data, for its encrypted draft 下書き, and back."""

from typing import Final

from kakanai.errors import KakanaiError
from kakanai.reception.case import Case, Step
from kakanai.reception.plain_values import Plain, from_plain, to_plain

FORMAT: Final = 1
"""Of the record below; another one is not read."""

FORGOTTEN: Final = frozenset({"_accepted"})
"""What no record keeps: a supervisor's decision was about one reading in memory, and is made anew."""


def record_of(case: Case) -> dict[str, Plain]:
    """Everything of the case but FORGOTTEN, 個人番号 included: for an encrypted draft and nothing else.

    Raises:
        TypeError: the case holds something that has no plain form yet (plain_values.py).
    """
    kept = {
        name: case.step.value if name == "step" else to_plain(value)
        for name, value in vars(case).items()
        if name not in FORGOTTEN
    }
    return {"format": FORMAT, "case": dict(kept)}


def case_of(record: Plain) -> Case:
    """The case that `record_of` wrote down.

    Raises:
        ValueError: this is no record of a case, or one of another format.
    """
    if not isinstance(record, dict) or record.get("format") != FORMAT:
        raise ValueError("no record of a case of this format")
    kept = record.get("case")
    number = kept.get("number") if isinstance(kept, dict) else None
    if not isinstance(kept, dict) or not isinstance(number, str):
        raise ValueError("no case in the record")  # noqa: TRY004 - data of a wrong form, not a wrong call
    case = Case(number)
    if unknown := kept.keys() - vars(case).keys():
        raise ValueError(f"a case has no {', '.join(sorted(unknown))}")
    try:
        for name, plain in kept.items():
            setattr(case, name, Step(str(plain)) if name == "step" else from_plain(plain))
    except (ValueError, TypeError, KeyError, AttributeError, KakanaiError) as error:
        raise ValueError("a part of the case cannot be read") from error
    return case
