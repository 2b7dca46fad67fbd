import json
import re
import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

import kakanai.ui
from kakanai.resources import resource_root
from kakanai.ui.errors import StyleFileError
from kakanai.ui.style_file import ThemeKind
from kakanai.ui.theme import Theme, load_theme
from tests.ui.contrast import Pair, contrast, edge_pairs, text_pairs

STYLE = resource_root() / "style"
RAW_COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsva?\(|Qt\.GlobalColor|QColor\(\s*[\"'0-9]")
TOKENS = json.loads((STYLE / "tokens.json").read_text(encoding="utf-8"))
SHEET = (STYLE / "app.qss").read_text(encoding="utf-8")


def test_the_measure_of_contrast_is_right() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("kind", ThemeKind)
def test_letters_can_be_read_on_what_the_sheet_puts_them_on(kind: ThemeKind) -> None:
    colors = TOKENS["themes"][kind]
    least = 7 if kind is ThemeKind.CONTRAST else 4.5
    pairs = text_pairs(SHEET)
    assert len(pairs) > 70
    poor = {pair: contrast(colors[pair.ink], colors[pair.surface]) for pair in pairs}
    assert {pair: found for pair, found in poor.items() if found < least} == {}


@pytest.mark.parametrize("kind", ThemeKind)
def test_edges_of_controls_and_focus_rings_can_be_seen(kind: ThemeKind) -> None:
    colors = TOKENS["themes"][kind]
    pairs = edge_pairs(SHEET)
    assert any(":focus" in pair.selector for pair in pairs)
    poor = {pair: contrast(colors[pair.ink], colors[pair.surface]) for pair in pairs}
    assert {pair: found for pair, found in poor.items() if found < 3} == {}


def test_pairs_are_read_from_the_sheet() -> None:
    pairs = text_pairs(
        "QA { color: {{ color.a }}; background: {{ color.b }}; } QA:hover { color: {{ color.c }}; }"
    )
    assert Pair("a", "b", "QA") in pairs
    assert Pair("c", "b", "QA:hover") in pairs
    edges = edge_pairs("QA:focus { border: 4px solid {{ color.ring }}; background: {{ color.b }}; }")
    assert Pair("ring", "b", "QA:focus") in edges
    assert Pair("ring", "surface", "QA:focus") in edges


@pytest.mark.parametrize("kind", ThemeKind)
def test_paper_is_white_in_every_theme(kind: ThemeKind) -> None:
    assert TOKENS["themes"][kind]["paper"] == "#ffffff"
    assert TOKENS["themes"][kind]["picture"] == "#ffffff"


@pytest.mark.parametrize("kind", ThemeKind)
@pytest.mark.parametrize("percent", [100, 200])
def test_every_theme_is_whole(kind: ThemeKind, percent: int) -> None:
    theme = load_theme(STYLE, kind, percent)
    assert "{{" not in theme.style_sheet
    assert theme.pt("base") == TOKENS["pt"]["base"] * percent / 100
    assert theme.px("measure.focus_ring") == 4
    assert Path(theme.tokens["file.tick"]).is_file()


def test_the_window_takes_another_theme_while_it_is_open(qtbot: QtBot, qapp: QApplication) -> None:
    before = qapp.styleSheet(), qapp.palette(), qapp.font()
    theme = load_theme(STYLE)
    widget = QWidget()
    qtbot.addWidget(widget)
    theme.size(widget, "setFixedWidth", "measure.clerk_width")
    try:
        theme.use(ThemeKind.DARK, 150)
        assert widget.minimumWidth() == round(TOKENS["measure"]["clerk_width"] * 1.5)
        assert qapp.palette().window().color() == theme.color("surface")
        assert qapp.styleSheet() == theme.style_sheet
        assert theme.color("surface").name() == TOKENS["themes"]["dark"]["surface"]
    finally:
        qapp.setStyleSheet(before[0])
        qapp.setPalette(before[1])
        qapp.setFont(before[2])


def test_no_raw_colour_in_the_style_sheet_or_the_windows_code() -> None:
    files = [STYLE / "app.qss", *Path(kakanai.ui.__file__).parent.glob("*.py")]
    assert len(files) > 20
    found = [file.name for file in files if RAW_COLOUR.search(file.read_text(encoding="utf-8"))]
    assert found == []


def test_the_look_for_raw_colours_finds_them() -> None:
    for sample in ("color: #fff", "rgb(1, 2, 3)", 'QColor("red")', "Qt.GlobalColor.red"):
        assert RAW_COLOUR.search(sample)


def test_the_style_sheet_is_finished() -> None:
    theme = load_theme(STYLE)
    assert "{{" not in theme.style_sheet
    assert TOKENS["themes"]["light"]["accent"] in theme.style_sheet


@pytest.mark.parametrize(
    ("file", "old", "new", "token"),
    [
        ("app.qss", "{{ color.ink }}", "{{ color.unheard_of }}", "color.unheard_of"),
        ("tokens.json", '"themes"', '"colours"', ""),
        ("tokens.json", '"ink":', '"inc":', "dark.color.inc"),
        ("tokens.json", "{", "", ""),
    ],
)
def test_a_broken_look_is_told(tmp_path: Path, file: str, old: str, new: str, token: str) -> None:
    shutil.copytree(STYLE, tmp_path / "style")
    path = tmp_path / "style" / file
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(StyleFileError) as caught:
        load_theme(tmp_path / "style")
    assert caught.value.details["token"] == token


def test_a_missing_look_is_told(tmp_path: Path) -> None:
    with pytest.raises(StyleFileError):
        load_theme(tmp_path)


def test_an_unknown_token_in_the_code_is_told(theme: Theme) -> None:
    with pytest.raises(StyleFileError):
        theme.px("space.unheard_of")


def test_every_token_named_in_the_code_exists(theme: Theme) -> None:
    called = re.compile(r"\.(px|pt|color|personal_font)\(\s*\"([a-z_.]+)\"")
    prefixes = {"px": "", "pt": "pt.", "color": "color.", "personal_font": "pt."}
    names = [
        prefixes[kind] + name
        for file in Path(kakanai.ui.__file__).parent.glob("*.py")
        for kind, name in called.findall(file.read_text(encoding="utf-8"))
    ]
    assert len(names) > 40
    assert {name for name in names if name not in theme.tokens} == set()


def test_names_are_set_in_the_font_of_exact_characters(theme: Theme) -> None:
    assert "IPAmj" in theme.personal_font("name").family()
