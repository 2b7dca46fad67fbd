"""Variation sequences show HarfBuzz's glyph and read back; all 11,474: `python -m benchmarks.ivs_sheet`."""

import random

import pytest

from tests.forms.conftest import Press
from tests.forms.glyph_sheets import HarfBuzz, every_sequence, judge, sheets, text_read

SEED = 20261121


@pytest.fixture(scope="module")
def sequences() -> list[str]:
    return every_sequence()


@pytest.fixture(scope="module")
def harfbuzz() -> HarfBuzz:
    return HarfBuzz()


def test_the_font_has_as_many_sequences_as_its_makers_say(sequences: list[str]) -> None:
    assert len(sequences) == len(set(sequences)) >= 11_000


def test_sequences_look_as_harfbuzz_paints_them(
    press: Press, harfbuzz: HarfBuzz, sequences: list[str]
) -> None:
    some = random.Random(SEED).sample(sequences, 300)  # noqa: S311  # no secret
    verdicts = judge(press.renderer, harfbuzz, some)
    assert len(verdicts) == 300
    assert [verdict for verdict in verdicts if not verdict.is_right] == []


def test_another_glyph_of_the_same_base_would_be_found(press: Press, harfbuzz: HarfBuzz) -> None:
    """What the judge is worth: 辻 with one dot and with two are told apart, either way."""
    one, two = "辻\U000e0102", "辻\U000e0103"
    for verdict in judge(press.renderer, harfbuzz, [one, two]):
        assert verdict.is_right
        assert verdict.nearest_other > 5 * verdict.apart


def test_two_thousand_sequences_read_back_code_point_for_code_point(
    press: Press, sequences: list[str]
) -> None:
    some = random.Random(SEED + 1).sample(sequences, 2000)  # noqa: S311  # no secret
    assert text_read(press.renderer.render(sheets(some))) == some
