"""Each shipped form's sample looks as it did: a change of look is seen, meant, and looked at."""

from dataclasses import replace
from pathlib import Path

import pytest

from kakanai.forms.filled import PlacedText
from kakanai.forms.template import Frame
from tests.forms.conftest import SHIPPED, Paper, Press
from tests.forms.golden_pictures import FOLDER, TOLERANCE, difference, load, save, side_by_side, small
from tests.forms.poppler import pictures


def test_the_sample_looks_as_it_did(paper: Paper, tmp_path: Path) -> None:
    form = paper.form.template.id
    pages = [small(page) for page in paper.pages]
    files = [FOLDER / f"{form}-{number}.png" for number in range(1, len(pages) + 1)]
    told = "python -m tests.tools.make_golden " + form
    there = sorted(FOLDER.glob(f"{form}-*.png"))
    assert there == sorted(files), f"{form} has {len(pages)} pages, and {len(there)} pictures: {told}"
    other = []
    for number, (page, file) in enumerate(zip(pages, files, strict=True), start=1):
        golden = load(file)
        if (much := difference(page, golden)) > TOLERANCE:
            seen = tmp_path / file.name
            side_by_side(golden, page).save(seen)
            other.append(
                f"{form}, page {number} differs by {much} of 255, look at {seen}; if it is meant: {told}"
            )
    assert other == []


def test_there_is_no_picture_of_a_form_that_is_gone() -> None:
    assert sorted({path.name.split("-")[0] for path in FOLDER.glob("*.png")}) == SHIPPED
    assert sum(path.stat().st_size for path in FOLDER.glob("*.png")) < 2_500_000


@pytest.fixture(scope="module")
def certificate(press: Press) -> Paper:
    form = press.sample("F05")
    pdf = press.renderer.render(form)
    return Paper(form, pdf, pictures(pdf))


def test_a_picture_that_is_kept_is_the_picture_itself(certificate: Paper, tmp_path: Path) -> None:
    page = small(certificate.pages[0])
    save(page, tmp_path / "page.png")
    assert load(tmp_path / "page.png").tobytes() == page.tobytes()


def test_one_other_character_is_a_difference(press: Press, certificate: Paper) -> None:
    [page] = certificate.form.pages
    changed = []
    for placed in page.placed:
        if isinstance(placed, PlacedText) and placed.field in {"visitor.name", "visitor.address"}:
            lines = tuple(line.replace("太", "次").replace("架", "見") for line in placed.lines)
            changed.append(
                replace(
                    page, placed=tuple(replace(p, lines=lines) if p is placed else p for p in page.placed)
                )
            )
    assert len(changed) == 2
    for one in changed:
        [other] = pictures(press.renderer.render(replace(certificate.form, pages=(one,))))
        assert difference(small(other), small(certificate.pages[0])) > TOLERANCE


def test_one_missing_line_is_a_difference(press: Press, certificate: Paper) -> None:
    [page] = certificate.form.pages
    frame = next(e for e in page.elements if isinstance(e, Frame) and e.weight_mm and e.fill is None)
    less = replace(page, elements=tuple(e for e in page.elements if e is not frame))
    [other] = pictures(press.renderer.render(replace(certificate.form, pages=(less,))))
    assert difference(small(other), small(certificate.pages[0])) > TOLERANCE


def test_another_shade_all_over_is_no_difference(certificate: Paper) -> None:
    page = certificate.pages[0]
    paler = page.point([min(255, grey + 12) for grey in range(256)])
    assert 0 < difference(small(paler), small(page)) <= TOLERANCE


def test_another_size_is_a_difference(certificate: Paper) -> None:
    page = small(certificate.pages[0])
    assert difference(page.crop((0, 0, page.width - 1, page.height)), page) == 255
