"""Foreseen failures of the training mode 練習."""

from typing import ClassVar

from kakanai.errors import KakanaiError


class TrainingError(KakanaiError):
    """The training mode cannot be made ready; nothing of the town's real state was touched."""

    exit_status: ClassVar[int] = 9


class TrainingHomeError(TrainingError):
    """The training folder cannot be made, filled or emptied. Details: folder, reason (errno name)."""

    code: ClassVar[str] = "T-010"
