"""The issuers' keys this program knows 発行者鍵の表: data with provenance, none in the code."""

from collections.abc import Iterable
from pathlib import Path

from kakanai.cardreader.authenticity.issuer_file import load_issuer_file
from kakanai.cardreader.authenticity.issuer_key import IssuerKey, KeyUse
from kakanai.datafile import DataFileError


class IssuerTable:
    """Keys by use and id; with the same use and id the later one stands."""

    def __init__(self, keys: Iterable[IssuerKey] = ()) -> None:
        self._keys = {(key.use, key.key_id): key for key in keys}

    @classmethod
    def load(cls, *places: Path) -> "IssuerTable":
        """The keys of all places, each a file or a folder of *.yaml; a later place overrides an earlier one.

        A place that does not exist adds nothing (a town need not have keys of its own): without keys a card
        is 発行者鍵なし, never 検証済.

        Raises:
            DataFileError: with file and line; also for one use and id in two files of a folder.
        """
        keys: list[IssuerKey] = []
        for place in places:
            keys.extend(_load_place(place))
        return cls(keys)

    def find(self, use: KeyUse, key_id: bytes) -> IssuerKey | None:
        """The key of that use and id, if it is known."""
        return self._keys.get((use, key_id))

    def of_use(self, use: KeyUse) -> tuple[IssuerKey, ...]:
        """All keys of that use."""
        return tuple(key for key in self._keys.values() if key.use is use)

    def every_key(self) -> tuple[IssuerKey, ...]:
        """All keys, for a list people can read."""
        return tuple(self._keys.values())


def _load_place(place: Path) -> list[IssuerKey]:
    if place.is_file():
        return list(load_issuer_file(place))
    found: dict[tuple[KeyUse, bytes], IssuerKey] = {}
    for path in sorted(place.glob("*.yaml")):
        for key in load_issuer_file(path):
            if (key.use, key.key_id) in found:
                raise DataFileError(
                    path.name,
                    0,
                    f"ほかのファイルと同じ用途と id の鍵があります: {key.use} {key.key_id.hex()}",
                )
            found[key.use, key.key_id] = key
    return list(found.values())
