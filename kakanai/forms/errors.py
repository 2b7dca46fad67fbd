"""What can go wrong between a template 様式 and a finished page."""

from kakanai.errors import KakanaiError


class UnknownFormError(KakanaiError):
    """No form template of that id. Details: form."""

    code = "F-011"
    exit_status = 2


class FormOutOfDateError(KakanaiError):
    """The form's template is not valid on this day. Details: form, valid_from, valid_to ("" for no end)."""

    code = "F-012"
    exit_status = 10


class FontUnusableError(KakanaiError):
    """A font file was found but cannot be read or embedded. Details: role, file (name only)."""

    code = "F-031"
    exit_status = 10


class FindingsOpenError(KakanaiError):
    """Findings 指摘 stop printing until the clerk has decided. Details: count."""

    code = "F-040"
    exit_status = 11


class PaperMismatchError(KakanaiError):
    """What the finished PDF says is not what was meant; it must not be printed.

    Details: form, page (from 1), field (its id; `-` for words of the form itself), what (an English word:
    text, place, order, glyph, mark, picture, qr, covered, extra, size, pages, unreadable).
    """

    code = "F-047"
    exit_status = 10


class RenderError(KakanaiError):
    """A form could not be drawn; nothing of it exists. Details: form."""

    code = "F-041"
    exit_status = 10
