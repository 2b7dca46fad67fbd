"""Whatever a value holds: drawn exactly and read back, or a finding that names it; never an exception."""

import time
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kakanai.forms.caption_check import words_without_glyph
from kakanai.forms.clusters import clusters, code_points, is_blank, name_clusters
from kakanai.forms.errors import RenderError
from kakanai.forms.fill import Filler
from kakanai.forms.filled import FilledForm, FindingKind, PlacedText
from kakanai.forms.template import FormTemplate
from kakanai.reception.facts import Facts
from kakanai.reception.variables import Choice, VariableCatalog
from tests.forms.conftest import HEAD, Press
from tests.forms.poppler import text_of

Load = Callable[..., FormTemplate]

NAME = "      - {height: 9, field: visitor.name, style: name}\n"
FREE = "      - {height: 9, field: certificate.substitute_wish}\n"
LIST = """\
      - table:
          rows:
            - height: 9
              repeat: {list: member, rows: 2}
              cells: [{field: member.name, style: name}]
"""
COMB = "      - {height: 9, comb: account.number, count: 7}\n"

DRAWN = {
    "half-width kana": "ﾐﾎﾝ ﾀﾛｳ ｶﾞﾊﾟ",
    "wave dashes": "一〜二～三",
    "long marks": "ー－‐−一－―",
    "old kana": "ゐゑヰヱヴヷ",
    "digits": "１２3４５６",
    "accents": "JOSÉ MUÑOZ ÅSA ÇELİK ŁÓDŹ",
    "extension B": "\U00020bb7\U0002363a\U0002123d\U00020b9f",
    "compatibility": "\ufa19\uf9dc\ufa10\ufa30\ufa45",
    "sequences": "邊\U000e0108邉\U000e010f葛\U000e0103芦\U000e0102",
    "spaces": "見\u3000本\u00a0太 郎\u2003花  子",
    "signs": "々〆ヶ゛゜〇・＝（）【】",
}

REFUSED = {
    "unknown sequence": "葛\U000e0110",
    "selector alone": "\U000e0102",
    "two selectors": "辻\U000e0102\U000e0103",
    "text style": "☎\ufe0e",
    "Vietnamese": "\u1ec4",
    "combining": "e\u0301",
    "dakuten": "か\u3099",
    "combining alone": "\u0301",
    "enclosing": "あ\u20dd",
    "Hangul": "김",
    "Thai": "ก",
    "Arabic": "ا",
    "Hebrew": "א",
    "emoji": "\U0001f600",
    "right to left": "\u202e",
    "isolate": "\u2066",
    "mark": "\u200f",
    "joiner": "\u200d",
    "non-joiner": "\u200c",
    "zero width": "\u200b",
    "byte order": "\ufeff",
    "soft hyphen": "\u00ad",
    "C0": "\x07",
    "NUL": "\x00",
    "tab": "\t",
    "line end": "\n",
    "C1": "\x85",
    "line separator": "\u2028",
    "private": "\ue000",
    "private 16": "\U0010de92",
    "unassigned": "\u0378",
    "no character": "\uffff",
    "surrogate": "\ud842",
    "replacement": "\ufffd",
    "narrow space": "\u202f",
}


def fill(press: Press, template: FormTemplate, name: str) -> FilledForm:
    facts = Facts(
        values={"visitor.name": name, "certificate.substitute_wish": name, "account.number": name},
        rows={"member": [{"member.name": "見本　一"}, {"member.name": name}]},
    )
    return press.filler.fill(template, "R8-1121-0001", facts, {})


def lines_placed(form: FilledForm) -> str:
    texts = [p for page in form.pages for p in page.placed if isinstance(p, PlacedText)]
    return "".join("".join(text.lines) for text in texts if text.field == "visitor.name")


@pytest.mark.parametrize("value", DRAWN.values(), ids=DRAWN)
def test_it_is_drawn_and_reads_back(press: Press, written: Load, value: str) -> None:
    form = fill(press, written(HEAD + NAME), value)
    assert form.stopping == ()
    assert lines_placed(form) == value
    lines = [line.strip(" \f") for line in text_of(press.renderer.render(form)).splitlines()]
    assert value in lines


def test_a_sequence_of_another_collection_is_told_for_a_name_and_drawn_where_the_face_has_it(
    press: Press, written: Load
) -> None:
    """葛 with U+E0100 is registered in Adobe-Japan1: BIZ UD明朝 has its glyph, IPAmj明朝 has not."""
    [finding] = fill(press, written(HEAD + NAME), "葛\U000e0100西").stopping
    assert "(U+845B U+E0100)" in finding.detail
    form = fill(press, written(HEAD + FREE), "葛\U000e0100西")
    assert form.stopping == ()
    assert "葛\U000e0100西" in text_of(press.renderer.render(form)).splitlines()


@pytest.mark.parametrize("where", [NAME, FREE, LIST, COMB], ids=["name", "free", "list", "cells"])
@pytest.mark.parametrize("bad", REFUSED.values(), ids=REFUSED)
def test_it_is_told_by_its_code_points_and_nothing_is_drawn_in_its_place(
    press: Press, written: Load, where: str, bad: str
) -> None:
    form = fill(press, written(HEAD + where), f"一{bad}二")
    [finding] = form.stopping
    assert finding.kind is FindingKind.NO_GLYPH
    assert all(f"U+{ord(char):04X}" in finding.detail for char in bad)
    assert "一" not in finding.detail
    drawn = text_of(press.renderer.render(form, preview=True))
    assert "二" not in drawn


