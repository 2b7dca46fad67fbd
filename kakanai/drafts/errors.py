"""What can go wrong with drafts 下書き. None of it ends the case: the counter goes on without one."""

from kakanai.errors import KakanaiError


class DraftError(KakanaiError):
    """A draft could not be kept, or not be read."""

    code = "D-010"
    exit_status = 9


class DraftUnwritableError(DraftError):
    """The folder of drafts cannot be written. Details: folder, reason (errno name)."""

    code = "D-011"


class DraftDiskFullError(DraftError):
    """The disk is full; the last draft that was written is whole. Details: folder."""

    code = "D-012"


class DraftDamagedError(DraftError):
    """Drafts cannot be read: cut short, or changed by somebody. Details: count."""

    code = "D-013"


class DraftKeyMismatchError(DraftError):
    """Drafts were written with a key that is not here any more. Details: count."""

    code = "D-014"


class DraftKeyError(DraftError):
    """The key of the drafts cannot be made or read. Details: file, reason."""

    code = "D-015"


class DraftsInUseError(DraftError):
    """Another window of this program keeps its drafts in the same folder."""

    code = "D-016"


class UnknownDraftError(DraftError):
    """There is no draft of that case number 受付番号. Details: number."""

    code = "D-017"
    exit_status = 8


class ResumeError(DraftError):
    """A draft was read, and its case cannot be gone on with any more. Details: number."""

    code = "D-018"
    exit_status = 8


class FormsNotKeptError(DraftError):
    """The paper is out, and what the town wants to be kept of it could not be. Details: reason (a code)."""

    code = "D-020"


class NothingKeptError(DraftError):
    """Nothing is kept of this case, or not of these forms. Details: number."""

    code = "D-021"
    exit_status = 8


class KeptFormsOffError(DraftError):
    """The town does not keep the forms that were printed."""

    code = "D-022"
    exit_status = 8
