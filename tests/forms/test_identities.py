"""The 48 test identities on every form: no character changed, lost or added, none beyond its box.

Each form bears six of them here, each identity stands on five forms or so, and on every form in each role
that it knows. All 40 × 48: `python -m benchmarks.forms_identities`.
"""

from dataclasses import replace

import pytest

from kakanai.forms.filled import FilledPage, FindingKind, PlacedText
from kakanai.forms.template import Box
from tests.forms.conftest import SHIPPED, Press
from tests.forms.identities import IDENTITIES
from tests.forms.identity_papers import (
    IdentityPaper,
    as_one,
    beyond,
    changed,
    fill_with,
    ink_outside,
    not_placed,
    values_only,
)
from tests.forms.poppler import pictures, words_of

EVERY = 8
INK_DPI = 75


def papers_of(press: Press, form: str) -> list[IdentityPaper]:
    numbers = range(1 + SHIPPED.index(form) % EVERY, 1 + len(IDENTITIES), EVERY)
    template = press.shipped(form)
    return [fill_with(press.filler, press.variables, template, number) for number in numbers]


def test_there_are_48_identities_and_each_has_its_turn() -> None:
    assert [person.number for person in IDENTITIES] == list(range(1, 49))
    assert len(SHIPPED) >= EVERY
    names = "".join(person.name for person in IDENTITIES)
    for character in ("\u9ad9", "\ufa11", "\U00020bb7", "\U000e0108", "\U000e0100", "\ufa19", "\U0002363a"):
        assert character in names, ascii(character)
    assert max(len(person.address) for person in IDENTITIES) == 91
    assert max(len(person.name) for person in IDENTITIES) > 60


@pytest.mark.parametrize("form", SHIPPED)
def test_what_is_on_paper_is_what_was_meant(press: Press, form: str) -> None:
    papers = papers_of(press, form)
    document = as_one(press.shipped(form), papers)
    read = iter(words_of(press.renderer.render(document)))
    wrong = []
    for paper in papers:
        found = list(not_placed(paper, press.variables))
        for page in paper.form.pages:
            words = next(read)
            found += [*changed(page, words), *beyond(page, words, paper.facts)]
        wrong += [f"{form}, identity {paper.identity.number}: {one}" for one in found]
    assert wrong == []
    assert list(read) == []


@pytest.mark.parametrize("form", SHIPPED)
def test_no_ink_of_a_value_is_outside_of_its_box(press: Press, form: str) -> None:
    document = values_only(as_one(press.shipped(form), papers_of(press, form)))
    painted = pictures(press.renderer.render(document), INK_DPI)
    outside = [ink_outside(page, one, INK_DPI) for page, one in zip(document.pages, painted, strict=True)]
    assert outside == [None] * len(painted)


def test_what_no_font_has_is_told_by_its_code_points_and_nothing_takes_its_place(press: Press) -> None:
    """Identities 8 and 9 have Adobe-Japan1 sequences, which the font of names does not know."""
    for number, code_points in ((8, "U+908A U+E0100"), (9, "U+845B U+E0100")):
        paper = fill_with(press.filler, press.variables, press.shipped("F01"), number)
        told = [f for f in paper.findings if f.kind is FindingKind.NO_GLYPH and f.field == "visitor.name"]
        assert [code_points in finding.detail for finding in told] == [True]
        [words] = words_of(press.renderer.render(replace(paper.form, pages=paper.form.pages[:1])))
        base_alone = IDENTITIES[number - 1].name.replace("\U000e0100", "")
        assert base_alone not in "\n".join(word.text for word in words)


def one_page(press: Press) -> tuple[IdentityPaper, FilledPage, PlacedText]:
    paper = fill_with(press.filler, press.variables, press.shipped("F05"), 6)
    [page] = paper.form.pages
    name = next(p for p in page.placed if isinstance(p, PlacedText) and p.field == "visitor.name")
    return paper, page, name


def drawn_instead(press: Press, paper: IdentityPaper, page: FilledPage, old: PlacedText, new: PlacedText):
    other = replace(page, placed=tuple(new if placed is old else placed for placed in page.placed))
    return press.renderer.render(replace(paper.form, pages=(other,))), other


def test_the_comparison_sees_a_lost_selector(press: Press) -> None:
    paper, page, name = one_page(press)
    without = replace(name, lines=tuple(line.replace("\U000e0108", "") for line in name.lines))
    pdf, _ = drawn_instead(press, paper, page, name, without)
    [words] = words_of(pdf)
    lost, box = changed(page, words)
    assert "U000e0108" in lost
    assert box == "visitor.name: its box reads otherwise"


def test_the_comparison_sees_another_space(press: Press) -> None:
    paper, page, name = one_page(press)
    other = replace(name, lines=tuple(line.replace("\u3000", " ") for line in name.lines))
    pdf, _ = drawn_instead(press, paper, page, name, other)
    [words] = words_of(pdf)
    assert list(changed(page, words)) == ["visitor.name: its box reads otherwise"]


def test_the_comparison_sees_what_was_not_placed(press: Press) -> None:
    paper, page, name = one_page(press)
    without = replace(page, placed=tuple(placed for placed in page.placed if placed is not name))
    less = replace(paper, form=replace(paper.form, pages=(without,)))
    assert list(not_placed(less, press.variables)) == ["visitor.name: in the facts, not on paper"]
    other = replace(page, placed=(*without.placed, replace(name, lines=("見本　太郎",))))
    swapped = replace(paper, form=replace(paper.form, pages=(other,)))
    assert list(not_placed(swapped, press.variables)) == ["visitor.name: otherwise than in the facts"]


def test_the_comparison_sees_what_is_too_wide(press: Press) -> None:
    paper, page, name = one_page(press)
    narrow = Box(name.box.x + name.box.w / 2, name.box.y, 10.0, name.box.h)
    wide = replace(name, box=narrow, size_pt=20.0, align="center")
    pdf, other = drawn_instead(press, paper, page, name, wide)
    [words] = words_of(pdf)
    assert any(one.startswith("visitor.name: ") for one in beyond(other, words, paper.facts))
    values = values_only(replace(paper.form, pages=(other,)))
    [painted] = pictures(press.renderer.render(values), INK_DPI)
    assert ink_outside(values.pages[0], painted, INK_DPI) is not None
