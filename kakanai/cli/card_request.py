"""What `card read` is asked for: contradictions and places that cannot be written, told before any card."""

import argparse
from pathlib import Path
from typing import Final

from kakanai.cli.card_pictures import PHOTO_SUFFIXES, glyph_files, require_new_file, require_new_glyphs
from kakanai.cli.errors import UsageError

_OTHER_KEYS: Final = ("collation_b_stdin", "card_number_stdin")

_CONTRADICTIONS: Final = (
    # (asked for, with any of these, what is wrong)
    (
        "my_number",
        (*_OTHER_KEYS, "mynumber_licence"),
        "個人番号は券面事項入力補助用の暗証番号だけで読めます(--my-number は --pin-stdin と一緒に使います)",
    ),
    (
        "mynumber_licence",
        (*_OTHER_KEYS, "glyphs"),
        "マイナ免許証はその暗証番号で読みます。字形はありません(--pin-stdin と一緒に使います)",
    ),
    (
        "glyphs",
        ("pin_stdin",),
        "字形は照合番号B(--collation-b-stdin)か在留カード等の番号(--card-number-stdin)で読みます",
    ),
)


def refuse_contradictions(asked: argparse.Namespace) -> None:
    """Nothing, when some card could give all that is asked for.

    Raises:
        UsageError: no card can.
    """
    for wish, others, problem in _CONTRADICTIONS:
        if getattr(asked, wish) and any(getattr(asked, other) for other in others):
            raise UsageError(problem=problem)
    if asked.photo and asked.photo.suffix.lower() not in PHOTO_SUFFIXES:
        raise UsageError(problem="--photo のファイル名は .png か .jp2 で終わるものにしてください")
    if asked.photo and asked.glyphs and _is_glyph(asked.photo, asked.glyphs):
        raise UsageError(problem="--photo と --glyphs が同じファイルになります")


def _is_glyph(photo: Path, folder: Path) -> bool:
    return photo.absolute() in {file.absolute() for file in glyph_files(folder)}


def require_places(asked: argparse.Namespace) -> None:
    """Nothing, when every picture asked for could be written now; nothing is made.

    Raises:
        OutputFileError: a file of that name exists, or the place cannot be written.
    """
    if asked.photo:
        require_new_file(asked.photo)
    if asked.glyphs:
        require_new_glyphs(asked.glyphs)
