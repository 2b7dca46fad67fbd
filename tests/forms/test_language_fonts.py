"""Which font a language of the visitor's screen takes, and what is said when there is none."""

from pathlib import Path

import pytest
from fontTools.ttLib import TTCollection, TTFont

from kakanai.forms.language_fonts import (
    LANGUAGE_NAMES,
    find_language_face,
    language_codes,
    language_font_report,
)


def families(path: Path) -> set[str]:
    fonts = TTCollection(path).fonts if path.suffix == ".ttc" else [TTFont(path)]
    return {font["name"].getBestFamilyName() for font in fonts}


@pytest.mark.parametrize("code", language_codes())
def test_every_language_has_a_font_with_the_family_that_is_asked_for(code: str):
    found = find_language_face(code)
    assert found is not None
    face, path = found
    assert face.family in families(path)


def test_every_language_has_a_japanese_name():
    assert tuple(LANGUAGE_NAMES) == language_codes()


def test_a_missing_font_is_reported_by_its_language(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    (tmp_path / "NotoSans-Regular.ttf").touch()
    monkeypatch.setattr("kakanai.forms.language_fonts.font_folders", lambda *_debian: [tmp_path])
    found = {status.language for status in language_font_report() if status.path is not None}
    assert found == {"en", "vi", "pt_BR", "es", "fil"}
    assert find_language_face("th") is None


def test_what_windows_brings_is_taken_where_noto_is_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    (tmp_path / "msyh.ttc").touch()
    monkeypatch.setattr("kakanai.forms.language_fonts.font_folders", lambda *_debian: [tmp_path])
    found = find_language_face("zh_CN")
    assert found is not None
    assert found[0].family == "Microsoft YaHei"


def test_a_given_folder_comes_first(tmp_path: Path):
    (tmp_path / "segoeui.ttf").touch()
    (tmp_path / "NotoSans-Regular.ttf").touch()
    found = find_language_face("vi", [tmp_path])
    assert found is not None
    assert found[1] == tmp_path / "NotoSans-Regular.ttf"
