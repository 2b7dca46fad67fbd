"""Where state lies, and what is made ready there before anything else happens."""

import errno
import logging
from collections.abc import Callable

from kakanai.cli.diagnostic_log import DIAGNOSTIC_FILE, DiagnosticFile
from kakanai.drafts.draft_shelf import DraftPlaces
from kakanai.drafts.kept_forms import KeptPlaces
from kakanai.printing.folder import remove_leftovers
from kakanai.settings import HOME_VARIABLE, HomeUnwritableError, Paths, Town
from kakanai.setup.last_good import present_town


def find_paths() -> Paths:
    """The places of all state, as the environment names them.

    Raises:
        HomeUnwritableError: the name leads nowhere (`~nobody`, or a relative one in a deleted folder).
    """
    try:
        return Paths.from_environment()
    except RuntimeError as error:
        raise HomeUnwritableError(folder=HOME_VARIABLE, reason="ENOENT") from error
    except OSError as error:
        reason = errno.errorcode.get(error.errno or 0, "EIO")
        raise HomeUnwritableError(folder=HOME_VARIABLE, reason=reason) from error


def draft_places(paths: Paths) -> DraftPlaces:
    """Where drafts 下書き lie, and the file of their key."""
    return DraftPlaces(paths.drafts_dir, paths.draft_key_file)


def kept_places(paths: Paths) -> KeptPlaces:
    """Where forms lie as they were printed, and the file of their key."""
    return KeptPlaces(paths.kept_forms_dir, paths.kept_forms_key_file)


def prepare(paths: Paths, town_of: Callable[[Paths], Town] = present_town) -> Town:
    """State folders made, diagnostic log started, the town's settings read by `town_of`.

    Raises:
        SettingsError: the folder or the town's file cannot be used.
        SettingsLostError: the town's file is gone, though it was there.
    """
    paths.ensure_home()
    town = town_of(paths)
    start_diagnostic_log(paths, town.diagnostic_level)
    remove_leftovers(paths.output_dir)
    return town


def start_diagnostic_log(paths: Paths, level: str) -> None:
    """Write the diagnostic log 診断ログ (codes, APDU headers, no personal data) below the state folder."""
    logger = logging.getLogger("kakanai")
    for handler in list(logger.handlers):
        logger.removeHandler(handler)
        handler.close()
    logger.addHandler(DiagnosticFile(paths.diagnostic_log_dir / DIAGNOSTIC_FILE))
    logger.setLevel(level)
    logger.propagate = False
