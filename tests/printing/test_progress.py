"""A printer's own words for what is the matter, in ours."""

import pytest

from kakanai.printing.progress import PrintProgress, PrintState, alert_words, trouble


@pytest.mark.parametrize(
    ("reasons", "state"),
    [
        (["media-empty-error"], PrintState.NO_PAPER),
        (["media-needed-warning"], PrintState.WRONG_PAPER),
        (["media-low-warning", "media-jam-error"], PrintState.JAM),
        (["cover-open"], PrintState.OPEN),
        (["toner-empty-error"], PrintState.NO_TONER),
        (["offline-report"], PrintState.OFFLINE),
        (["paused"], PrintState.STOPPED),
        (["media-low-warning", "none", ""], None),
        ([], None),
    ],
)
def test_reasons_in_our_words(reasons, state):
    assert trouble(reasons) is state


def test_words_we_do_not_know_are_told_as_they_are():
    assert alert_words(["media-empty-error", "media-empty", "fuser-over-temp-error"]) == (
        "用紙切れ、fuser-over-temp-error"
    )
    assert alert_words(["none"]) == ""


def test_progress_counts_what_is_out_and_finds_the_trouble():
    progress = PrintProgress(
        "p", (("F01", PrintState.DONE), ("F02", PrintState.JAM), ("F03", PrintState.WAITING))
    )
    assert (progress.done, progress.trouble) == (1, PrintState.JAM)
