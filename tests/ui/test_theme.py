import json
import re
import shutil
from pathlib import Path

import pytest

import kakanai.ui
from kakanai.resources import resource_root
from kakanai.ui.errors import StyleFileError
from kakanai.ui.theme import Theme, load_theme

STYLE = resource_root() / "style"
RAW_COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsva?\(|Qt\.GlobalColor|QColor\(\s*[\"'0-9]")
TOKENS = json.loads((STYLE / "tokens.json").read_text(encoding="utf-8"))


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_of_contrast_is_right() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("pair", TOKENS["pairs"], ids=lambda pair: "-on-".join(pair))
def test_ink_can_be_read_on_its_surface(pair: list[str]) -> None:
    ink, surface = (TOKENS["color"][name] for name in pair)
    assert contrast(ink, surface) >= 4.5


def test_every_ink_used_in_the_style_sheet_is_in_a_pair() -> None:
    sheet = (STYLE / "app.qss").read_text(encoding="utf-8")
    used = set(re.findall(r"(?<![-\w])(?:selection-)?color:\s*\{\{ color\.(\w+) \}\}", sheet))
    assert used <= {pair[0] for pair in TOKENS["pairs"]} | {"accent_active"}
    surfaces = set(re.findall(r"background(?:-color)?:\s*\{\{ color\.(surface\w*|practice) \}\}", sheet))
    assert surfaces <= {pair[1] for pair in TOKENS["pairs"]}


def test_the_edges_of_controls_can_be_seen() -> None:
    for name in ("control_edge", "accent", "danger", "focus"):
        assert contrast(TOKENS["color"][name], TOKENS["color"]["surface"]) >= 3


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
    assert TOKENS["color"]["accent"] in theme.style_sheet


@pytest.mark.parametrize(
    ("file", "old", "new", "token"),
    [
        ("app.qss", "{{ color.ink }}", "{{ color.unheard_of }}", "color.unheard_of"),
        ("tokens.json", '"color"', '"colour"', ""),
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
