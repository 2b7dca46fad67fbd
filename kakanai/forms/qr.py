"""QR codes as modules: dark and light squares with the quiet zone, for drawing as vectors."""

from functools import lru_cache

import qrcode
from qrcode.constants import ERROR_CORRECT_M

MASK = 2
"""One mask for all codes: readers undo any (ISO/IEC 18004 §7.8, given). To compare all eight takes as
long as to draw the rest of the page (observed)."""


@lru_cache(maxsize=64)
def qr_modules(words: str) -> list[list[bool]]:
    """The code as rows of modules (True is dark), quiet zone of 4 modules included; error correction M."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=4, mask_pattern=MASK)
    code.add_data(words)
    code.make(fit=True)
    return [[bool(module) for module in row] for row in code.get_matrix()]
