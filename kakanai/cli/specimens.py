"""`kakanai specimen list`."""

import argparse

from kakanai.cli.output import Output
from kakanai.cli.services import Services


def list_specimens(_asked: argparse.Namespace, services: Services, output: Output) -> int:
    """The specimens 見本カード: invented people on invented cards."""
    found = services.specimens()
    output.result(
        {"specimens": [{"id": s.id, "label": s.label, "description": s.description} for s in found]},
        [f"{s.id:<20} {s.label}  {s.description}" for s in found],
    )
    return 0
