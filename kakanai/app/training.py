"""Who is who while specimens 見本カード are served: the training mode needs no people of the town."""

import dataclasses

from kakanai.settings import Town

TRAINING_CLERK = "training"
"""The clerk the log names while specimens are served."""
TRAINING_ADMINISTRATOR = "9900"
"""Who may change the town's settings while specimens are served, as long as the town names nobody."""
TRAINING_SUPERVISOR = "9000"
"""The supervisor 責任者 whose decision counts while specimens are served."""


def with_trainers(town: Town) -> Town:
    """The town with the supervisor 責任者 of the training mode beside its own."""
    return dataclasses.replace(town, supervisors=town.supervisors | {TRAINING_SUPERVISOR})
