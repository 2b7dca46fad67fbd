"""Text is fitted without a character lost: shrunk, then wrapped, then refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kakanai.forms.clusters import clusters, is_selector
from kakanai.forms.fit import COMFORT, LEADING, MM_PER_PT, fit_text
from kakanai.forms.fontfiles import FontRole
from kakanai.forms.template import Box, Fit

NAME = Fit(FontRole.PERSONAL, 13, 6.5, 2)
ADDRESS = Fit(FontRole.PERSONAL, 10.5, 7.5, 3)


def em(text: str) -> float:
    """Half an em for ASCII, one for anything else, nothing for what belongs to the character before it."""
    return sum(0.0 if is_selector(c) else 0.5 if c.isascii() else 1.0 for c in text)


def width(chars: float, size: float = 13.0) -> float:
    return chars * size * MM_PER_PT


def test_a_text_that_fits_is_left_alone() -> None:
    fitted = fit_text("見本　太郎", Box(0, 0, width(5), 8), NAME, em)
    assert (fitted.lines, fitted.size_pt, fitted.fits) == (("見本　太郎",), 13, True)


def test_a_little_too_long_is_shrunk_on_one_line() -> None:
    fitted = fit_text("勘解由小路　光左衛門之丞", Box(0, 0, width(10), 13), NAME, em)
    assert len(fitted.lines) == 1
    assert NAME.size_pt * COMFORT <= fitted.size_pt < NAME.size_pt


def test_much_too_long_is_wrapped_and_larger_than_one_line_would_be() -> None:
    text = "勘解由小路　光左衛門之丞"
    fitted = fit_text(text, Box(0, 0, width(7), 13), NAME, em)
    assert fitted.lines == ("勘解由小路　", "光左衛門之丞")
    assert fitted.size_pt > 13 * 7 / 12


def test_a_low_box_keeps_to_one_line() -> None:
    fitted = fit_text("勘解由小路　光左衛門之丞", Box(0, 0, width(7), 4.7), NAME, em)
    assert len(fitted.lines) == 1
    assert fitted.fits


def test_what_goes_nowhere_is_told_and_nothing_is_cut() -> None:
    text = "見本" * 200
    fitted = fit_text(text, Box(0, 0, 60, 12), ADDRESS, em)
    assert not fitted.fits
    assert "".join(fitted.lines) == text


def test_a_line_does_not_begin_with_a_closing_sign_nor_end_with_an_opening_one() -> None:
    fitted = fit_text("架空一二三四（別館）五六", Box(0, 0, width(7, 10.5), 20), ADDRESS, em)
    assert len(fitted.lines) > 1
    assert not any(line[0] in "）、。ー" for line in fitted.lines[1:])
    assert not any(line[-1] in "（「" for line in fitted.lines[:-1])


def test_a_latin_word_is_not_parted() -> None:
    text = "DA SILVA SANTOS MIHON MARIA APARECIDA"
    fitted = fit_text(text, Box(0, 0, width(9), 20), NAME, em)
    assert fitted.fits
    words = {word for line in fitted.lines for word in line.split()}
    assert words == set(text.split())


@pytest.mark.parametrize("name", ["渡邊\U000e0108", "辻\U000e0102", "葛\U000e0100"])
def test_a_selector_stays_with_its_base(name: str) -> None:
    text = (name * 14)[:28]
    fitted = fit_text(text, Box(0, 0, width(7), 14), NAME, em)
    assert (fitted.fits, len(fitted.lines)) == (True, 2)
    assert [c for line in fitted.lines for c in clusters(line)] == clusters(text)
    assert not any(is_selector(line[0]) for line in fitted.lines)


def test_a_size_is_rounded_down() -> None:
    """48 characters at 9.375 pt fill the line to the last 0.03 mm; at 9.38 they would stand out."""
    wide = 48 * 9.376 * MM_PER_PT
    fitted = fit_text("あ" * 48, Box(0, 0, wide, 20), Fit(FontRole.TEXT, 9.876, 5, 1), em)
    assert (fitted.fits, fitted.size_pt) == (True, 9.37)


def test_repr_shows_no_text() -> None:
    assert "見本" not in repr(fit_text("見本　太郎", Box(0, 0, 50, 8), NAME, em))


PIECES = st.sampled_from(
    [*"見本　 A（）「、ーっ-々", "b9", "邊\U000e0108", "辻\U000e0102", "\U00020bb7", "\u00a0"]
)


@given(
    st.lists(PIECES, min_size=1, max_size=60).map("".join),
    st.floats(4, 160),
    st.floats(3, 25),
    st.floats(6, 14),
    st.floats(0.3, 1),
    st.integers(1, 4),
)
def test_no_character_is_lost_and_every_line_lies_in_the_box(
    text: str, wide: float, high: float, size: float, least: float, lines: int
) -> None:
    box, fit = Box(0, 0, wide, high), Fit(FontRole.TEXT, size, size * least, lines)
    fitted = fit_text(text, box, fit, em)
    assert "".join(fitted.lines) == text
    assert [c for line in fitted.lines for c in clusters(line)] == clusters(text)
    if not fitted.fits:
        return
    assert 1 <= len(fitted.lines) <= lines
    assert fit.min_pt - 0.01 <= fitted.size_pt <= size + 0.01
    for line in fitted.lines:
        assert em(line) * fitted.size_pt * MM_PER_PT <= wide + 0.0005
    leading = LEADING if len(fitted.lines) > 1 else 1.0
    assert len(fitted.lines) * fitted.size_pt * MM_PER_PT * leading <= high + 0.05
