"""What a failure is called in front of people."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Message:
    """A failure in Japanese: `what` happened 何が起きたか, `next_step` 次にすること."""

    what: str
    next_step: str
