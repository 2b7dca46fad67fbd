"""What we read from a font's tables is what fontTools reads, for every code point, sequence and glyph."""

import pytest
from fontTools.ttLib import TTFont

from kakanai.forms.font_tables import CharacterMap, Metrics, Slices, glyph_positions
from kakanai.forms.fontfiles import FontRole, find_font

ROLES = [FontRole.LABEL, FontRole.LABEL_BOLD, FontRole.TEXT, FontRole.PERSONAL]


@pytest.fixture(scope="module", params=ROLES)
def font(request):
    with TTFont(find_font(request.param), lazy=True) as opened:
        yield opened


def test_every_code_point_has_its_glyph(font) -> None:
    characters, best = CharacterMap(font.reader["cmap"]), font.getBestCmap()
    glyphs = font.getReverseGlyphMap()
    assert len(best) > 10_000
    for code, name in best.items():
        assert characters.glyph(code) == glyphs[name]
    others = [code for known in best for code in (known - 1, known + 1) if code not in best]
    assert not any(characters.glyph(code) for code in [*others, 0x10FFFF, 0xD800])


def test_every_variation_sequence_has_its_glyph(font) -> None:
    characters, best = CharacterMap(font.reader["cmap"]), font.getBestCmap()
    glyphs = font.getReverseGlyphMap()
    [table] = [table for table in font["cmap"].tables if table.format == 14]
    known = {
        (base, selector): glyphs[best[base] if name is None else name]
        for selector, pairs in table.uvsDict.items()
        for base, name in pairs
    }
    assert len(known) > 5_000
    for (base, selector), glyph in known.items():
        assert characters.sequence_glyph(base, selector) == glyph
    for base, selector in list(known)[::7]:
        for other in ((base + 1, selector), (base, 0xE01EF), (base, 0xFE0F)):
            assert characters.sequence_glyph(*other) == known.get(other, 0)


def test_every_glyph_has_its_width_and_place(font) -> None:
    count = font["maxp"].numGlyphs
    metrics = Metrics(font.reader["hmtx"], font["hhea"].numberOfHMetrics, count)
    glyphs = font.getReverseGlyphMap()
    for name, (width, bearing) in font["hmtx"].metrics.items():
        assert metrics[glyphs[name]] == (width, bearing & 0xFFFF)
    long_format = font["head"].indexToLocFormat == 1
    positions = glyph_positions(font.reader["loca"], count, long_format=long_format)
    assert list(positions) == list(font["loca"].locations)


def test_a_short_table_of_positions_is_doubled() -> None:
    assert list(glyph_positions(b"\0\0\0\5\0\7", 2, long_format=False)) == [0, 10, 14]


@pytest.mark.parametrize("kept", [2, 5, 40, 5000, 100_000])
def test_a_table_that_is_cut_off_is_refused(kept: int) -> None:
    with TTFont(find_font(FontRole.PERSONAL), lazy=True) as opened:
        cmap = opened.reader["cmap"]
    with pytest.raises(ValueError, match=r"cut off|item size"):
        CharacterMap(cmap[:kept])


def test_metrics_and_positions_that_are_cut_off_are_refused() -> None:
    with pytest.raises(ValueError, match="cut off"):
        Metrics(b"\0\0\0\0\0\0", 1, 3)
    with pytest.raises(ValueError, match="cut off"):
        glyph_positions(b"\0" * 8, 2, long_format=True)


def test_slices_are_those_of_the_file() -> None:
    assert Slices(b"0123456789", 2, 6)[1:4] == b"345"
    assert Slices(b"0123456789", 2, 6)[4:90] == b"67"
