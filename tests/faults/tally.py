"""What the fault test has done, for its summary line."""

import collections
import dataclasses


@dataclasses.dataclass
class Tally:
    """Counts over all examples; `tries` are those that cards lost, each asked for by the clerk.

    `altered` are readings of which a part was altered on its way, `altered_seen` those judged 不一致 for it.
    """

    sessions: int = 0
    openings: int = 0
    requests: int = 0
    readings: int = 0
    judged: int = 0
    verifies: int = 0
    tries: int = 0
    altered: int = 0
    altered_seen: int = 0
    swaps_in_session: int = 0
    faults: collections.Counter[str] = dataclasses.field(default_factory=collections.Counter)
    outcomes: collections.Counter[str] = dataclasses.field(default_factory=collections.Counter)
    answered: collections.Counter[str] = dataclasses.field(default_factory=collections.Counter)
    wrong_readings: int = 0
    unasked_tries: int = 0
    foreign_errors: int = 0

    def line(self) -> str:
        """The summary: what was done, and the three numbers that must be 0."""
        return (
            f"fault test: {self.sessions} sessions, {sum(self.faults.values())} faults injected, "
            f"{self.readings} readings ({self.judged} judged, {self.altered} with a part altered on its way, "
            f"{self.altered_seen} of these seen by signature), "
            f"{self.verifies} VERIFY sent, {self.tries} tries spent as asked, "
            f"{self.unasked_tries} tries spent unasked, {self.wrong_readings} wrong readings, "
            f"{self.foreign_errors} errors not ours"
        )


TALLY = Tally()
"""Of the run that counts; runs with a broken program keep tallies of their own."""
