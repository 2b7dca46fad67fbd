"""The words of the visitor's screen: whole in every language, each letter in that language's font."""

import re
import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtGui import QRawFont
from PySide6.QtWidgets import QApplication

from kakanai.forms.fontfiles import FontRole, find_font
from kakanai.forms.language_fonts import find_language_face, language_codes
from kakanai.identity.birth_date import BirthDate
from kakanai.resources import resource_root
from kakanai.ui.visitor import words
from kakanai.ui.visitor.languages import OWN_NAMES, load_tongue
from kakanai.ui.visitor.phrases import load_phrases
from kakanai.ui.visitor.ruby import without_ruby
from tests.tools.make_translations import FOLDER, compile_to, update

LANGUAGES = language_codes()
TRANSLATED = [code for code in LANGUAGES if code != "ja"]
SAID = [value for name, value in vars(words).items() if name.isupper() and isinstance(value, str)]
SOURCES = [one for one in SAID if one != words.CONTEXT]


def table(code: str) -> dict[str, str]:
    messages = ElementTree.parse(FOLDER / f"visitor_{code}.ts").iter("message")  # noqa: S314 (our own)
    return {one.findtext("source"): one.findtext("translation") for one in messages}


def said_in(code: str) -> list[str]:
    """Everything that may stand on the screen in this language by itself."""
    tongue = load_tongue(code)
    dates = [tongue.date(BirthDate(1980 + month, month, 28)) for month in range(1, 13)]
    phrases = [phrase.said[code] for phrase in load_phrases(resource_root() / "phrases")]
    said = [tongue.say(one) for one in SOURCES if "{n}" not in one and one != words.DATE_FORMAT]
    said += [tongue.say(one, n=1) for one in SOURCES if "{n}" in one]
    return [*said, *dates, *phrases, OWN_NAMES[code]]


def test_there_are_as_many_languages_as_promised():
    assert len(LANGUAGES) == 12
    assert list(OWN_NAMES) == list(LANGUAGES)
    assert len(SOURCES) > 30


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_word_is_translated_with_its_places(code: str):
    told = table(code)
    assert set(told) == set(SOURCES)
    for source, translation in told.items():
        assert translation, source
        assert source.count("{n}") == translation.count("{n}"), source
        assert re.sub(r"\{n\}", "", translation).count("{") == 0


@pytest.mark.parametrize("code", TRANSLATED)
def test_compiled_words_are_those_of_the_source_and_the_source_those_of_the_program(
    code: str, tmp_path: Path
):
    source = FOLDER / f"visitor_{code}.ts"
    again = tmp_path / source.name
    shutil.copy(source, again)
    update(again, code)
    assert again.read_text(encoding="utf-8") == source.read_text(encoding="utf-8")
    compile_to(again, again.with_suffix(".qm"))
    assert again.with_suffix(".qm").read_bytes() == source.with_suffix(".qm").read_bytes()


@pytest.mark.parametrize("code", TRANSLATED)
def test_the_screen_says_what_the_source_says(qapp: QApplication, code: str):
    tongue = load_tongue(code)
    for source, translation in table(code).items():
        if "{n}" in source:
            assert tongue.say(source, n=7) == translation.replace("{n}", "7")
        elif source != words.DATE_FORMAT:
            assert tongue.say(source) == translation


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_letter_is_in_the_font_of_the_language(qapp: QApplication, code: str):
    found = find_language_face(code)
    assert found is not None, f"no font for {code}"
    own = QRawFont(str(found[1]), 24)
    japanese = QRawFont(str(find_font(FontRole.UI)), 24)
    assert own.isValid()
    letters = {letter for text in said_in(code) for letter in without_ruby(text) + text}
    letters -= set("　｜《》\n")
    missing = {letter for letter in letters if not own.supportsCharacter(ord(letter))}
    # Latin letters among Thai or Nepali ones come from the Japanese font, which stands behind every other.
    unseen = {letter for letter in missing if not (letter.isascii() and japanese.supportsCharacter(letter))}
    assert unseen == set()


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_family_is_the_one_in_the_file(qapp: QApplication, code: str):
    tongue = load_tongue(code)
    assert tongue.family
    found = find_language_face(code)
    assert found is not None
    assert found[0].family == tongue.family


def test_a_date_is_spelled_as_its_readers_do(qapp: QApplication):
    born = BirthDate(1980, 2, 17)
    spelled = {code: load_tongue(code).date(born) for code in LANGUAGES}
    assert spelled["ja"] == spelled["ja_easy"] == spelled["zh_CN"] == "1980年2月17日"
    assert spelled["en"] == "17 February 1980"
    assert spelled["ko"] == "1980년 2월 17일"
    assert spelled["vi"] == "ngày 17 tháng 2 năm 1980"
    assert spelled["pt_BR"] == "17 de fevereiro de 1980"
    assert spelled["es"] == "17 de febrero de 1980"
    assert all("1980" in one and "17" in one for one in spelled.values())
    assert QLocale("fil").toString(born.as_date(), "MMMM") in spelled["fil"]
    assert load_tongue("en").date(BirthDate(1950, None, None)) == ""


def test_easy_japanese_has_its_reading_above_every_kanji(qapp: QApplication):
    bare = re.compile(r"[一-鿿]")
    for said in said_in("ja_easy"):
        # A date and the language's own name are data, and have none.
        if said in (OWN_NAMES["ja_easy"],) or re.fullmatch(r"\d+年\d+月\d+日", said):
            continue
        left = re.sub(r"(｜[^《]+|[々一-鿿]+)《[^》]+》", "", said)
        assert not bare.search(left), said
        assert "《" not in left
        assert "》" not in left
