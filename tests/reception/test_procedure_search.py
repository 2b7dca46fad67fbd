"""Procedures are found by number, title, reading, form and other words; each stands on a shelf."""

import pytest

from kakanai.datafile import DataFileError
from kakanai.reception.latin_reading import fold_latin, latin_reading
from kakanai.reception.life_event import LifeEvent
from kakanai.reception.procedure import load_procedures
from kakanai.reception.procedure_search import ProcedureSearch
from kakanai.reception.variables_file import load_variables
from kakanai.resources import resource_root


@pytest.fixture(scope="module")
def catalog():
    root = resource_root()
    return load_procedures(root / "procedures", load_variables(root / "reception" / "variables.yaml"))


@pytest.fixture(scope="module")
def search(catalog):
    return ProcedureSearch(catalog)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("41", "move-in"),
        ("４１", "move-in"),
        ("01", "residence-certificate"),
        ("F07", "resident-change"),
        ("ｆ３４", "dog"),
        ("転入", "move-in"),
        ("てんにゅう", "move-in"),
        ("テンニュウ", "move-in"),
        ("ﾃﾝﾆｭｳ", "move-in"),
        ("tennyuu", "move-in"),
        ("tenn", "move-in"),
        ("じゅうみん", "residence-certificate"),
        ("juuminhyou", "residence-certificate"),
        ("zyuumin", "residence-certificate"),
        ("印鑑証明", "seal-certificate"),
        ("なくした", "card-loss"),
        ("転入 国保", "move-in-with-insurance"),
        ("shoumei zei", "tax-certificate"),
    ],
)
def test_the_best_one_comes_first(search, typed, first):
    assert search.find(typed)[0].id == first


def test_nothing_typed_finds_nothing_and_neither_does_nonsense(search):
    assert search.find("") == []
    assert search.find("　 ") == []
    assert search.find("存在しない手続") == []
    assert search.find("転入 葬祭費") == []


def test_every_procedure_is_the_first_found_by_its_number(search, catalog):
    numbered = [procedure for procedure in catalog.procedures.values() if procedure.number]
    assert len(numbered) > 50
    for procedure in numbered:
        assert search.find(procedure.number)[0] is procedure


def test_every_procedure_is_found_by_its_title_and_by_each_reading(search, catalog):
    for procedure in catalog.procedures.values():
        assert procedure in search.find(procedure.title)
        for reading in procedure.kana.split():
            assert procedure in search.find(reading)
            assert procedure in search.find(latin_reading(reading))


@pytest.mark.parametrize(
    ("kana", "ways"),
    [
        ("ジュウショ", ["juusho", "zyuusyo", "jyuusho"]),
        ("テンシュツ", ["tenshutsu", "tensyutu"]),
        ("ハッコウ", ["hakkou", "hakou"]),
        ("フリガナ", ["furigana", "hurigana"]),
        ("チチ", ["chichi", "titi"]),
    ],
)
def test_every_way_to_type_kana_in_latin_letters_is_one(kana, ways):
    assert {fold_latin(way) for way in ways} == {latin_reading(kana)}


def test_a_half_typed_syllable_is_still_the_beginning_of_a_word():
    for half in ("tens", "tensh", "tenshu", "tenshut", "tenshuts", "tenshutsu"):
        assert latin_reading("テンシュツ").startswith(fold_latin(half)), half


def test_every_event_is_a_life_event_and_leads_to_a_shelf(catalog):
    events = {event.value for event in LifeEvent}
    shelved = set().union(*(shelf.events for shelf in catalog.shelves))
    assert shelved == events
    for procedure in catalog.procedures.values():
        assert procedure.events
        assert set(procedure.events) <= events
        assert any(procedure in catalog.on_shelf(shelf) for shelf in catalog.shelves)


def test_a_shelf_begins_with_what_it_is_for(catalog):
    first = {shelf.id: catalog.on_shelf(shelf)[0].id for shelf in catalog.shelves}
    assert first["move-in"] == "move-in"
    assert first["move-out"] == "move-out"
    assert first["death"] in {"funeral-benefit", "unpaid-pension", "heirs-representative"}


_PROCEDURE = "{id: %s, title: 転入, group: 引っ越し, forms: [F07]%s}"


@pytest.mark.parametrize(
    ("lines", "line", "problem"),
    [
        ([_PROCEDURE % ("a", ", number: 7")], 2, "2桁"),
        ([_PROCEDURE % ("a", ", number: '07'"), _PROCEDURE % ("b", ", number: '07'")], 3, "同じ番号"),
        ([_PROCEDURE % ("a", ""), _PROCEDURE % ("a", "")], 3, "同じ手続"),
        ([_PROCEDURE % ("a", ", settles: {move.kind: sideways}")], 2, "選択肢"),
        ([_PROCEDURE % ("a", ", settles: {no.such: x}")], 2, "知らない項目"),
    ],
)
def test_a_mistake_names_its_line(tmp_path, lines, line, problem):
    text = "procedures:\n" + "".join(f"  - {entry}\n" for entry in lines)
    (tmp_path / "own.yaml").write_text(text, encoding="utf-8")
    variables = load_variables(resource_root() / "reception" / "variables.yaml")
    with pytest.raises(DataFileError) as caught:
        load_procedures(tmp_path, variables)
    assert caught.value.details["line"] == line
    assert problem in caught.value.details["problem"]
