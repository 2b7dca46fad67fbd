"""`card insert`: what is to go wrong reaches the card as it was asked for."""

import json

import pytest

from kakanai.cardreader.faults import Faults, Pace
from kakanai.cli.fault_arguments import faults_asked
from kakanai.cli.parser import parse

INSERT = ["card", "insert", "official-test"]


@pytest.mark.parametrize(
    ("arguments", "faults"),
    [
        ([], Faults()),
        (["--remove-after", "0"], Faults(remove_after_exchanges=0)),
        (["--remove-inside", "3"], Faults(remove_inside=3)),
        (["--lose-response", "1"], Faults(lose_response_of=1)),
        (["--first-command-6f00", "--no-sfi"], Faults(first_command_6f00=True, no_sfi=True)),
        (["--locked-answers", "6983"], Faults(locked_answers=0x6983)),
        (["--short-apdu-only", "--slow", "contact"], Faults(short_apdu_only=True, slow=Pace.CONTACT)),
    ],
)
def test_arguments_become_faults(arguments, faults):
    assert faults_asked(parse([*INSERT, *arguments])) == faults


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["--remove-after", "-1"], "--remove-after は 0 以上"),
        (["--remove-inside", "0"], "--remove-inside は 1 以上"),
        (["--lose-response", "0"], "--lose-response は 1 以上"),
        (["--lose-response", "x"], "--lose-response の値の形"),
        (["--slow", "fast"], "--slow の値の形"),
        (["--locked-answers", "9000"], "--locked-answers の値の形"),
    ],
)
def test_what_cannot_be_asked_for(kakanai, arguments, problem):
    status, out, _ = kakanai(*INSERT, *arguments, "--json")
    error = json.loads(out)["error"]
    assert (status, error["code"]) == (2, "U-001")
    assert problem in error["message"]