def test_a_choice_whose_words_no_font_has_is_told(press: Press, written: Load) -> None:
    variables = dict(press.variables.variables)
    asked = variables["certificate.substitute_wish"]
    variables[asked.id] = replace(asked, choices=(Choice("x", "本人\u202e"),))
    catalog = VariableCatalog(variables, press.variables.groups)
    facts = Facts(values={asked.id: "x"})
    form = Filler(press.shelf, catalog).fill(written(HEAD + FREE), "R8-1121-0001", facts, {})
    [finding] = form.stopping
    assert (finding.kind, "U+202E" in finding.detail) == (FindingKind.NO_GLYPH, True)


@pytest.mark.parametrize("bad", ["ก", "本\u202e人", "e\u0301", "辻\U000e0105"], ids=ascii)
def test_words_of_a_template_that_no_font_has_are_told_and_never_drawn(
    press: Press, written: Load, bad: str
) -> None:
    template = written(HEAD + f'      - {{height: 9, text: "見出し{bad}"}}\n')
    [told] = words_without_glyph(template, press.shelf)
    assert "U+" in told
    with pytest.raises(RenderError) as caught:
        press.renderer.render(fill(press, template, "見本"))
    assert bad not in str(caught.value) + repr(caught.value.__cause__)
    assert press.renderer.render(fill(press, written(HEAD + NAME), "見本")).startswith(b"%PDF")


def test_at_most_five_characters_are_told(press: Press, written: Load) -> None:
    form = fill(press, written(HEAD + NAME), "".join(map(chr, range(0xAC00, 0xAC00 + 12))))
    [finding] = form.stopping
    assert finding.detail.endswith("字形がありません(U+AC00、U+AC01、U+AC02、U+AC03、U+AC04、ほか 7 字)")
    form = fill(press, written(HEAD + NAME), "a" + "\u0301" * 10_000)
    [finding] = form.stopping
    assert len(finding.detail) < 100


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("見" * 10_000, FindingKind.OVERFLOW),
        ("A " * 5_000, FindingKind.OVERFLOW),
        ("辻\U000e0102" * 5_000, FindingKind.OVERFLOW),
        ("김" * 10_000, FindingKind.NO_GLYPH),
        ("".join(map(chr, range(0x20, 0x20 + 10_000))), FindingKind.NO_GLYPH),
        ("\ud800" * 10_000, FindingKind.NO_GLYPH),
    ],
    ids=["kanji", "words", "sequences", "Hangul", "all sorts", "surrogates"],
)
def test_ten_thousand_characters_are_a_finding_at_once(
    press: Press, written: Load, value: str, kind: FindingKind
) -> None:
    template = written(HEAD + NAME)
    start = time.process_time()
    form = fill(press, template, value)
    assert time.process_time() - start < 0.5  # a tenth of it on an idle machine
    assert [finding.kind for finding in form.stopping] == [kind]
    assert lines_placed(form) == ""


def test_spaces_alone_are_no_value_and_other_white_space_is_no_space(press: Press, written: Load) -> None:
    template = written(HEAD + NAME)
    for spaces in (" ", "　　", "\u00a0"):
        form = fill(press, template, spaces)
        assert [finding.kind for finding in form.findings] == [FindingKind.MISSING]
    for other in ("\t", "\n", "\u2028", "\x1c", "\x85"):
        form = fill(press, template, other)
        assert [finding.kind for finding in form.findings] == [FindingKind.NO_GLYPH]
    assert is_blank("")
    assert not is_blank("　\u200b")


def test_cells_lose_the_signs_of_a_number_and_nothing_of_words(press: Press, written: Load) -> None:
    def cells(value: str) -> list[str]:
        form = fill(press, written(HEAD + COMB), value)
        texts = [p for p in form.pages[0].placed if isinstance(p, PlacedText)]
        return [text.lines[0] for text in texts if text.field == "account.number"]

    assert cells("12-3 4") == ["1", "2", "3", "4"]
    assert cells("ミホンー") == ["ミ", "ホ", "ン", "ー"]


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_categories=()), max_size=12))
def test_any_text_is_drawn_as_it_is_or_told(press: Press, written: Load, text: str) -> None:
    form = fill(press, written(HEAD + NAME), text)
    if form.stopping:
        assert lines_placed(form) == ""
        press.renderer.render(form, preview=True)
        return
    assert lines_placed(form) == ("" if is_blank(text) else text)
    press.renderer.render(form)


@given(st.text(st.characters(exclude_categories=()), max_size=30))
def test_clusters_part_nothing_and_lose_nothing(text: str) -> None:
    assert "".join(clusters(text)) == text


def test_a_cluster_holds_what_belongs_to_its_base() -> None:
    assert clusters("辻\U000e0102e\u0301か\u3099あ\u20ddＡ") == [
        "辻\U000e0102", "e\u0301", "か\u3099", "あ\u20dd", "Ａ",
    ]  # fmt: skip
    assert code_points("辻\U000e0102") == "U+8FBB U+E0102"
    assert name_clusters(["A", "辻\U000e0102"]) == "U+0041、U+8FBB U+E0102"
