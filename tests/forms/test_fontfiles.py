"""Fonts are found in one place, in a fixed order of trust, and their absence is priced."""

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from kakanai.forms.fontfiles import FontMissingError, FontRole, find_font, font_report

FAMILIES = {
    FontRole.LABEL: ("BIZ UDGothic", "Regular"),
    FontRole.LABEL_BOLD: ("BIZ UDGothic", "Bold"),
    FontRole.TEXT: ("BIZ UDMincho", "Regular"),
    FontRole.PERSONAL: ("IPAmjMincho", "Regular"),
    FontRole.UI: ("BIZ UDPGothic", "Regular"),
    FontRole.UI_BOLD: ("BIZ UDPGothic", "Bold"),
}


@pytest.mark.parametrize("role", list(FontRole))
def test_each_role_finds_the_font_it_means(role: FontRole) -> None:
    with TTFont(find_font(role), lazy=True) as font:
        names = font["name"]
        family = names.getDebugName(16) or names.getDebugName(1)
        style = names.getDebugName(17) or names.getDebugName(2)
    assert (family.removesuffix(" Regular").removesuffix(" Bold"), style) == FAMILIES[role]


def test_the_personal_font_has_the_variants_names_need() -> None:
    """渡邊󠄈 and 辻󠄂 are told apart by a variation selector only; a font without the table would not."""
    with TTFont(find_font(FontRole.PERSONAL), lazy=True) as font:
        selectors = next(table.uvsDict for table in font["cmap"].tables if table.format == 14)
    assert len(selectors) > 5
    assert any(code == 0x908A for pairs in selectors.values() for code, _ in pairs)


def test_a_folder_given_by_the_caller_wins(tmp_path: Path) -> None:
    ours = tmp_path / "ipamjm.ttf"
    ours.write_bytes(b"")
    assert find_font(FontRole.PERSONAL, [tmp_path]) == ours


def test_the_towns_folder_comes_before_the_machines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAKANAI_HOME", str(tmp_path))
    (tmp_path / "fonts").mkdir()
    ours = tmp_path / "fonts" / "BIZUDGothic-Regular.ttf"
    ours.write_bytes(b"")
    assert find_font(FontRole.LABEL) == ours
    assert find_font(FontRole.LABEL_BOLD) != ours


def test_a_missing_font_is_an_error_of_its_role_and_a_line_of_the_report(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("kakanai.forms.fontfiles._font_folders", lambda font: [])
    with pytest.raises(FontMissingError) as caught:
        find_font(FontRole.PERSONAL)
    assert caught.value.details == {"role": "personal", "file": "ipamjm.ttf"}
    report = {status.role: status for status in font_report()}
    assert report[FontRole.PERSONAL].path is None
    assert "氏名・住所" in report[FontRole.PERSONAL].cost_ja


def test_the_report_names_every_role_with_its_price() -> None:
    report = font_report()
    assert [status.role for status in report] == list(FontRole)
    assert all(status.path is not None and status.path.is_file() and status.cost_ja for status in report)
