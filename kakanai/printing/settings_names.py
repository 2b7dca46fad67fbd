"""What a change of printers.toml is called in the log: which kinds of setting, never names or values."""

import dataclasses

from kakanai.printing.profile import PrinterProfile
from kakanai.printing.settings_file import PrinterSettings


def changed_names(before: PrinterSettings, after: PrinterSettings) -> tuple[str, ...]:
    """`printer_tray`, `printer_correction` and so on, `printer_form.F05`; empty when nothing differs."""
    names: dict[str, None] = {}
    if before.default != after.default:
        names["printer_default"] = None
    for printer in {**before.printers, **after.printers}:
        one, other = before.profile(printer), after.profile(printer)
        for field in dataclasses.fields(PrinterProfile):
            if getattr(one, field.name) != getattr(other, field.name):
                names[f"printer_{_WORDS.get(field.name, field.name)}"] = None
    for form in sorted({*before.forms, *after.forms}):
        if before.forms.get(form) != after.forms.get(form):
            names[f"printer_form.{form}"] = None
    return tuple(names)


_WORDS = {"calibrated": "correction"}
