"""Arguments of `card insert` for what is to go wrong with the specimen 見本カード, and how slow it is."""

import argparse
from typing import Final

from kakanai.cardreader.faults import Faults, Pace
from kakanai.cli.errors import UsageError

_COUNTED: Final = (
    ("--remove-after", "答えを N 回返したあとでカードがなくなる(0 は最初の命令の前)"),
    ("--remove-inside", "N 番目の命令の途中でカードがなくなる(命令は実行される)"),
    ("--lose-response", "N 番目の答えだけが届かない(命令は実行され、カードは残る)"),
)
_LOCKED_ANSWERS: Final = {"6983": 0x6983, "6984": 0x6984}
_FEWEST_ANSWERS: Final = 0
_FIRST_COMMAND: Final = 1


def add_fault_arguments(verb: argparse.ArgumentParser) -> None:
    """Let the verb take them; none is needed."""
    for name, text in _COUNTED:
        verb.add_argument(name, type=int, metavar="N", help=text)
    verb.add_argument(
        "--first-command-6f00", action="store_true", help="電源を入れた直後の命令に 6F00 と答える"
    )
    verb.add_argument("--locked-answers", choices=sorted(_LOCKED_ANSWERS), help="ロック後の暗証番号への答え")
    verb.add_argument("--no-sfi", action="store_true", help="短いファイル番号(SFI)を断る")
    verb.add_argument("--short-apdu-only", action="store_true", help="拡張 APDU を断る")
    verb.add_argument("--slow", choices=[pace.value for pace in Pace], help="本物のカードの速さをまねる")


def faults_asked(asked: argparse.Namespace) -> Faults:
    """What the arguments ask for.

    Raises:
        UsageError: an exchange that never comes.
    """
    counts = (
        ("remove_after", _FEWEST_ANSWERS),
        ("remove_inside", _FIRST_COMMAND),
        ("lose_response", _FIRST_COMMAND),
    )
    for name, least in counts:
        number = getattr(asked, name)
        if number is not None and number < least:
            raise UsageError(problem=f"--{name.replace('_', '-')} は {least} 以上です")
    return Faults(
        remove_after_exchanges=asked.remove_after,
        remove_inside=asked.remove_inside,
        lose_response_of=asked.lose_response,
        first_command_6f00=asked.first_command_6f00,
        locked_answers=_LOCKED_ANSWERS[asked.locked_answers] if asked.locked_answers else None,
        no_sfi=asked.no_sfi,
        short_apdu_only=asked.short_apdu_only,
        slow=Pace(asked.slow) if asked.slow else None,
    )
