"""券面事項確認AP: the card's face 券面 as pictures, behind 照合番号B."""

from kakanai.cardreader.card_files import CardFiles
from kakanai.cardreader.kinds import CardKey
from kakanai.cardreader.mynumber.files import (
    SURFACE_CERTIFICATE_FILE,
    SURFACE_COLLATION_B_FILE,
    SURFACE_FILE,
)
from kakanai.cardreader.mynumber.key_tries import KeyTries
from kakanai.cardreader.mynumber.proof import SurfaceProof
from kakanai.cardreader.mynumber.proof_steps import challenge_card, read_if_given, told_of
from kakanai.cardreader.mynumber.surface_reading import SURFACE_APPLICATION

_SURFACE_BYTES_MAX = 32767  # READ BINARY reaches no further; real faces are said to have 3 to 6 kB


class SurfaceCheckAp:
    """券面事項確認AP, which must be selected; each method is one step and knows no order of steps.

    `collation_b` has a counter of its own, apart from that of 券面事項入力補助AP (given).
    """

    def __init__(self, files: CardFiles) -> None:
        self._files = files
        self.collation_b = KeyTries(files, SURFACE_COLLATION_B_FILE, CardKey.SURFACE_COLLATION_B)

    def read_surface(self) -> bytes:
        """EF 0002 without filler: facts, pictures and signature; 照合番号B must have been verified.

        Raises:
            PinRequiredError: SW 6982; nothing was read, no try was used up.
            CardDataError: the file holds no whole object.
            CardStatusError: any other refusal.
        """
        with told_of(SURFACE_APPLICATION, CardKey.SURFACE_COLLATION_B):
            return self._files.read_object(SURFACE_FILE, at_most=_SURFACE_BYTES_MAX)

    def read_certificate(self) -> bytes | None:
        """EF 0004, which no key protects; None: the card has none."""
        with told_of(SURFACE_APPLICATION, CardKey.SURFACE_COLLATION_B):
            return read_if_given(self._files, SURFACE_CERTIFICATE_FILE, free=True)

    def read_proof(self, certificate: bytes | None, surface: bytes) -> SurfaceProof:
        """A challenge, with the files that were read before."""
        return SurfaceProof(surface, certificate, challenge_card(self._files))
