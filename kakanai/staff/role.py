"""What somebody is at the town hall 役割; one staff number has one of them."""

from enum import StrEnum


class Role(StrEnum):
    """A role 役割. The words are those the session log keeps."""

    CLERK = "clerk"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"

    @property
    def label(self) -> str:
        """The role in Japanese."""
        return _LABELS[self]


_LABELS = {
    Role.CLERK: "担当者",
    Role.SUPERVISOR: "責任者",
    Role.ADMINISTRATOR: "管理者",
    Role.AUDITOR: "監査",
}
