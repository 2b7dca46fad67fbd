"""A printer in words: what it says of itself, and its correction."""

from kakanai.printing.printer_facts import PrinterFacts
from kakanai.printing.profile import Margins, PrinterProfile
from kakanai.printing.progress import PrintProgress, alert_words


def facts_words(facts: PrinterFacts, profile: PrinterProfile) -> str:
    """State, papers with their margins, and trays."""
    state = f"状態: {alert_words(facts.reasons) or '異常なし'}"
    margins = [f"余白 {paper}: {_edges(edges)}" for paper, edges in facts.papers.items()]
    if profile.margins is not None:
        margins.append(f"このパソコンで決めた余白: {_edges(profile.margins)}")
    trays = f"トレイ: {'・'.join(facts.trays) or 'プリンターは答えません'}"
    return "　".join([state, *(margins or ["余白: プリンターは答えません"]), trays])


def correction_words(profile: PrinterProfile) -> str:
    """The correction, and the day it was found."""
    if not profile.calibrated:
        return "補正なし（まだ調整していません）"
    one = profile.correction
    return (
        f"補正（{profile.calibrated}）　右へ {one.offset_x_mm:+.1f} mm　下へ {one.offset_y_mm:+.1f} mm　"
        f"横 {one.scale_x * 100:.2f}%　縦 {one.scale_y * 100:.2f}%　"
        f"傾き {one.slant_y_mm:+.2f} mm（100 mm で）"
    )


def progress_words(progress: PrintProgress) -> str:
    """How a sheet's print stands, beginning with its sign."""
    told = "、".join(dict.fromkeys(state.label for _, state in progress.states))
    return f"▲ プリンターを見てください: {told}" if progress.trouble else f"● {told}"


def _edges(edges: Margins) -> str:
    return f"左{edges.left:g} 上{edges.top:g} 右{edges.right:g} 下{edges.bottom:g} mm"
