"""Sizes of paper, and how near its edge a printer gets."""

from collections.abc import Mapping

PAPER_MM: Mapping[str, tuple[float, float]] = {"A4": (210.0, 297.0), "A5": (148.0, 210.0)}
"""Paper sizes, portrait, width × height (ISO 216, given)."""

UNPRINTABLE_MM = 5.0
"""What office printers cannot reach at each edge (forms.md 5.1: 4-5 mm, observed)."""


def page_size(paper: str, *, landscape: bool) -> tuple[float, float]:
    """Width and height in mm of a sheet as it lies."""
    width, height = PAPER_MM[paper]
    return (height, width) if landscape else (width, height)
