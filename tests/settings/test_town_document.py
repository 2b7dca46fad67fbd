"""A changed town's file: its own comments, order and line ends stay, and it says what it should."""

import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kakanai.settings.town_document import changed_text, words_of
from kakanai.settings.town_entries import setting_names
from kakanai.settings.town_file import shipped_tables

OWN = """# うちの町（総務課 3.2.1）
[town]   # 頭
name = "架空町"     # 令和8年に改称

# 手数料は令和8年条例第3号
[fees]
seal_certificate = 200   # 条例第3条

rabies_tag = 550

[counter]
supervisors = [
    "1001",  # 課長
]
"""


def test_one_line_changes_and_every_other_stays():
    changed = changed_text(OWN, {"fees.seal_certificate": 250})
    assert changed == OWN.replace("seal_certificate = 200 ", "seal_certificate = 250 ")


def test_a_new_value_stands_in_its_table_before_the_words_about_the_next():
    lines = changed_text(OWN, {"town.mayor_title": "架空町長"}).splitlines()
    assert lines[3].startswith('mayor_title = "架空町長" # 町の長の職名')
    assert lines[4:6] == ["", "# 手数料は令和8年条例第3号"]


def test_a_new_table_goes_to_the_end_and_an_empty_file_says_what_it_is():
    changed = changed_text(OWN, {"my_number.forms": ["F16"]})
    assert changed.startswith(OWN)
    assert changed.endswith(
        '\n\n[my_number]\nforms = ["F16"] # 条例で個人番号を使う様式。例: ["F16", "F35"]\n'
    )
    first = changed_text("", {"paper.qr": False})
    assert first.startswith("# 町の設定。")
    assert tomllib.loads(first) == {"paper": {"qr": False}}


def test_counters_are_given_whole():
    text = '[counters]\n"窓口1" = "tax"  # 1階\n"窓口2" = "tax"\n'
    changed = changed_text(text, {"counters": {"窓口1": "tax", "窓口.3": "care"}})
    assert changed == '[counters]\n"窓口1" = "tax"  # 1階\n"窓口.3" = "care"\n'


@pytest.mark.parametrize(
    "text",
    [
        "[fees]",
        "[fees]\n# まだない\n\n[town]",
        "fees.rabies_tag = 3\ntown.name = 'x'\nfees.card_reissue = 3",
        "town = {name = 'x'}",
        "[counter]\nprinter='''a'''",
        '"fees".rabies_tag = 1\n["town"]\n\'name\' = "x"',
    ],
)
def test_any_way_to_write_a_table_can_be_changed(text):
    before = tomllib.loads(text)
    changes = {"fees.seal_certificate": 1, "fees.rabies_tag": 7, "town.name": "見本"}
    after = tomllib.loads(changed_text(text, changes))
    assert after["fees"] == {**before.get("fees", {}), "seal_certificate": 1, "rabies_tag": 7}
    assert after["town"]["name"] == "見本"
    assert after.get("counter") == before.get("counter")


VALUES = st.one_of(
    st.booleans(),
    st.integers(0, 100_000),
    st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=40),
    st.lists(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=40), max_size=4),
)
NAMES = [name for name in setting_names() if name != "counters"]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=5), max_size=4))
def test_after_any_changes_the_file_says_just_that(rounds):
    text, expected = OWN, tomllib.loads(OWN)
    for changes in rounds:
        text = changed_text(text, changes)
        for name, value in changes.items():
            table, _, key = name.partition(".")
            expected.setdefault(table, {})[key] = value
        assert tomllib.loads(text) == expected
        assert "# 手数料は令和8年条例第3号\n[fees]\n" in text


def test_every_setting_has_words_in_the_shipped_file():
    borrowed = ("section_places", "section_phones")
    for table, keys in shipped_tables().items():
        for key in keys if table not in (*borrowed, "counters") else ():
            assert words_of(f"{table}.{key}").label != f"{table}.{key}", (table, key)
    assert words_of("counter.administrators").label == "管理者の職員番号"


def test_shipped_places_and_phones_are_those_of_the_sections():
    tables = shipped_tables()
    assert list(tables["section_places"]) == list(tables["sections"])
    assert list(tables["section_phones"]) == list(tables["sections"])
