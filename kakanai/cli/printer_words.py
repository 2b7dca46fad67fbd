"""What this PC knows of a printer, as data and in words."""

import dataclasses
from typing import Any

from kakanai.printing.profile import Margins, PrinterProfile


def profile_data(profile: PrinterProfile) -> dict[str, Any]:
    """The profile for JSON."""
    return {
        "calibrated": profile.calibrated,
        "correction": dataclasses.asdict(profile.correction),
        "margins": dataclasses.asdict(profile.margins) if profile.margins else None,
        "tray": profile.tray,
        "used_sides": profile.sides.value,
        "two_up": profile.two_up,
    }


def margin_words(edges: Margins) -> str:
    """The four edges in words."""
    return f"左 {edges.left:g}　上 {edges.top:g}　右 {edges.right:g}　下 {edges.bottom:g} mm"


def calibrated_words(profile: PrinterProfile) -> str:
    """The correction in words."""
    if not profile.calibrated:
        return "補正なし（調整していません）"
    one = profile.correction
    return (
        f"補正 {profile.calibrated}　右へ {one.offset_x_mm:+.2f} mm　下へ {one.offset_y_mm:+.2f} mm　"
        f"横 {one.scale_x * 100:.2f}%　縦 {one.scale_y * 100:.2f}%　"
        f"傾き {one.slant_y_mm:+.2f}／{one.slant_x_mm:+.2f} mm（100 mm で）"
    )
