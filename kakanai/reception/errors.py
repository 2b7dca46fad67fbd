"""What can go wrong while a case 受付 is taken down."""

from kakanai.errors import KakanaiError


class UnknownVariableError(KakanaiError):
    """An answer names a question that no catalogue knows. Details: field."""

    code = "R-010"
    exit_status = 2


class AnswerFormatError(KakanaiError):
    """An answer does not have the form its question asks for. Details: field, expected; never the value."""

    code = "R-011"
    exit_status = 2


class UnknownProcedureError(KakanaiError):
    """No such procedure 手続. Details: procedure."""

    code = "R-012"
    exit_status = 2


class UnknownEventError(KakanaiError):
    """There is no guidance for such a life event ライフイベント. Details: event."""

    code = "R-015"
    exit_status = 2


class UnusedAnswersError(KakanaiError):
    """Answers were given that no form would bear as things stand. Details: fields (variable ids)."""

    code = "R-013"
    exit_status = 2


class ConflictingProceduresError(KakanaiError):
    """Two procedures settle one question differently. Details: first, second (their titles)."""

    code = "R-014"
    exit_status = 2


class ForeignFormsError(KakanaiError):
    """The forms to be printed are not those of this case. Nothing was logged or printed."""

    code = "R-021"
    exit_status = 8


class CaseStateError(KakanaiError):
    """The case 受付 is not at the step that this act belongs to. Details: step, wanted."""

    code = "R-020"
    exit_status = 8
