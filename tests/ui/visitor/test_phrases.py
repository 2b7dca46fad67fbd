"""The phrase board: whole in every language, found by number, word and reading."""

from pathlib import Path

import pytest

from kakanai.datafile import DataFileError
from kakanai.forms.language_fonts import language_codes
from kakanai.resources import resource_root
from kakanai.ui.visitor.phrases import find_phrases, load_phrases

FOLDER = resource_root() / "phrases"


@pytest.fixture(scope="module")
def phrases():
    return load_phrases(FOLDER)


def test_there_are_about_forty_in_every_language(phrases):
    assert len(phrases) >= 40
    assert len({phrase.id for phrase in phrases}) == len(phrases)
    assert [phrase.number for phrase in phrases] == sorted(phrase.number for phrase in phrases)
    for phrase in phrases:
        assert set(phrase.said) == set(language_codes())
        assert all(phrase.said.values())
        for code in ("en", "vi", "pt_BR", "es", "fil", "th", "ne", "ko"):
            assert phrase.said[code] != phrase.japanese


@pytest.mark.parametrize(
    ("typed", "number"), [("31", "31"), ("署名", "31"), ("しょめい", "31"), ("ｼｮﾒｲ", "31"), ("shomei", "31")]
)
def test_a_phrase_is_found_by_number_word_and_reading(phrases, typed, number):
    assert number in [phrase.number for phrase in find_phrases(phrases, typed)]


def test_nothing_typed_shows_all_and_nonsense_none(phrases):
    assert find_phrases(phrases, " ") == phrases
    assert find_phrases(phrases, "ぬぬぬ") == []


def test_an_amount_takes_its_place_in_every_language(phrases):
    fee = next(phrase for phrase in phrases if phrase.number == "41")
    assert fee.wants_amount
    told = fee.with_amount(1200)
    assert told.japanese == "手数料は1,200円です"
    assert all("1,200" in said and "{n}" not in said for said in told.said.values())
    assert not told.wants_amount


def written(folder: Path, change) -> Path:
    text = change((FOLDER / "50-money.yaml").read_text(encoding="utf-8"))
    (folder / "a.yaml").write_text(text, encoding="utf-8")
    return folder


def test_a_missing_language_is_refused(tmp_path):
    folder = written(tmp_path, lambda text: text.replace('    th: "ค่าธรรมเนียม {n} เยน"\n', ""))
    with pytest.raises(DataFileError):
        load_phrases(folder)


def test_an_amount_lost_in_translation_is_refused(tmp_path):
    folder = written(tmp_path, lambda text: text.replace("The fee is {n} yen.", "There is a fee."))
    with pytest.raises(DataFileError):
        load_phrases(folder)


def test_a_number_twice_is_refused(tmp_path):
    folder = written(tmp_path, lambda text: text.replace('"42"', '"41"'))
    with pytest.raises(DataFileError):
        load_phrases(folder)
