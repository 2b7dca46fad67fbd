"""The family of foreseen errors, each with a stable code that docs/failure-codes.md explains."""

from typing import ClassVar

Detail = int | str


class KakanaiError(Exception):
    """A failure the program foresees 想定内の失敗.

    `code` is stable for ever (docs/failure-codes.md); `exit_status` is what the command line returns.
    `details` are facts for the message in `kakanai.messages` (counts, status words, file names, field ids).
    A detail is never a name, an address, a birth date, a 個人番号 or a PIN: they would reach logs.
    """

    code: ClassVar[str] = "X-000"
    exit_status: ClassVar[int] = 1

    def __init__(self, **details: Detail) -> None:
        self.details: dict[str, Detail] = details
        super().__init__(self.code)

    def __str__(self) -> str:
        told = " ".join(f"{name}={value}" for name, value in self.details.items())
        return f"{self.code} {told}".rstrip()
