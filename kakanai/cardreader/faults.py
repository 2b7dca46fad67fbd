"""What is to go wrong with a card on purpose 故障の注文; only simulated readers and vpcd can carry it out.

Real cards and readers do all of these by themselves; grades at each.
"""

import dataclasses
import enum


@enum.unique
class Pace(enum.StrEnum):
    """Which interface's slowness is modelled."""

    CONTACTLESS = "contactless"
    CONTACT = "contact"


@dataclasses.dataclass
class Faults:
    """Exchanges are counted from 1, since the card was connected to or put on the reader; None is never.

    `remove_after_exchanges`: the card leaves after that many answers (0: before the first command).
    `remove_inside`: the card carries that command out and leaves before its answer.
    `lose_response_of`: the card carries that command out and stays, but its answer does not arrive.
    `first_command_6f00`: 6F00 to the first command after power-on (observed: soltia48/myna-card, one card).
    `locked_answers`: 6983 or 6984 to VERIFY when locked; None is the card's own (sources disagree).
    `no_sfi`: 6A86 to every form with a short file id (assumed: ISO/IEC 7816-4 leaves them to the card).
    `short_apdu_only`: 6700 to extended APDUs (given: descriptors of CCID readers).
    `slow`: answers take the modelled time.
    """

    remove_after_exchanges: int | None = None
    remove_inside: int | None = None
    lose_response_of: int | None = None
    first_command_6f00: bool = False
    locked_answers: int | None = None
    no_sfi: bool = False
    short_apdu_only: bool = False
    slow: Pace | None = None

    def over(self, own: "Faults") -> "Faults":
        """These, and where these say nothing, the card's `own`."""
        asked = {
            field.name: value
            for field in dataclasses.fields(self)
            if (value := getattr(self, field.name)) is not None and value is not False
        }
        return dataclasses.replace(own, **asked)
