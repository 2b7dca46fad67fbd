"""Every variation sequence of IPAmj明朝 on paper: how many have HarfBuzz's glyph and read back as they are.

Run: `python -m benchmarks.ivs_sheet`. Takes about a minute. Each sequence is a value of a form, painted by
poppler and held against HarfBuzz's own picture of it and of all other glyphs of its base character.
"""

import sys

from kakanai.forms.fonts import FontShelf
from kakanai.forms.render import Renderer
from tests.forms.glyph_sheets import COLUMNS, ROWS, HarfBuzz, every_sequence, judge, sheets, text_read

AT_ONCE = 4 * COLUMNS * ROWS
"""Sequences in one document."""


def main() -> int:
    """Print the counts and whatever is wrong; 1 if anything is."""
    sequences = every_sequence()
    renderer, harfbuzz = Renderer(FontShelf()), HarfBuzz()
    verdicts, lost = [], []
    for start in range(0, len(sequences), AT_ONCE):
        part = sequences[start : start + AT_ONCE]
        verdicts += judge(renderer, harfbuzz, part)
        read = text_read(renderer.render(sheets(part)))
        lost += part if len(read) != len(part) else [a for a, b in zip(part, read, strict=True) if a != b]
    wrong = [verdict for verdict in verdicts if not verdict.is_right]
    print(f"variation sequences of IPAmj: {len(sequences)}")
    print(f"glyph as HarfBuzz's: {len(verdicts) - len(wrong)} right, {len(wrong)} wrong")
    print(f"furthest from HarfBuzz's picture: {max(v.apart for v in verdicts):.4f} of the ink")
    print(f"read back by pdftotext: {len(sequences) - len(lost)} right, {len(lost)} wrong")
    for name, found in (("glyph", [v.sequence for v in wrong]), ("text", lost)):
        for sequence in found:
            print(f"wrong {name}: {' '.join(f'U+{ord(char):04X}' for char in sequence)}")
    return 1 if wrong or lost else 0


if __name__ == "__main__":
    sys.exit(main())
