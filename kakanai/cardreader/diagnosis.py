"""The bundle `kakanai card diagnose` writes: what a vendor needs to help, and nothing personal."""

import dataclasses
import platform
from collections.abc import Callable
from typing import Final

from kakanai import __version__
from kakanai.cardreader.card_probe import CardProbe
from kakanai.cardreader.connection import CardConnection, Reader, ReaderSource
from kakanai.cardreader.errors import CardError
from kakanai.cardreader.reader_choice import RemembersReader, choose_reader
from kakanai.cardreader.reader_conditions import DetailedReaderSource, ReaderCondition
from kakanai.cardreader.reader_names import reader_identity, reader_kind
from kakanai.cardreader.traced_connection import TracedConnection

BUNDLE_VERSION: Final = 1


def _connect(reader: Reader) -> CardConnection:
    return reader.connect()


def diagnose(
    source: ReaderSource,
    name: str | None = None,
    *,
    connect: Callable[[Reader], CardConnection] | None = _connect,
) -> dict[str, object]:
    """Program, system, readers and the trace of a walk over the card, as plain JSON values.

    `name` chooses the reader as for `card read`; with `connect=None` no card is touched. Whatever fails is
    told in the bundle by its code. Of each exchange there are header, lengths, status word and milliseconds:
    no byte of data, so no name, number or PIN; none was asked for either. No try is used up, and the card is
    powered off afterwards.
    """
    bundle: dict[str, object] = {
        "bundle": BUNDLE_VERSION,
        "kakanai": __version__,
        "python": platform.python_version(),
        "system": {"name": platform.system(), "release": platform.release(), "machine": platform.machine()},
        "pcsc": dict(source.service_facts()) if isinstance(source, DetailedReaderSource) else {},
        "preferred": source.preferred if isinstance(source, RemembersReader) else None,
    }
    try:
        bundle["readers"] = [_told(condition) for condition in _conditions(source)]
        if connect is not None:
            bundle["card"] = _probe(choose_reader(source, name), connect)
    except CardError as error:
        bundle["error"] = _error(error)
    return bundle


def _conditions(source: ReaderSource) -> list[ReaderCondition]:
    if isinstance(source, DetailedReaderSource):
        return source.conditions()
    return [ReaderCondition(reader.name, reader.is_card_present()) for reader in source.readers()]


def _told(condition: ReaderCondition) -> dict[str, object]:
    return {
        "name": condition.name,
        "identity": reader_identity(condition.name),
        "kind": reader_kind(condition.name).value,
        "has_card": condition.has_card,
        "atr": condition.atr.hex().upper(),
        "flags": list(condition.flags),
    }


def _probe(reader: Reader, connect: Callable[[Reader], CardConnection]) -> dict[str, object]:
    connection = TracedConnection(connect(reader))
    told: dict[str, object] = {"reader": reader.name, "extended_known": connection.limits.extended}
    probe = CardProbe(connection)
    try:
        probe.run()
    except CardError as error:
        told["error"] = _error(error)
    finally:
        connection.disconnect()
    told["exchanges"] = [
        {"step": step, **dataclasses.asdict(exchange)}
        for step, exchange in zip(probe.steps, connection.trace, strict=True)
    ]
    return told


def _error(error: CardError) -> dict[str, object]:
    return {"code": error.code, **error.details}
