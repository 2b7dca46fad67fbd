"""The chain of hashes that makes a changed, removed, inserted or moved entry show.

The format is `kakanai-log-1`, described in docs/log-format.md; it never changes under this name.
"""

import datetime as dt
import hashlib
import re
import secrets
from dataclasses import dataclass
from typing import Final

from kakanai.sessionlog.body import body_of, entry_from
from kakanai.sessionlog.entry import JST, LogEntry
from kakanai.sessionlog.errors import ForeignRowError

FORMAT: Final = "kakanai-log-1"
FIRST_PREV: Final = "0" * 64
"""What stands as the hash before the first entry."""
_SALT_BYTES: Final = 16

_TIME: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z")


@dataclass(frozen=True)
class Head:
    """The end of the chain: the place, hash and time of its last entry."""

    seq: int
    hash: str
    at: str


@dataclass(frozen=True)
class Link:
    """One row of the chain as it is stored.

    `body` and `salt` are None once it was purged 廃棄. `body_hash` stays, and is what the chain's hash is of;
    without the salt nobody can find out which body it was of.
    """

    seq: int
    at: str
    day: dt.date
    kind: str
    case_number: str
    staff: str
    counter: str
    body: str | None
    salt: str | None
    body_hash: str
    prev: str
    hash: str

    @classmethod
    def after(cls, head: Head | None, entry: LogEntry) -> "Link":
        """The entry as the next link after `head` (None: as the first)."""
        return link_after(
            head,
            at=time_text(entry.at),
            kind=entry.kind.value,
            case_number=entry.case_number or "",
            staff=entry.clerk,
            counter=entry.counter,
            body=body_of(entry),
        )

    @property
    def head(self) -> Head:
        """The chain's end, were this its last link."""
        return Head(self.seq, self.hash, self.at)

    def recomputed_hash(self) -> str:
        """What the hash must be for what stands here, purged or not."""
        return hash_of(
            canonical_text(
                seq=self.seq,
                at=self.at,
                kind=self.kind,
                case_number=self.case_number,
                staff=self.staff,
                counter=self.counter,
                body_hash=self.body_hash,
                prev=self.prev,
            )
        )

    @property
    def is_as_written(self) -> bool:
        """Whether the hashes say that this is what was written, as far as it was not purged."""
        if self.body is None or self.salt is None:
            is_body_right = self.body is None and self.salt is None
        else:
            is_body_right = body_hash_of(self.salt, self.body) == self.body_hash
        return is_body_right and self.recomputed_hash() == self.hash

    def to_entry(self) -> LogEntry:
        """The act that stands here.

        Raises:
            ForeignRowError: another program wrote it, or the body was purged; the value is not repeated.
        """
        if self.body is None:
            raise ForeignRowError("the body was purged")
        try:
            return entry_from(
                at=time_of(self.at),
                kind=self.kind,
                case_number=self.case_number,
                staff=self.staff,
                counter=self.counter,
                body=self.body,
            )
        except ValueError:
            raise ForeignRowError("an entry is none of ours") from None


def link_after(  # one argument for each column
    head: Head | None, *, at: str, kind: str, case_number: str, staff: str, counter: str, body: str
) -> Link:
    """The next link after `head` (None: the first), with a new salt, sealed with its hash."""
    seq, prev = (head.seq + 1, head.hash) if head else (1, FIRST_PREV)
    salt = secrets.token_hex(_SALT_BYTES)
    body_hash = body_hash_of(salt, body)
    text = canonical_text(
        seq=seq,
        at=at,
        kind=kind,
        case_number=case_number,
        staff=staff,
        counter=counter,
        body_hash=body_hash,
        prev=prev,
    )
    return Link(
        seq=seq,
        at=at,
        day=day_of(at),
        kind=kind,
        case_number=str(case_number),
        staff=str(staff),
        counter=counter,
        body=body,
        salt=salt,
        body_hash=body_hash,
        prev=prev,
        hash=hash_of(text),
    )


def canonical_text(  # one argument for each line
    *, seq: int, at: str, kind: str, case_number: str, staff: str, counter: str, body_hash: str, prev: str
) -> str:
    """What is hashed of an entry: nine lines, no newline at the end; no part can hold a newline."""
    return "\n".join((FORMAT, str(seq), at, kind, case_number, staff, counter, body_hash, prev))


def body_hash_of(salt: str, body: str) -> str:
    """What stands for a body in the chain: of two lines, the salt and the body."""
    return hash_of(f"{salt}\n{body}")


def hash_of(text: str) -> str:
    """SHA-256 of the text in UTF-8, in 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def time_text(moment: dt.datetime) -> str:
    """A moment as the chain writes it: `2026-11-21T03:00:00.123456Z`, UTC, always 27 characters.

    Raises:
        ValueError: the moment has no zone.
    """
    if moment.utcoffset() is None:
        raise ValueError("a time without zone is no moment")
    # strftime would write the year 999 with three digits.
    return moment.astimezone(dt.UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def time_of(text: str) -> dt.datetime:
    """The moment that `time_text` wrote.

    Raises:
        ValueError: it did not.
    """
    if _TIME.fullmatch(text) is None:
        raise ValueError("a time is not in its form")
    return dt.datetime.fromisoformat(text)


def day_of(at: str) -> dt.date:
    """The day in Japan of a moment written by `time_text`; ValueError otherwise."""
    return time_of(at).astimezone(JST).date()
