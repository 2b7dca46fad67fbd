#!/usr/bin/env python3
# ruff: noqa: T201, UP017, B905, ANN401, D102
# Python 3.9 must run this file: it has no dt.UTC. It is a program of its own, so it prints.
"""Verifier of the operation log 操作ログ of kakanai: one file, for anybody who has a copy of the log.

    python3 kakanai_log_verify.py sessionlog.sqlite3
    python3 kakanai_log_verify.py --export log.jsonl --public-key office.pem --head HEX --seq N --json

It needs Python 3.9 and nothing else; with the package `cryptography` it also checks the signatures of day
closes. It shares no line with the program that writes the log. The format is described in docs/log-format.md.
What it looks at is not changed: a database with a WAL beside it is copied to a temporary folder first.

Exit status: 0 nothing found, 1 findings, 2 wrong arguments, 3 cannot be read as a log or was written to
meanwhile, 4 nothing found, but signatures could not be checked (no `cryptography`).
"""

from __future__ import annotations

import argparse
import base64
import contextlib
import datetime as dt
import functools
import hashlib
import itertools
import json
import marshal
import operator
import os
import re
import shutil
import sqlite3
import struct
import sys
import tempfile
from collections.abc import Callable, Container, Iterable, Iterator
from pathlib import Path
from typing import Any

VERIFIER = "1"
FORMAT = "kakanai-log-1"
EXPORT_FORMAT = "kakanai-log-export-1"
INTACT, FINDINGS, USAGE, UNREADABLE, INCOMPLETE = 0, 1, 2, 3, 4

ZEROS = "0" * 64
MOST_TOLD = 200
JAPAN = dt.timezone(dt.timedelta(hours=9))

Row = tuple[Any, ...]

# ---------------------------------------------------------------- what is said

_KEEP = (
    "このファイルに書き込まず、写しと控え(バックアップ)を取って、情報セキュリティ担当と監査に知らせてください。"
    "控えと比べると、元の記録が分かります。"
)
_REBUILD = (
    "記録そのもの(鎖)から作り直せます(kakanai db check --rebuild)。"
    "その前に写しを取り、だれがいつ変えたかを情報セキュリティ担当と調べてください。"
)
_CLOSES = "日報の紙にある締めの値(先頭の16桁)と比べ、情報セキュリティ担当と監査に知らせてください。"
_COPY = "控え(バックアップ)から戻してください。その前に、壊れたファイルの写しを取ってください。"
_STAFF = "管理者が職員の一覧(kakanai staff list)を確かめ、覚えのない変更なら、その職員番号を止めてください。"

SAYINGS = {
    "file_damaged": ("ファイルが壊れています({detail})。", _COPY),
    "wal_damaged": ("WAL の途中が壊れていて、その後に書かれた記録が読めません。", _COPY),
    "schema_changed": ("表「{table}」の形が違います({detail})。", _KEEP),
    "schema_missing": ("表「{table}」がありません。", _KEEP),
    "schema_added": ("この記録にないはずのもの({detail})があります。", _KEEP),
    "guard_missing": ("書き換えを防ぐしかけ({detail})がありません。", _KEEP),
    "guard_changed": ("書き換えを防ぐしかけ({detail})が変えられています。", _KEEP),
    "index_changed": ("索引({detail})がないか、形が違います。", _REBUILD),
    "entry_changed": ("記録 {seq} の内容が、書かれたときと違います。", _KEEP),
    "entry_form": ("記録 {seq} の「{detail}」が、記録の形をしていません。", _KEEP),
    "entry_missing": ("記録 {first} から {last} までがありません。", _KEEP),
    "entry_inserted": ("記録 {seq} の前に、後から差し込まれた記録があります。", _KEEP),
    "entry_moved": ("記録 {seq} は、もとは {detail} 番にありました。並びが変えられています。", _KEEP),
    "entry_doubled": ("記録 {seq} が二重にあるか、並びが逆です。", _KEEP),
    "link_broken": ("記録 {seq} が、1つ前の記録につながりません。", _KEEP),
    "day_wrong": ("記録 {seq} の日付が、時刻から決まる日と違います。", _KEEP),
    "purge_uncovered": ("記録 {seq} の本文がありませんが、廃棄の記録がありません。", _KEEP),
    "purge_differs": ("廃棄の記録 {seq} の件数か証明の値が、残っているものと合いません。", _KEEP),
    "purge_not_allowed": (
        "廃棄の記録 {seq} が、してはならない廃棄をしています"
        "(締めの前の記録、1年たたない記録、残すべき種類の記録のどれか)。",
        _KEEP,
    ),
    "head_missing": (
        "記録は {last} 番で終わっていますが、{detail}に {seq} 番があります。"
        "終わりが消されたか、古い控えに戻されています。",
        _KEEP,
    ),
    "head_differs": ("記録 {seq} が、{detail}の値と違います。記録が作り直されたか、別の記録です。", _KEEP),
    "close_form": ("{day} の締めの「{detail}」が、締めの形をしていません。", _CLOSES),
    "close_span": ("{day} の締めの範囲(最初・最後・件数)が、前の締めに続いていません。", _CLOSES),
    "close_chain": (
        "{day} の締めが、1つ前の締めにつながりません。間の締めが消されたか、変えられています。",
        _CLOSES,
    ),
    "close_day": ("{day} の締めの最後の記録が、その日より後のものです。", _CLOSES),
    "close_key": ("{day} の締めの署名の鍵が、知られていません。", _CLOSES),
    "close_signature": ("{day} の締めの署名が合いません。", _CLOSES),
    "close_missing": ("{day} の締めの記録 {seq} がありますが、締めそのものがありません。", _CLOSES),
    "close_unlogged": ("{day} の締めがありますが、締めたという記録がありません。", _CLOSES),
    "close_differs": ("{day} の締めが、締めたという記録 {seq} と合いません。", _CLOSES),
    "key_form": ("役所の署名の鍵({detail})が、鍵の形をしていません。", _CLOSES),
    "key_unlogged": ("役所の署名の鍵({detail})を作ったという記録がありません。", _CLOSES),
    "key_missing": ("役所の署名の鍵を作ったという記録 {seq} がありますが、鍵がありません。", _CLOSES),
    "number_form": ("受付番号の台帳に、番号と日・連番の合わない行があります({detail})。", _KEEP),
    "number_missing": ("受付番号 {detail} は使われていますが、台帳にありません。", _KEEP),
    "number_doubled": ("受付番号 {detail} が、2度渡されたか、2つの受付で使われています。", _KEEP),
    "number_gone": (
        "受付番号 {detail} が台帳から消えています。番号は 1 から順に渡されるので、渡してあったはずです。",
        _KEEP,
    ),
    "number_fewer": (
        "{day} の締めのときに台帳にあった受付番号のうち、{detail} 件が消えています。",
        _KEEP,
    ),
    "derived_changed": ("「{table}」の {detail} が、記録から決まるものと違います。", _REBUILD),
    "derived_missing": ("「{table}」の {detail} がありません。", _REBUILD),
    "derived_added": ("「{table}」に、記録からは出てこない {detail} があります。", _REBUILD),
    "derived_form": ("「{table}」の行の並びか形が違います。", _REBUILD),
    "staff_differs": (
        "職員 {detail} の役割か資格が、最後の記録 {seq} の後で、記録なしに変えられています。",
        _STAFF,
    ),
    "staff_unlogged": ("職員 {detail} が、加えたという記録なしに入っています。", _STAFF),
    "staff_missing": ("職員 {detail} の行が、記録なしに消されています(記録 {seq})。", _STAFF),
    "export_cut": ("書き出しが途中で終わっています。", "もう一度書き出すか、受け取り直してください。"),
    "export_changed": (
        "書き出しの合計の値が合いません。書き出した後に変えられています。",
        "もう一度書き出すか、受け取り直し、出どころを確かめてください。",
    ),
    "export_form": ("書き出しの {detail} 行目が読めません。", "もう一度書き出すか、受け取り直してください。"),
    "export_count": (
        "書き出しの件数か終わりの値({detail})が、中身と合いません。",
        "もう一度書き出すか、受け取り直してください。",
    ),
}

NOTES = {
    "no_mark": (
        "終わりの記録が消されていないかは、締め・日報の値(--head と --seq)・錨(--anchor)と比べて分かります。"
        "今回はどれもありません。"
    ),
    "unclosed": "最後の締めの後の記録 {count} 件は、署名ではまだ守られていません。",
    "own_key": (
        "署名は、同じファイルの中の鍵で確かめました。鍵の値 {detail} を、"
        "役所で別に保管した値と比べてください(--public-key)。"
    ),
    "no_signatures": (
        "署名は確かめていません(cryptography がありません)。"
        "締め {count} 件の署名は、入れてからもう一度確かめてください。"
    ),
    "purged": "保存年限が過ぎて廃棄された記録 {count} 件。残っている部分は、廃棄の記録と合いました。",
    "clock_set_back": "時計が戻されたという記録 {count} 件(最初は {seq} 番)。",
    "rolled_back_seen": "古い記録に戻されたのを見つけたという記録 {count} 件(最初は {seq} 番)。",
    "restored": "控えから戻したという記録 {count} 件(最初は {seq} 番)。",
    "spool_merged": "切れていた間の記録を後から入れたという記録 {count} 件(最初は {seq} 番)。",
    "schema_upgraded": "古い版の記録を移したという記録 {count} 件(最初は {seq} 番)。",
    "numbers_unused": "渡した後に受付が始まらなかった受付番号 {count} 件: {detail}",
}


class Report:
    """What was found and what is to be known; findings beyond `limit` are counted only."""

    def __init__(self, limit: int = MOST_TOLD) -> None:
        self.limit = limit
        self.findings: list[dict[str, Any]] = []
        self.total = 0
        self.counts: dict[str, int] = {}
        self.notes: list[dict[str, Any]] = []
        self.entries = 0
        self.purged = 0
        self.last: tuple[int, str, str] | None = None
        self.first_day = ""
        self.last_day = ""
        self.closes = 0
        self.signed = 0
        self.signatures = "none"

    def find(self, kind: str, **told: Any) -> None:
        """One finding; `told` holds places, counts and column names, never what a cell contains."""
        self.total += 1
        self.counts[kind] = self.counts.get(kind, 0) + 1
        if len(self.findings) >= self.limit:
            return
        what, step = SAYINGS[kind]
        words = {name: "?" for name in ("seq", "table", "detail", "day", "first", "last")}
        words.update(told)
        self.findings.append(
            {"kind": kind, "seq": told.get("seq"), **told, "what": what.format(**words), "next_step": step}
        )

    def note(self, kind: str, **told: Any) -> None:
        """Something that is no finding but must be known."""
        words = {"count": 0, "seq": "?", "detail": ""}
        words.update(told)
        self.notes.append({"kind": kind, **told, "text": NOTES[kind].format(**words)})

    @property
    def status(self) -> int:
        """The exit status."""
        if self.total:
            return FINDINGS
        return INCOMPLETE if self.signatures == "unchecked" else INTACT

    def to_mapping(self) -> dict[str, Any]:
        """The report for JSON."""
        return {
            "verifier": VERIFIER,
            "format": FORMAT,
            "result": {INTACT: "intact", FINDINGS: "findings", INCOMPLETE: "incomplete"}[self.status],
            "entries": self.entries,
            "purged": self.purged,
            "first_day": self.first_day,
            "last_day": self.last_day,
            "head": None if self.last is None else dict(zip(("seq", "hash", "at"), self.last)),
            "day_closes": self.closes,
            "signatures": self.signatures,
            "signatures_good": self.signed,
            "findings_total": self.total,
            "findings_by_kind": self.counts,
            "findings": self.findings,
            "notes": self.notes,
        }

    def lines(self) -> list[str]:
        """The report for people."""
        span = f"、{self.first_day} から {self.last_day} まで" if self.entries else ""
        told = [f"記録 {self.entries} 件{span}。締め {self.closes} 件(署名を確かめたもの {self.signed} 件)。"]
        if self.last is not None:
            told.append(f"終わりの記録: {self.last[0]} 番  {self.last[1]}")
        if not self.total:
            told.append(
                "変えられた記録・消された記録・差し込まれた記録・入れ替えられた記録は、見つかりませんでした。"
            )
        else:
            told.append(f"合わないところが {self.total} 件あります。")
        for number, finding in enumerate(self.findings, 1):
            told.append(f"{number:>4}. [{finding['kind']}] {finding['what']}")
            if number == len(self.findings) or self.findings[number]["next_step"] != finding["next_step"]:
                told.append(f"      次にすること: {finding['next_step']}")
        if self.total > len(self.findings):
            told.append(f"      ほかに {self.total - len(self.findings)} 件あります(--limit で増やせます)。")
        told += [f"お知らせ: {note['text']}" for note in self.notes]
        return told


class UnreadableError(Exception):
    """What was given cannot be read as a log. `reason` is a short word."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


UNREADABLE_SAYINGS = {
    "missing": ("ファイルがありません。", "名前と場所を確かめてください。"),
    "unreadable": ("ファイルを読めません。", "読む権利のある人が確かめてください。"),
    "foreign": (
        "操作ログのファイルではないか、はじめが壊れています。",
        "ファイルの名前を確かめてください。操作ログのはずなら、写しを取り、控えから戻してください。",
    ),
    "schema": (
        "この検査プログラムの知らない版の操作ログです。",
        "その版の kakanai で kakanai log verifier --out を実行し、出てきた検査プログラムを使ってください。",
    ),
    "busy": (
        "確かめている間に書き込まれました。",
        "窓口のプログラムを閉じてから、または控え(kakanai db backup)を、もう一度確かめてください。",
    ),
    "public_key": ("公開鍵のファイルを読めません。", "役所の公開鍵(PEM)のファイルを指定してください。"),
    "anchor": ("錨のファイルを読めません。", "anchor.json を指定してください。"),
}

# ---------------------------------------------------------------- the chain

_ACTS = frozenset(
    [
        "case_opened",
        "card_read",
        "reading_failed",
        "hand_entered",
        "procedures_chosen",
        "forms_filled",
        "finding_decided",
        "mismatch_accepted",
        "card_fact_stale",
        "person_added",
        "person_removed",
        "address_protected",
        "identity_checked",
        "documents_checked",
        "visitor_confirmed",
        "print_released",
        "print_done",
        "print_failed",
        "case_suspended",
        "case_resumed",
        "case_corrected",
        "case_closed",
        "case_cancelled",
    ]
)
_REVIEWS = {"case_approved": "approved", "case_sent_back": "sent_back", "case_commented": None}
PURGEABLE = _ACTS | frozenset(
    [
        "case_approved",
        "case_sent_back",
        "case_commented",
        "log_viewed",
        "log_searched",
        "log_exported",
        "log_verified",
        "drafts_deleted",
        "signed_in",
        "sign_in_failed",
        "signed_out",
        "locked",
        "unlocked",
        "settings_changed",
    ]
)
"""Kinds of entry whose body may go when its time is over."""
_LEAST_KEPT = dt.timedelta(days=365)

COLUMNS = (
    *("seq", "at", "day", "kind", "case_number", "staff", "counter"),
    *("body", "salt", "body_hash", "prev", "hash"),
)
_TYPES = (int, str, str, str, str, str, str, str, str, str, str, str)
_PURGED_TYPES = (int, str, str, str, str, str, str, type(None), type(None), str, str, str)
_AT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-5][0-9]:[0-5][0-9]\.[0-9]{6}Z")
_HEAD = re.compile(r"[0-9a-f]{16,64}")
_HEX64 = re.compile(r"[0-9a-f]{64}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def encoded(text: str) -> bytes:
    """UTF-8; bytes of a damaged cell that were none come out as they were."""
    return text.encode("utf-8", "surrogateescape")


def readable(text: str) -> str:
    """The text with bytes that are none told by their numbers."""
    return encoded(text).decode("utf-8", "backslashreplace")


def hash_of(row: Row, seq: int | None = None) -> str:
    """SHA-256 of an entry's canonical text; `seq` puts it in another place."""
    text = "\n".join((FORMAT, str(row[0] if seq is None else seq), row[1], *row[3:7], row[9], row[10]))
    return hashlib.sha256(encoded(text)).hexdigest()


class Days:
    """Day in Japan of a time of the log; None when it is no such time."""

    def __init__(self) -> None:
        self._of_hour: dict[str, str | None] = {}

    def of(self, at: str) -> str | None:
        if _AT.fullmatch(at) is None:
            return None
        hour = at[:13]
        if hour not in self._of_hour:
            if len(self._of_hour) > 4096:
                self._of_hour.clear()
            try:
                year, month, day, begin = int(hour[:4]), int(hour[5:7]), int(hour[8:10]), int(hour[11:])
                moment = dt.datetime(year, month, day, begin, tzinfo=dt.timezone.utc)
                self._of_hour[hour] = moment.astimezone(JAPAN).date().isoformat()
            except (ValueError, OverflowError):
                self._of_hour[hour] = None
        return self._of_hour[hour]


class Marks:
    """Hashes that must stand in certain places of the chain, and who says so.

    The first digits of a hash serve as well: nobody types 64 of them from a sheet of paper.
    """

    def __init__(self) -> None:
        self._by_seq: dict[int, list[tuple[str, str]]] = {}
        self.from_outside = 0

    def add(self, seq: int, hash_: str, source: str, *, outside: bool = False) -> None:
        self._by_seq.setdefault(seq, []).append((hash_, source))
        self.from_outside += outside

    def seen(self, seq: int, hash_: str, report: Report) -> None:
        for expected, source in self._by_seq.pop(seq, ()):
            if not hash_.startswith(expected):
                report.find("head_differs", seq=seq, detail=source)

    @property
    def places(self) -> Container[int]:
        """Where a hash is known and was not seen yet."""
        return self._by_seq.keys()

    def unseen(self, last: int, report: Report) -> None:
        for seq, told in sorted(self._by_seq.items()):
            for _, source in told:
                if seq > last:
                    report.find("head_missing", seq=seq, detail=source, last=last)
                else:
                    report.find("head_differs", seq=seq, detail=source)


class Purge:
    """One act of purging 廃棄: which entries lost their body by it, and the digest of what stayed of them.

    A case goes as a whole: its acts count for the day of its number. Everything else counts for its own day.
    """

    def __init__(self, row: Row, on: str, kinds: frozenset[str], ref: int, entries: int, digest: str) -> None:
        self.seq, self.day = row[0], row[2]
        self.on, self.kinds, self.ref, self.entries, self.digest = on, kinds, ref, entries, digest
        self.found = 0
        self._digest = hashlib.sha256()

    @classmethod
    def read(cls, row: Row) -> Purge | None:
        """The purge that an entry tells of; None when it tells of none."""
        body = parsed(row[7]) if isinstance(row[7], str) else {}
        with contextlib.suppress(KeyError, TypeError, ValueError):
            if type(row[0]) is int and isinstance(row[2], str):
                kinds = frozenset(map(_text, body["names"]))
                on, ref, entries = _text(body["on"]), _count(body["ref"]), _count(body["counts"]["entries"])
                return cls(row, on, kinds, ref, entries, _text(body["digest"]))
        return None

    def covers(self, row: Row) -> bool:
        """Whether this purge took the body of an entry that has none."""
        if row[0] > self.ref or row[3] not in self.kinds:
            return False
        counted: str | None = row[2]
        if row[3] in _ACTS:
            parts = number_parts(row[4])
            counted = parts[0] if parts else None
        return counted is not None and counted <= self.on

    def take(self, row: Row) -> None:
        """One of the entries it covers."""
        self.found += 1
        self._digest.update(encoded("\t".join(map(str, (row[0], row[1], *row[3:7], *row[10:12]))) + "\n"))

    def is_proven(self) -> bool:
        """Whether all it covers was there, and nothing else."""
        return self.found == self.entries and self._digest.hexdigest() == self.digest

    def is_allowed(self, closed: Iterable[tuple[int, Any]]) -> bool:
        """Whether it took only what was signed before, is old enough, and is of a kind that may go.

        Args:
            closed: The place of each entry `day_closed`, and the last place that the close covers.
        """
        is_signed = any(seq < self.seq and ref == self.ref for seq, ref in closed)
        with contextlib.suppress(ValueError):
            age = dt.date.fromisoformat(self.day) - dt.date.fromisoformat(self.on)
            return is_signed and bool(self.kinds) and self.kinds <= PURGEABLE and age >= _LEAST_KEPT
        return False


def parsed(body: str | None) -> dict[str, Any]:
    """The body as a mapping, empty when it is none of ours: ours are ASCII, without escapes.

    Nobody changes it: the many entries that tell the same share one.
    """
    if body is None or "\\u" in body:
        return {}
    return _parsed_short(body) if len(body) < _SHORT else json_object(body)


@functools.lru_cache(maxsize=4096)
def _parsed_short(body: str) -> dict[str, Any]:
    return json_object(body)


def json_object(text: str | bytes) -> dict[str, Any]:
    """The mapping that a text spells, empty when it spells none."""
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def walk_chain(  # noqa: C901 - one loop: a million calls more would cost more than they tell
    entries: Iterable[Row],
    purges: list[Purge],
    marks: Marks,
    report: Report,
    take: Callable[[int, str, str, str, str, str, str, str | None], None],
    day_at: dict[int, str],
) -> None:
    """Go through all entries once; `take` gets each. `day_at` gets the days of the places it has as keys."""
    days = Days()
    last_seq, last_hash = 0, ZEROS
    recent: dict[str, int] = {}
    older: dict[str, int] = {}
    sha256, day_of, marked = hashlib.sha256, days.of, marks.places
    for row in entries:
        seq, at, day, kind, case, staff, counter, body, salt, body_hash, prev, stored = row
        types = tuple(map(type, row))
        if types != _TYPES and types != _PURGED_TYPES:
            wanted = _TYPES if body is not None else _PURGED_TYPES
            name = next(column for column, is_, must in zip(COLUMNS, types, wanted) if is_ is not must)
            report.find("entry_form", seq=seq if type(seq) is int else last_seq + 1, detail=name)
            if type(seq) is not int or not isinstance(stored, str):
                last_seq += 1
                last_hash = ""
                continue
            last_seq, last_hash = seq, stored
            continue
        right_day = day_of(at)
        text = f"{FORMAT}\n{seq}\n{at}\n{kind}\n{case}\n{staff}\n{counter}\n{body_hash}\n{prev}"
        good = sha256(text.encode("utf-8", "surrogateescape")).hexdigest() == stored
        if body is not None:
            of_body = f"{salt}\n{body}".encode("utf-8", "surrogateescape")
            good = good and sha256(of_body).hexdigest() == body_hash
        else:
            report.purged += 1
            cover = next((purge for purge in purges if purge.covers(row)), None)
            if cover is None:
                report.find("purge_uncovered", seq=seq)
            else:
                cover.take(row)
        if good and right_day is None:
            report.find("entry_form", seq=seq, detail="at")
        elif right_day != day and right_day is not None:
            report.find("day_wrong", seq=seq)
        if seq != last_seq + 1 or prev != last_hash or not good:
            _tell_break(row, good, last_seq, last_hash, {**older, **recent}, report)
        if seq in marked:
            marks.seen(seq, stored, report)
        if seq in day_at:
            day_at[seq] = day
        recent[stored] = seq
        if len(recent) > 256:
            older, recent = recent, {}
        if not report.entries:
            report.first_day = day
        report.entries += 1
        report.last_day = day
        last_seq, last_hash = seq, stored
        report.last = (seq, stored, at)
        if right_day is not None:
            if not good:
                # Nothing proves these cells to be text.
                kind, case, staff, counter = map(readable, (kind, case, staff, counter))
                body = body and readable(body)
            take(seq, at, right_day, kind, case, staff, counter, body)
    marks.unseen(last_seq, report)
    for purge in purges:
        if not purge.is_proven():
            report.find("purge_differs", seq=purge.seq)


def _tell_break(
    row: Row, good: bool, last_seq: int, last_hash: str, recent: dict[str, int], report: Report
) -> None:
    """Say as exactly as the hashes allow what happened in this place."""
    seq, prev = row[0], row[10]
    if not good:
        # The hash covers the place: if it is right for another one, the row was moved.
        near = (*range(max(1, seq - 64), seq), *range(seq + 1, seq + 65))
        was = next((place for place in near if hash_of(row, place) == row[11]), None)
        if was is None:
            report.find("entry_changed", seq=seq)
        else:
            report.find("entry_moved", seq=seq, detail=was)
    if seq <= last_seq:
        report.find("entry_doubled", seq=seq)
    elif seq > last_seq + 1:
        report.find("entry_missing", seq=seq, first=last_seq + 1, last=seq - 1)
    elif prev != last_hash and last_hash:
        if prev in recent or (prev == ZEROS and seq > 1):
            report.find("entry_inserted", seq=seq)
        else:
            report.find("link_broken", seq=seq)


# ---------------------------------------------------------------- day closes and keys

CLOSE_COLUMNS = (
    "day",
    "first_seq",
    "last_seq",
    "head",
    "entries",
    "staff",
    "at",
    "key_id",
    "signature",
    "previous",
)
_CLOSE_TYPES = (str, int, int, str, int, str, str, str, str, str)
KEY_COLUMNS = ("key_id", "public", "made_at", "staff")
_SPKI = bytes.fromhex("302a300506032b6570032100")


class Closes:
    """The day closes 締め: their own chain, and where they touch the chain of entries."""

    def __init__(self, rows: list[Row], report: Report) -> None:
        self.rows = []
        for row in sorted(rows, key=lambda row: str(row[0])):
            wrong = next((c for c, v, t in zip(CLOSE_COLUMNS, row, _CLOSE_TYPES) if type(v) is not t), "")
            if not wrong and not (_DAY.fullmatch(row[0]) and re.fullmatch("[0-9a-f]{128}", row[8])):
                wrong = "day / signature"
            if wrong:
                is_day = isinstance(row[0], str) and _DAY.fullmatch(row[0])
                report.find("close_form", day=row[0] if is_day else "?", detail=wrong)
            else:
                self.rows.append(row)
        report.closes = len(self.rows)

    @staticmethod
    def text(row: Row) -> bytes:
        """What is signed."""
        day, first, last, head, entries, staff, at, _key, _signature, previous = row
        return encoded(
            "\n".join(("kakanai-day-1", day, str(first), str(last), str(entries), head, staff, at, previous))
        )

    @staticmethod
    def digest(row: Row) -> str:
        """SHA-256 of the signature: what the next close and the entry `day_closed` repeat."""
        return hashlib.sha256(bytes.fromhex(row[8])).hexdigest()

    def check_chain(self, report: Report) -> None:
        last, previous = 0, ZEROS
        for row in self.rows:
            if row[9] != previous:
                report.find("close_chain", day=row[0])
            if row[1] != last + 1 or row[4] != row[2] - row[1] + 1 or row[4] < 1:
                report.find("close_span", day=row[0])
            last, previous = row[2], self.digest(row)

    def mark(self, marks: Marks) -> None:
        for row in self.rows:
            marks.add(row[2], row[3], f"{row[0]} の締め", outside=True)

    def check_days(self, day_at: dict[int, str], report: Report) -> None:
        for row in self.rows:
            if day_at.get(row[2], "") > row[0]:
                report.find("close_day", day=row[0])

    def check_logged(self, logged: dict[str, tuple[int, Any, Any]], report: Report) -> None:
        rows = {row[0]: row for row in self.rows}
        for day, (seq, ref, digest) in logged.items():
            row = rows.get(day)
            if row is None:
                report.find("close_missing", seq=seq, day=day)
            elif (row[2], self.digest(row)) != (ref, digest):
                report.find("close_differs", seq=seq, day=day)
        for day in rows.keys() - logged.keys():
            report.find("close_unlogged", day=day)

    def check_signatures(self, keys: dict[str, bytes], report: Report) -> None:
        if not self.rows:
            return
        verify = signature_check()
        if verify is None:
            report.signatures = "unchecked"
            report.note("no_signatures", count=len(self.rows))
            return
        report.signatures = "checked"
        for row in self.rows:
            public = keys.get(row[7])
            if public is None:
                report.find("close_key", day=row[0])
            elif verify(public, bytes.fromhex(row[8]), self.text(row)):
                report.signed += 1
            else:
                report.find("close_signature", day=row[0])


def signature_check() -> Callable[[bytes, bytes, bytes], bool] | None:
    """Ed25519 (RFC 8032): public key, signature, text → whether it is right. None without `cryptography`."""
    try:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    except ImportError:
        return None

    def verify(public: bytes, signature: bytes, text: bytes) -> bool:
        try:
            Ed25519PublicKey.from_public_bytes(public).verify(signature, text)
        except (InvalidSignature, ValueError):
            return False
        return True

    return verify


def key_digest(public: bytes) -> str:
    """SHA-256 of a public key; its first 16 digits are the key's id."""
    return hashlib.sha256(public).hexdigest()


def stored_keys(rows: Iterable[Row], report: Report) -> dict[str, bytes]:
    """Key id → public key, of the table of keys."""
    keys = {}
    for row in rows:
        shown = row[0] if isinstance(row[0], str) and re.fullmatch("[0-9a-f]{16}", row[0]) else "?"
        is_key = all(isinstance(cell, str) for cell in row) and _HEX64.fullmatch(row[1]) is not None
        if not is_key or key_digest(bytes.fromhex(row[1]))[:16] != row[0]:
            report.find("key_form", detail=shown)
        else:
            keys[row[0]] = bytes.fromhex(row[1])
    return keys


def check_keys_logged(rows: Iterable[Row], logged: dict[str, tuple[int, str, str]], report: Report) -> None:
    """Every key was made by an act in the chain, and every such act has its key."""
    left = dict(logged)
    for row in rows:
        if not all(isinstance(cell, str) for cell in row) or _HEX64.fullmatch(row[1]) is None:
            continue
        told = left.pop(key_digest(bytes.fromhex(row[1])), None)
        if told is None or told[1:] != (row[2], row[3]):
            report.find("key_unlogged", detail=row[0])
    for seq, _at, _staff in left.values():
        report.find("key_missing", seq=seq)


def read_public_keys(path: Path) -> dict[str, bytes]:
    """Key id → public key, of a PEM file or a line of 64 hexadecimal digits.

    Raises:
        UnreadableError: there is no key in it.
    """
    try:
        text = path.read_text(encoding="ascii")
        found = re.findall(
            r"-----BEGIN PUBLIC KEY-----\s+([A-Za-z0-9+/=\s]+?)\s+-----END PUBLIC KEY-----", text
        )
        ders = [base64.b64decode("".join(body.split()), validate=True) for body in found]
        keys = [der[len(_SPKI) :] for der in ders if der.startswith(_SPKI) and len(der) == len(_SPKI) + 32]
        keys += [bytes.fromhex(line) for line in text.split() if _HEX64.fullmatch(line)]
    except (OSError, ValueError) as error:
        raise UnreadableError("public_key") from error
    if not keys:
        raise UnreadableError("public_key")
    return {key_digest(key)[:16]: key for key in keys}


# ---------------------------------------------------------------- where the rows come from

NUMBER_COLUMNS = ("day", "serial", "case_number")
SPOOL_COLUMNS = ("spool", "seq")
STAFF_COLUMNS = ("number", "role", "digest")

_HEADER = b"SQLite format 3\0"
ANY_TEXT = functools.partial(str, encoding="utf-8", errors="surrogateescape")
"""Text of a cell whose bytes may be none."""
DAMAGE = (sqlite3.Error, UnicodeError, OverflowError, MemoryError)
"""What a damaged file makes SQLite or Python's driver raise: its very messages may hold bytes of the file."""


def require_known(versions: list[Any]) -> None:
    """Nothing, unless a newer program made the tables (UnreadableError: schema); versions count upwards."""
    if len(versions) == 1 and re.fullmatch("[0-9]{4}", str(versions[0])) and str(versions[0]) > SCHEMA:
        raise UnreadableError("schema")


class Database:
    """A SQLite file, opened so that nothing of it or beside it changes."""

    def __init__(self, path: Path, report: Report, *, live: bool = False) -> None:
        """Open it. With `live` the program itself may be writing: one read transaction sees one state.

        Raises:
            UnreadableError: it is no log.
        """
        self._path = path
        self._report = report
        self._live = live
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._text: Callable[[bytes], str] = str
        self._before = self._state()
        try:
            with path.open("rb") as file:
                if file.read(len(_HEADER)) != _HEADER:
                    raise UnreadableError("foreign")
        except OSError as error:
            raise UnreadableError("unreadable") from error
        try:
            self._db = self._open()
            self._begin()
        except UnreadableError:
            self.close()
            raise
        except DAMAGE as error:
            self.close()
            raise UnreadableError("foreign") from error
        except OSError as error:
            self.close()
            raise UnreadableError("unreadable") from error

    def _open(self) -> sqlite3.Connection:
        beside = [self._path.with_name(self._path.name + end) for end in ("-wal", "-journal")]
        beside = [file for file in beside if file.exists() and file.stat().st_size]
        if self._live:
            where = self._path.absolute().as_uri() + "?mode=ro"
        elif beside:
            # Reading it in place would make SQLite write the WAL into it, or a -shm file beside it.
            self._folder = tempfile.TemporaryDirectory(prefix="kakanai-verify-")
            for file in (self._path, *beside):
                shutil.copyfile(file, Path(self._folder.name) / file.name)
            wal = Path(self._folder.name) / (self._path.name + "-wal")
            if wal.exists() and wal_is_cut(wal):
                self._report.find("wal_damaged")
            where = (Path(self._folder.name) / self._path.name).as_uri() + "?mode=rw"
        else:
            where = self._path.absolute().as_uri() + "?mode=ro&immutable=1"
        db = sqlite3.connect(where, uri=True, isolation_level=None, check_same_thread=False)
        db.text_factory = ANY_TEXT
        return db

    def _begin(self) -> None:
        with contextlib.suppress(DAMAGE):
            self._db.execute("PRAGMA trusted_schema = OFF")
            self._db.execute("PRAGMA cell_size_check = ON")
            self._db.execute("PRAGMA cache_size = -65536")
        self._db.execute("PRAGMA query_only = ON")
        self._db.execute("BEGIN")
        found = {name for (name,) in self._db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if "entry" not in found and not found & set(TABLES):
            raise UnreadableError("foreign")
        if "entry" in found and "prev" not in self._columns("entry") and "alembic_version" not in found:
            raise UnreadableError("schema")
        if "schema_version" in found:
            require_known([row[0] for row in self._db.execute("SELECT * FROM schema_version")])
        self._tables = found

    def close(self) -> None:
        """Let go of it, and of the copy."""
        if hasattr(self, "_db"):
            self._db.close()
        if self._folder is not None:
            self._folder.cleanup()

    def _state(self) -> list[Any]:
        """Size and time of the file and of what lies beside it: whether somebody wrote meanwhile."""
        told: list[Any] = []
        for end in ("", "-wal", "-journal"):
            try:
                found = self._path.with_name(self._path.name + end).stat()
                told.append((found.st_size, found.st_mtime_ns))
            except FileNotFoundError:
                if not end:
                    raise UnreadableError("missing") from None
                told.append(None)
            except OSError as error:
                raise UnreadableError("unreadable") from error
        return told

    def require_still(self) -> None:
        """Nothing, unless somebody wrote since it was opened (UnreadableError: busy)."""
        if not self._live and self._state() != self._before:
            raise UnreadableError("busy")

    def check_structure(self) -> None:
        """Pages, indexes, tables, guards; whatever else lies in the file."""
        try:
            told = [line for (line,) in self._db.execute("PRAGMA integrity_check(20)")]
        except DAMAGE as error:
            told = [str(error)]
        for line in told:
            if line != "ok":
                self._report.find("file_damaged", detail=plain_words(line))
        with self._damage_told():
            check_schema(self._db, self._report)

    @contextlib.contextmanager
    def _damage_told(self) -> Iterator[None]:
        try:
            yield
        except DAMAGE as error:
            self._report.find("file_damaged", detail=plain_words(str(error)))

    def _columns(self, table: str) -> list[str]:
        return [row[1] for row in self._db.execute(f'PRAGMA table_info("{table}")')]

    def rows(
        self, table: str, columns: tuple[str, ...], order: tuple[str, ...], where: str = ""
    ) -> Iterator[Row]:
        """The rows of a table; none, with a finding, when it cannot be read (the shape is told elsewhere)."""
        with self._damage_told():
            if table not in self._tables or not set(columns) <= set(self._columns(table)):
                return
            query = f"SELECT {', '.join(columns)} FROM {table} {where} ORDER BY {', '.join(order)}"  # noqa: S608
            done = 0
            try:
                for batch in self._batches(query):
                    yield from batch
                    done += len(batch)
            except sqlite3.OperationalError as error:
                if self._text is not str or "decode" not in str(error):
                    raise
                # There are bytes that are no text. They are kept as they are, from here on: it takes longer.
                self._text = ANY_TEXT
                again = itertools.chain.from_iterable(self._batches(query))
                yield from itertools.islice(again, done, None)

    def _batches(self, query: str) -> Iterator[list[Row]]:
        cursor = self._db.execute(query)
        cursor.arraysize = 1000
        while True:
            self._db.text_factory = self._text
            batch = cursor.fetchmany()
            self._db.text_factory = ANY_TEXT
            if not batch:
                return
            yield batch

    def purges(self) -> Iterator[Row]:
        return self.rows("entry", COLUMNS, ("seq",), "WHERE kind = 'purged'")

    def entries(self) -> Iterator[Row]:
        return self.rows("entry", COLUMNS, ("seq",))

    def staff(self) -> Iterator[Row]:
        """Number, role and digest of each member of the staff."""
        columns = (
            "number",
            "role",
            "password_hash",
            "card_uid_hash",
            "created_at",
            "disabled_at",
            "must_change",
        )
        for row in self.rows("staff", columns, ("number",)):
            yield row[0], row[1], staff_digest(row)

    def check_end(self) -> None:
        """A database has no end of its own."""


def staff_digest(row: Row) -> str:
    """SHA-256 of a row of `staff`, as entries about that member carry it; empty for what is no such row."""
    *texts, must_change = row
    may_lack = (False, False, False, True, False, True)
    is_row = type(must_change) is int and all(
        lacks if cell is None else isinstance(cell, str) and cell for cell, lacks in zip(texts, may_lack)
    )
    if not is_row:
        return ""
    cells = ("kakanai-staff-1", *(cell or "" for cell in texts), str(must_change))
    return hashlib.sha256(encoded("\n".join(cells))).hexdigest()


def plain_words(text: str) -> str:
    """What SQLite says, without anything that might be content."""
    return re.sub(r"[^ -~]", "?", text)[:120]


def wal_is_cut(wal: Path) -> bool:
    """Whether a commit stands in the WAL behind a damaged frame: SQLite would leave it out in silence.

    A torn end is no damage: a power cut leaves one, and nothing was acknowledged there.
    (File format: https://sqlite.org/fileformat.html#walformat)
    """
    with wal.open("rb") as file:
        head = file.read(32)
        if len(head) < 32:
            return False
        magic, _version, page = struct.unpack(">III", head[:12])
        if magic & ~1 != 0x377F0682 or not 512 <= page <= 65536:
            return True
        order = ">" if magic & 1 else "<"
        sums = _wal_sums(head[:24], (0, 0), order)
        if struct.pack(">II", *sums) != head[24:32]:
            return True
        is_cut, commits = False, 0
        while commits < 2:
            frame = file.read(24 + page)
            if len(frame) < 24 + page:
                return False
            is_of_this_round = frame[8:16] == head[16:24]
            if not is_cut:
                sums = _wal_sums(frame[24:], _wal_sums(frame[:8], sums, order), order)
                is_cut = not is_of_this_round or struct.pack(">II", *sums) != frame[16:24]
            if is_cut and is_of_this_round and frame[4:8] != bytes(4):
                commits += 1  # the first may be the torn transaction itself
        return True


def _wal_sums(data: bytes, sums: tuple[int, int], order: str) -> tuple[int, int]:
    one, two = sums
    words = struct.unpack(f"{order}{len(data) // 4}I", data)
    for first, second in zip(words[::2], words[1::2]):
        one = (one + first + two) & 0xFFFFFFFF
        two = (two + second + one) & 0xFFFFFFFF
    return one, two


# ---------------------------------------------------------------- what follows from the chain

_LINE_COLUMNS = (
    *(
        "case_seq",
        "case_number",
        "day",
        "opened_at",
        "finished_at",
        "staff",
        "counter",
        "card_kind",
        "read_by",
    ),
    *(
        "authenticity",
        "procedures",
        "chosen_at",
        "forms",
        "is_form_filled",
        "codes",
        "pages",
        "outcome",
        "review",
    ),
    *("entries", "failures", "releases", "overrides", "comments", "is_lookup", "is_unusual_hour", "worked_s"),
    *("running_since", "last_seq", "last_at"),
)
_SUMMED = (
    *(
        "cases",
        "finished",
        "pages",
        "worked_s",
        "printed",
        "cancelled",
        "print_failed",
        "failures",
        "overrides",
    ),
    *("reprints", "lookups", "unusual"),
)
DERIVED: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "case_line": (_LINE_COLUMNS, ("case_seq",)),
    "case_form": (("form", "day", "case_seq"), ("form", "day", "case_seq")),
    "case_procedure": (("procedure", "day", "case_seq", "chosen_at"), ("procedure", "day", "case_seq")),
    "case_code": (("code", "day", "case_seq"), ("code", "day", "case_seq")),
    "case_sum": (("dimension", "day", "member", *_SUMMED), ("dimension", "day", "member")),
    "merged_spool": (("spool", "seq"), ("spool",)),
}
"""Derived table → its columns, and its key: rows are compared in the order of the key."""

_OUTCOMES = {"print_done": "printed", "print_failed": "print_failed", "case_cancelled": "cancelled"}
_AUTHENTICITY = frozenset(("V-001", "V-002", "V-003", "V-004"))
_TOLD = frozenset(("clock_set_back", "rolled_back_seen", "restored", "spool_merged", "schema_upgraded"))
_NUMBER = re.compile(r"R([1-9][0-9]?)-([0-9]{2})([0-9]{2})-([0-9]{4,})")
_LINE_CELLS = operator.attrgetter(*_LINE_COLUMNS)
_LIST_PLACES = tuple(map(_LINE_COLUMNS.index, ("procedures", "forms", "codes")))
_SHORT = 1000
_KEPT_IN_MEMORY = 20_000
_FIRST_OFFLINE = 5000
_UNUSED_TOLD = 20


_COMPACT = json.JSONEncoder(ensure_ascii=True, sort_keys=True, separators=(",", ":"))


def compact(value: Any) -> str:
    """JSON as the log writes it."""
    return _COMPACT.encode(value)


def microseconds(at: str) -> int:
    """Microseconds of a time of the log since 1970."""
    days = dt.date(int(at[:4]), int(at[5:7]), int(at[8:10])).toordinal() - 719163
    seconds = days * 86400 + int(at[11:13]) * 3600 + int(at[14:16]) * 60 + int(at[17:19])
    return seconds * 10**6 + int(at[20:26])


def japan_hour(at: str) -> int:
    """The hour in Japan."""
    return (int(at[11:13]) + 9) % 24


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("no text")
    return value


def _count(value: Any) -> int:
    if type(value) is not int or not 0 <= value <= 999_999_999:
        raise ValueError("no count")
    return value


class Case:
    """One case while its entries are told one after the other; the fields are those of case_line."""

    __slots__ = _LINE_COLUMNS

    def __init__(self, seq: int, at: str, day: str, number: str, staff: str, counter: str) -> None:
        self.case_seq, self.case_number, self.day, self.opened_at = seq, number, day, at
        self.finished_at: str | None = None
        self.staff, self.counter = staff, counter
        self.card_kind = self.read_by = self.authenticity = self.chosen_at = self.review = ""
        self.procedures: list[Any] = []
        self.forms: list[Any] = []
        self.codes: list[Any] = []
        self.outcome = "open"
        self.is_form_filled = self.is_lookup = self.is_unusual_hour = 0
        self.pages = self.entries = self.failures = self.releases = self.overrides = self.comments = (
            self.worked_s
        ) = 0
        self.running_since: str | None = at
        self.last_seq, self.last_at = seq, at

    @classmethod
    def unpacked(cls, told: bytes) -> Case:
        """The case that `packed` gave, within this run of the program."""
        case = cls.__new__(cls)
        for name, value in zip(_LINE_COLUMNS, marshal.loads(told)):  # noqa: S302 - our own, and of this run
            setattr(case, name, value)
        return case

    def packed(self) -> bytes:
        return marshal.dumps(_LINE_CELLS(self))

    def tell(self, seq: int, at: str, kind: str, told: dict[str, Any]) -> None:
        """One more entry of the case."""
        self.entries += 1
        self.last_seq, self.last_at = seq, at
        if kind in _REVIEWS:
            self.review = _REVIEWS[kind] or self.review
            self.comments += kind == "case_commented"
            return
        if self.review == "approved":
            self.review = ""
        if not 7 <= japan_hour(at) <= 19:
            self.is_unusual_hour = 1
        if told:
            self._tell_body(kind, told)
        if kind == "procedures_chosen":
            self.procedures, self.chosen_at = [_text(one) for one in told.get("procedures", ())], at
        elif kind in _OUTCOMES and (kind != "case_cancelled" or self.outcome != "printed"):
            self.outcome = _OUTCOMES[kind]
        self.failures += kind in ("reading_failed", "print_failed")
        self.releases += kind == "print_released"
        self.overrides += kind == "mismatch_accepted"
        self._run_clock(kind, at)

    def _tell_body(self, kind: str, told: dict[str, Any]) -> None:
        if "card_kind" in told:
            self.card_kind = _text(told["card_kind"])
        if "read_by" in told:
            self.read_by = _text(told["read_by"])
        if "procedures" in told:
            self.procedures = [_text(one) for one in told["procedures"]]
        for code in told.get("codes", ()):
            if code in _AUTHENTICITY:
                self.authenticity = code
            if code not in self.codes:
                self.codes.append(_text(code))
        is_filled = kind == "forms_filled"
        if "forms" in told and (is_filled or not self.is_form_filled):
            self.forms = [
                [_text(form), _text(version), _count(pages)] for form, version, pages in told["forms"]
            ]
            self.is_form_filled = int(is_filled)

    def _run_clock(self, kind: str, at: str) -> None:
        ends = kind in ("case_closed", "case_cancelled")
        if (ends or kind == "case_suspended") and self.running_since is not None:
            self.worked_s += max(0, (microseconds(at) - microseconds(self.running_since)) // 10**6)
            self.running_since = None
        elif kind == "case_resumed" and self.finished_at is None:
            self.running_since = self.running_since or at
        if ends:
            self.finished_at = at

    def row(self) -> Row:
        """Its row of case_line."""
        self.pages = sum(form[2] for form in self.forms)
        is_without_paper = self.outcome in ("open", "cancelled")
        self.is_lookup = int(bool(self.card_kind) and self.finished_at is not None and is_without_paper)
        cells = list(_LINE_CELLS(self))
        for place in _LIST_PLACES:
            cells[place] = compact(cells[place]) if cells[place] else "[]"
        return tuple(cells)

    def sums(self) -> Iterator[tuple[str, str, Row]]:
        """What it adds to the sums of its day: dimension, member, numbers. After `row`."""
        ended = self.finished_at is not None
        told = (
            *(1, int(ended), self.pages, self.worked_s if ended else 0, int(self.outcome == "printed")),
            *(
                int(self.outcome == "cancelled"),
                int(self.outcome == "print_failed"),
                self.failures,
                self.overrides,
            ),
            *(max(0, self.releases - 1), self.is_lookup, self.is_unusual_hour),
        )
        yield "all", "", told
        yield "staff", self.staff, told
        yield "counter", self.counter, told
        yield "hour", f"{japan_hour(self.opened_at):02d}", told
        for procedure in dict.fromkeys(self.procedures):
            yield "procedure", procedure, told
        for form in dict.fromkeys(form[0] for form in self.forms):
            pages = sum(one[2] for one in self.forms if one[0] == form)
            yield "form", form, (*told[:2], pages, *told[3:])


class Fold:
    """Everything that follows from the chain, told entry by entry.

    What does not fit in memory goes to a private temporary database of SQLite, gone when the program ends.
    """

    def __init__(self) -> None:
        self._db = sqlite3.connect("", isolation_level=None)
        self._db.executescript(
            "PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF; PRAGMA cache_size = -65536;"
            "CREATE TABLE one (case_number TEXT PRIMARY KEY, case_seq INTEGER, told BLOB) WITHOUT ROWID;"
            "CREATE TABLE number (case_number TEXT PRIMARY KEY, is_begun INTEGER) WITHOUT ROWID;"
            "CREATE TABLE case_form (a TEXT, b TEXT, c INTEGER);"
            "CREATE TABLE case_procedure (a TEXT, b TEXT, c INTEGER, d TEXT);"
            "CREATE TABLE case_code (a TEXT, b TEXT, c INTEGER);"
            f"CREATE TABLE case_sum (a TEXT, b TEXT, c TEXT, {', '.join(_SUMMED)}, PRIMARY KEY (a, b, c))"
            " WITHOUT ROWID;"
            "CREATE TABLE merged_spool (a TEXT, b INTEGER); BEGIN"
        )
        self._open: dict[str, Case] = {}
        self._stored = 0
        self._numbers: dict[str, bool] = {}
        self.doubled: list[tuple[int, str]] = []
        self.closed: dict[str, tuple[int, Any, Any]] = {}
        self.given_at_close: dict[str, int] = {}
        self.keys: dict[str, tuple[int, str, str]] = {}
        self.staff: dict[str, tuple[int, Any, Any]] = {}
        self.told: dict[str, tuple[int, int]] = {}

    def take(
        self,
        seq: int,
        at: str,
        day: str,
        kind: str,
        number: str,
        staff: str,
        counter: str,
        body: str | None,
    ) -> None:
        """One entry of the chain."""
        if number:
            if kind != "number_given":
                self._numbers[number] = True
            else:
                self._numbers.setdefault(number, False)
            if body is not None and (kind in _ACTS or kind in _REVIEWS):
                self._take_act(seq, at, day, kind, number, staff, counter, body)
            if len(self._numbers) > _KEPT_IN_MEMORY:
                self._put_numbers()
        elif body is not None and kind not in _ACTS:
            self._take_other(seq, at, kind, staff, parsed(body))
        if body is not None and '"spool":"' in body:
            self._db.execute("INSERT INTO merged_spool VALUES (?, ?)", (str(parsed(body).get("spool")), seq))

    def _take_act(
        self, seq: int, at: str, day: str, kind: str, number: str, staff: str, counter: str, body: str
    ) -> None:
        case = self._open.get(number)
        if case is None:
            if self._stored:
                found = self._db.execute("SELECT told FROM one WHERE case_number = ?", (number,)).fetchone()
                case = Case.unpacked(found[0]) if found else None
            if case is None:
                if kind in _REVIEWS:
                    return
                case = Case(seq, at, day, number, staff, counter)
            elif kind == "case_opened":
                self.doubled.append((seq, number))
            if len(self._open) >= _KEPT_IN_MEMORY:
                self._put_cases()
            self._open[number] = case
        elif kind == "case_opened":
            self.doubled.append((seq, number))
        with contextlib.suppress(TypeError, ValueError, AttributeError):
            # A body of another form stops nothing: its hash is wrong, which is told.
            case.tell(seq, at, kind, parsed(body) if body != "{}" else {})

    def _take_other(self, seq: int, at: str, kind: str, staff: str, told: dict[str, Any]) -> None:
        if kind == "day_closed":
            day, counts = str(told.get("on")), told.get("counts")
            self.closed[day] = (seq, told.get("ref"), told.get("digest"))
            if isinstance(counts, dict) and type(counts.get("numbers")) is int:
                self.given_at_close[day] = counts["numbers"]
        elif kind == "office_key_made":
            self.keys[str(told.get("digest"))] = (seq, at, staff)
        elif kind.startswith("staff_") and "digest" in told:
            self.staff[str(told.get("about"))] = (seq, told.get("role"), told["digest"])
        elif kind in _TOLD:
            count, first = self.told.get(kind, (0, seq))
            self.told[kind] = (count + 1, first)

    def _put_cases(self) -> None:
        self._db.executemany(
            "INSERT OR REPLACE INTO one VALUES (?, ?, ?)",
            ((number, case.case_seq, case.packed()) for number, case in self._open.items()),
        )
        self._stored += len(self._open)
        self._open.clear()

    def _put_numbers(self) -> None:
        self._db.executemany(
            "INSERT INTO number VALUES (?, ?) ON CONFLICT (case_number)"
            " DO UPDATE SET is_begun = is_begun OR excluded.is_begun",
            self._numbers.items(),
        )
        self._numbers.clear()

    def end(self) -> None:
        """After the last entry: make what can only be known now."""
        self._put_cases()
        self._put_numbers()
        self._db.execute("CREATE INDEX one_seq ON one (case_seq)")

    def lines(self) -> Iterator[Row]:
        """The rows of case_line by case_seq; those of the other derived tables are known once this ended."""
        sums: dict[tuple[str, str, str], Row] = {}
        finders: dict[str, list[Row]] = {"case_form": [], "case_procedure": [], "case_code": []}
        for (told,) in self._db.execute("SELECT told FROM one ORDER BY case_seq"):
            case = Case.unpacked(told)
            yield case.row()
            end = (case.day, case.case_seq)
            finders["case_form"] += [(form, *end) for form in dict.fromkeys(form[0] for form in case.forms)]
            finders["case_code"] += [(code, *end) for code in dict.fromkeys(case.codes)]
            procedures = dict.fromkeys(case.procedures)
            finders["case_procedure"] += [(one, *end, case.chosen_at) for one in procedures]
            for dimension, member, numbers in case.sums():
                key = (dimension, case.day, member)
                before = sums.get(key)
                sums[key] = numbers if before is None else tuple(map(operator.add, before, numbers))
            if len(sums) + len(finders["case_code"]) > _KEPT_IN_MEMORY:
                self._put_finders(finders)
                self._put_sums(sums)
        self._put_finders(finders)
        self._put_sums(sums)
        adding = ", ".join(f"sum({name})" for name in _SUMMED)
        months = "SELECT a || '_month', substr(b, 1, 7) || '-01' AS month, c"
        self._db.execute(
            f"INSERT INTO case_sum {months}, {adding} FROM case_sum WHERE a <> 'all' GROUP BY a, month, c"
        )

    def _put_finders(self, finders: dict[str, list[Row]]) -> None:
        for table, rows in finders.items():
            places = ", ".join("?" * len(DERIVED[table][0]))
            self._db.executemany(f"INSERT INTO {table} VALUES ({places})", rows)  # noqa: S608
            rows.clear()

    def _put_sums(self, sums: dict[tuple[str, str, str], Row]) -> None:
        adding = ", ".join(f"{name} = {name} + excluded.{name}" for name in _SUMMED)
        places = ", ".join("?" * (3 + len(_SUMMED)))
        self._db.executemany(
            f"INSERT INTO case_sum VALUES ({places}) ON CONFLICT (a, b, c) DO UPDATE SET {adding}",  # noqa: S608
            [(*key, *numbers) for key, numbers in sums.items()],
        )
        sums.clear()

    def rows(self, table: str) -> Iterator[Row]:
        """The rows that a derived table must have, in the order of its key."""
        if table == "case_line":
            yield from self.lines()
            return
        keys = ", ".join("abc"[: len(DERIVED[table][1])])
        yield from self._db.execute(f"SELECT * FROM {table} ORDER BY {keys}")  # noqa: S608

    def numbers(self) -> Iterator[tuple[str, int]]:
        """Each case number that an entry bears, in the order of its text, and whether its case was begun."""
        yield from self._db.execute("SELECT case_number, is_begun FROM number ORDER BY case_number")

    def close(self) -> None:
        self._db.close()


def _rank(cell: Any) -> tuple[int, Any]:
    """A cell as SQL orders it, whatever type somebody gave it."""
    if cell is None:
        return (0, 0)
    if isinstance(cell, (int, float)):
        return (1, cell)
    return (2, encoded(cell)) if isinstance(cell, str) else (3, bytes(cell))


def _same(one: Row, other: Row) -> bool:
    return one == other and tuple(map(type, one)) == tuple(map(type, other))


def compare(table: str, must: Iterable[Row], found: Iterable[Row], report: Report) -> None:
    """Tell where the rows of a table, by key, are not those that follow from the chain."""
    columns, key = DERIVED[table]
    places = [columns.index(name) for name in key]

    def key_of(row: Row) -> tuple[tuple[int, Any], ...]:
        return tuple(_rank(row[place]) for place in places)

    def told(row: Row) -> dict[str, Any]:
        seq = (
            row[columns.index("case_seq")]
            if "case_seq" in columns
            else row[1]
            if table == "merged_spool"
            else None
        )
        shown = ", ".join(_shown(row[place]) for place in places)
        return {
            "table": table,
            "detail": f"{'/'.join(key)} = {shown}",
            "seq": seq if type(seq) is int else None,
        }

    musts, founds = iter(must), iter(found)
    one, other = next(musts, None), next(founds, None)
    last: tuple[tuple[int, Any], ...] | None = None
    while one is not None or other is not None:
        if one is not None and other is not None and _same(one, other):
            last = None
            one, other = next(musts, None), next(founds, None)
            continue
        if other is not None:
            at = key_of(other)
            if last is not None and at < last:
                report.find("derived_form", table=table)
            last = at
        if other is None or (one is not None and key_of(one) < key_of(other)):
            report.find("derived_missing", **told(one))  # type: ignore[arg-type]
            one = next(musts, None)
        elif one is None or key_of(other) < key_of(one):
            report.find("derived_added", **told(other))
            other = next(founds, None)
        else:
            report.find("derived_changed", **told(other))
            one, other = next(musts, None), next(founds, None)


def _shown(cell: Any) -> str:
    """A key as it may be shown: only what has the form of one."""
    return str(cell) if isinstance(cell, int) or re.fullmatch(r"[0-9A-Za-z_.-]{0,40}", str(cell)) else "?"


def number_parts(number: str) -> tuple[str, int] | None:
    """Day and serial of a case number 受付番号; None when it is none."""
    match = _NUMBER.fullmatch(number)
    if match is None:
        return None
    year, month, day, serial = (int(part) for part in match.groups())
    with contextlib.suppress(ValueError):
        return dt.date(2018 + year, month, day).isoformat(), serial
    return None


class GivenNumbers:
    """The book of given numbers 受付番号, told row by row in the order of the number's text."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._of_day: dict[str, int] = {}
        self._last = ""
        self._day, self._next = "", 1

    def take(self, row: Row) -> bool:
        """One row; whether it has a number that can be compared with others."""
        number = row[2]
        parts = number_parts(number) if isinstance(number, str) else None
        if parts is None or parts != row[:2] or type(row[1]) is not int:
            self._report.find("number_form", detail=_shown(number))
            if not isinstance(number, str):
                return False
        if number <= self._last:
            self._report.find("number_doubled", detail=_shown(number), seq=None)
        self._last = number
        if parts is not None:
            self._count(number, *parts)
        return True

    def _count(self, number: str, day: str, serial: int) -> None:
        """Numbers are given one after the other; counters without connection have ranges of their own."""
        self._of_day[day] = self._of_day.get(day, 0) + 1
        if day != self._day:
            self._day, self._next = day, 1
        if self._next < serial < _FIRST_OFFLINE:
            gone = [f"{number[:-4]}{one:04d}" for one in {self._next, serial - 1}]
            self._report.find("number_gone", detail=" - ".join(sorted(gone)))
        self._next = serial + 1

    def check_closes(self, closed: dict[str, int]) -> None:
        """There are no fewer than at each day close; `closed`: day → how many of the days since the last."""
        before = ""
        for day in sorted(closed):
            there = sum(count for given, count in self._of_day.items() if before < given <= day)
            if there < closed[day]:
                self._report.find("number_fewer", day=day, detail=closed[day] - there)
            before = day


def check_numbers(fold: Fold, rows: Iterable[Row], report: Report) -> None:
    """The book of given numbers against the chain, both in the order of the number's text."""
    borne = fold.numbers()
    none = ("", 0)
    mine, is_begun = next(borne, none)
    unused: list[str] = []
    book = GivenNumbers(report)
    for row in rows:
        if not book.take(row):
            continue
        number = row[2]
        while mine and mine < number:
            report.find("number_missing", detail=_shown(mine))
            mine, is_begun = next(borne, none)
        if mine != number or not is_begun:
            unused.append(_shown(number))
        if mine == number:
            mine, is_begun = next(borne, none)
    while mine:
        report.find("number_missing", detail=_shown(mine))
        mine, is_begun = next(borne, none)
    for seq, number in fold.doubled:
        report.find("number_doubled", seq=seq, detail=_shown(number))
    book.check_closes(fold.given_at_close)
    if unused:
        more = ["…"] if len(unused) > _UNUSED_TOLD else []
        told = ", ".join(unused[:_UNUSED_TOLD] + more)
        report.note("numbers_unused", count=len(unused), detail=told)


def check_staff(fold: Fold, rows: Iterable[Row], report: Report) -> None:
    """Each member of the staff as the last entry about that number left it."""
    left = dict(fold.staff)
    for number, role, digest in rows:
        told = left.pop(number, None) if isinstance(number, str) else None
        if told is None:
            report.find("staff_unlogged", detail=_shown(number))
        elif told[2] != digest or (told[1] is not None and told[1] != role):
            report.find("staff_differs", seq=told[0], detail=_shown(number))
    for number, (seq, _role, _digest) in left.items():
        report.find("staff_missing", seq=seq, detail=_shown(number))


# ---------------------------------------------------------------- the shape of the database

# made by tests/tools/make_log_schema.py
SCHEMA = "0002"
APPLICATION_ID = 0x4B4B4E49
USER_VERSION = 3
TABLES = {
    "case_code": ("code VARCHAR(5) NOT NULL KEY 1, day DATE NOT NULL KEY 2, case_seq INTEGER NOT NULL KEY 3"),
    "case_form": (
        "form VARCHAR(10) NOT NULL KEY 1, day DATE NOT NULL KEY 2, case_seq INTEGER NOT NULL KEY 3"
    ),
    "case_line": (
        "case_seq INTEGER NOT NULL KEY 1, case_number VARCHAR(16) NOT NULL, day DATE NOT NULL, opened_at "
        "VARCHAR(27) NOT NULL, finished_at VARCHAR(27), staff VARCHAR(16) NOT NULL, counter VARCHAR(8) "
        "NOT NULL, card_kind VARCHAR(16) NOT NULL, read_by VARCHAR(8) NOT NULL, authenticity VARCHAR(5) "
        "NOT NULL, procedures TEXT NOT NULL, chosen_at VARCHAR(27) NOT NULL, forms TEXT NOT NULL, "
        "is_form_filled BOOLEAN NOT NULL, codes TEXT NOT NULL, pages INTEGER NOT NULL, outcome "
        "VARCHAR(12) NOT NULL, review VARCHAR(9) NOT NULL, entries INTEGER NOT NULL, failures INTEGER "
        "NOT NULL, releases INTEGER NOT NULL, overrides INTEGER NOT NULL, comments INTEGER NOT NULL, "
        "is_lookup BOOLEAN NOT NULL, is_unusual_hour BOOLEAN NOT NULL, worked_s INTEGER NOT NULL, "
        "running_since VARCHAR(27), last_seq INTEGER NOT NULL, last_at VARCHAR(27) NOT NULL"
    ),
    "case_procedure": (
        "procedure VARCHAR(40) NOT NULL KEY 1, day DATE NOT NULL KEY 2, case_seq INTEGER NOT NULL KEY 3, "
        "chosen_at VARCHAR(27) NOT NULL"
    ),
    "case_sum": (
        "dimension VARCHAR(15) NOT NULL KEY 1, day DATE NOT NULL KEY 2, member VARCHAR(40) NOT NULL KEY "
        "3, cases INTEGER NOT NULL, finished INTEGER NOT NULL, pages INTEGER NOT NULL, worked_s INTEGER "
        "NOT NULL, printed INTEGER NOT NULL, cancelled INTEGER NOT NULL, print_failed INTEGER NOT NULL, "
        "failures INTEGER NOT NULL, overrides INTEGER NOT NULL, reprints INTEGER NOT NULL, lookups "
        "INTEGER NOT NULL, unusual INTEGER NOT NULL"
    ),
    "counter_place": (
        "number SMALLINT NOT NULL KEY 1, machine VARCHAR(64) NOT NULL, at VARCHAR(27) NOT NULL"
    ),
    "day_close": (
        "day DATE NOT NULL KEY 1, first_seq INTEGER NOT NULL, last_seq INTEGER NOT NULL, head "
        "VARCHAR(64) NOT NULL, entries INTEGER NOT NULL, staff VARCHAR(16) NOT NULL, at VARCHAR(27) NOT "
        "NULL, key_id VARCHAR(64) NOT NULL, signature VARCHAR(128) NOT NULL, previous VARCHAR(64) NOT "
        "NULL"
    ),
    "entry": (
        "seq INTEGER NOT NULL KEY 1, at VARCHAR(27) NOT NULL, day DATE NOT NULL, kind VARCHAR(32) NOT "
        "NULL, case_number VARCHAR(16) NOT NULL, staff VARCHAR(16) NOT NULL, counter VARCHAR(8) NOT "
        "NULL, body TEXT, salt VARCHAR(32), body_hash VARCHAR(64) NOT NULL, prev VARCHAR(64) NOT NULL, "
        "hash VARCHAR(64) NOT NULL"
    ),
    "given_number": (
        "day DATE NOT NULL KEY 1, serial INTEGER NOT NULL KEY 2, case_number VARCHAR(16) NOT NULL"
    ),
    "merged_spool": "spool VARCHAR(32) NOT NULL KEY 1, seq INTEGER NOT NULL",
    "office_key": (
        "key_id VARCHAR(16) NOT NULL KEY 1, public VARCHAR(64) NOT NULL, made_at VARCHAR(27) NOT NULL, "
        "staff VARCHAR(16) NOT NULL"
    ),
    "schema_version": "version_num VARCHAR(32) NOT NULL KEY 1",
    "secret": "name VARCHAR(32) NOT NULL KEY 1, value VARCHAR(64) NOT NULL",
    "sign_in_failure": (
        "attempt VARCHAR(32) NOT NULL KEY 1, number VARCHAR(16), machine VARCHAR(64) NOT NULL, at "
        "VARCHAR(27) NOT NULL"
    ),
    "staff": (
        "number VARCHAR(16) NOT NULL KEY 1, role VARCHAR(16) NOT NULL, password_hash VARCHAR(200) NOT "
        "NULL, card_uid_hash VARCHAR(64), created_at VARCHAR(27) NOT NULL, disabled_at VARCHAR(27), "
        "must_change BOOLEAN NOT NULL"
    ),
    "staff_session": (
        "token_hash VARCHAR(64) NOT NULL KEY 1, number VARCHAR(16) NOT NULL, place VARCHAR(8) NOT NULL, "
        "account VARCHAR(64) NOT NULL, started_at VARCHAR(27) NOT NULL, ends_at VARCHAR(27) NOT NULL, "
        "ended_at VARCHAR(27)"
    ),
}
UNIQUE = {
    "case_code": ("pk code:BINARY day:BINARY case_seq:BINARY",),
    "case_form": ("pk form:BINARY day:BINARY case_seq:BINARY",),
    "case_procedure": ("pk procedure:BINARY day:BINARY case_seq:BINARY",),
    "case_sum": ("pk dimension:BINARY day:BINARY member:BINARY",),
    "counter_place": ("pk number:BINARY",),
    "day_close": ("pk day:BINARY",),
    "given_number": ("pk day:BINARY serial:BINARY",),
    "merged_spool": ("pk spool:BINARY",),
    "office_key": ("pk key_id:BINARY",),
    "schema_version": ("pk version_num:BINARY",),
    "secret": ("pk name:BINARY",),
    "sign_in_failure": ("pk attempt:BINARY",),
    "staff": ("pk number:BINARY", "u card_uid_hash:BINARY"),
    "staff_session": ("pk token_hash:BINARY",),
}
INDEXES = {
    "ix_case_line_card_kind": ("CREATE INDEX ix_case_line_card_kind ON case_line (card_kind, day, case_seq)"),
    "ix_case_line_case_number": ("CREATE UNIQUE INDEX ix_case_line_case_number ON case_line (case_number)"),
    "ix_case_line_counter": ("CREATE INDEX ix_case_line_counter ON case_line (counter, day, case_seq)"),
    "ix_case_line_day": "CREATE INDEX ix_case_line_day ON case_line (day, case_seq)",
    "ix_case_line_failed": (
        "CREATE INDEX ix_case_line_failed ON case_line (day, case_seq) WHERE failures > 0"
    ),
    "ix_case_line_lookup": ("CREATE INDEX ix_case_line_lookup ON case_line (day, case_seq) WHERE is_lookup"),
    "ix_case_line_outcome": ("CREATE INDEX ix_case_line_outcome ON case_line (outcome, day, case_seq)"),
    "ix_case_line_overridden": (
        "CREATE INDEX ix_case_line_overridden ON case_line (day, case_seq) WHERE overrides > 0"
    ),
    "ix_case_line_reprinted": (
        "CREATE INDEX ix_case_line_reprinted ON case_line (day, case_seq) WHERE releases > 1"
    ),
    "ix_case_line_review": "CREATE INDEX ix_case_line_review ON case_line (review, day, case_seq)",
    "ix_case_line_staff": "CREATE INDEX ix_case_line_staff ON case_line (staff, day, case_seq)",
    "ix_case_line_unusual": (
        "CREATE INDEX ix_case_line_unusual ON case_line (day, case_seq) WHERE is_unusual_hour"
    ),
    "ix_entry_act": ("CREATE INDEX ix_entry_act ON entry (kind, day, seq) WHERE case_number = ''"),
    "ix_entry_case_number": "CREATE INDEX ix_entry_case_number ON entry (case_number, seq)",
    "ix_entry_day": "CREATE INDEX ix_entry_day ON entry (day, seq)",
    "ix_sign_in_failure_machine": "CREATE INDEX ix_sign_in_failure_machine ON sign_in_failure (machine)",
    "ix_sign_in_failure_number": "CREATE INDEX ix_sign_in_failure_number ON sign_in_failure (number)",
    "ix_staff_session_number": "CREATE INDEX ix_staff_session_number ON staff_session (number)",
}
KEY_INDEXES = {
    "sqlite_autoindex_counter_place_1": "counter_place",
    "sqlite_autoindex_day_close_1": "day_close",
    "sqlite_autoindex_given_number_1": "given_number",
    "sqlite_autoindex_merged_spool_1": "merged_spool",
    "sqlite_autoindex_office_key_1": "office_key",
    "sqlite_autoindex_schema_version_1": "schema_version",
    "sqlite_autoindex_secret_1": "secret",
    "sqlite_autoindex_sign_in_failure_1": "sign_in_failure",
    "sqlite_autoindex_staff_1": "staff",
    "sqlite_autoindex_staff_2": "staff",
    "sqlite_autoindex_staff_session_1": "staff_session",
}
MADE_BY = {
    "case_code": "565733748fdd04ad",
    "case_form": "b9c19e2ac69c7066",
    "case_line": "77b6216129618ad5",
    "case_procedure": "1a930b3bc6afa03d",
    "case_sum": "fcbc349d0ebc4bab",
    "counter_place": "561004f0045e1266",
    "day_close": "a83bc39355f39f62",
    "entry": "75ec71f9246a245f",
    "given_number": "dd4f18833977890a",
    "merged_spool": "dbd290dff4b1db4a",
    "office_key": "a8c5637750aaa417",
    "schema_version": "a10b00c3771e4f4a",
    "secret": "7aca21a21381b5c1",
    "sign_in_failure": "402f33c7940d91e6",
    "staff": "af8c26685f802c9b",
    "staff_session": "75410d13e2e77fc4",
}
"""Table → the first digits of the SHA-256 of its CREATE TABLE, with one blank for each gap."""
GUARDED = ("day_close", "entry", "given_number", "merged_spool", "office_key")
# end of what it makes

_OPERATION = ("staff_session", "sign_in_failure", "secret", "counter_place")
"""Tables of the running of the program: no evidence, so only their shape is looked at."""


def guards_of(table: str) -> dict[str, str]:
    """The triggers that an append-only table has, by name."""
    key = [column.split(" ")[0] for column in TABLES[table].split(", ") if " KEY" in column]
    same = " AND ".join(f"{name} = NEW.{name}" for name in key)
    moments = {
        "no_update": f"BEFORE UPDATE ON {table}",
        "no_delete": f"BEFORE DELETE ON {table}",
        "no_replace": f"BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE {same})",  # noqa: S608
    }
    refusal = "BEGIN SELECT RAISE(ABORT, 'append only'); END"
    return {
        f"{table}_{end}": f"CREATE TRIGGER {table}_{end} {moment} {refusal}"
        for end, moment in moments.items()
    }


def check_schema(db: sqlite3.Connection, report: Report) -> None:
    """Tables, columns, indexes and guards are those of this version, and there is nothing else."""
    found: dict[str, dict[str, str]] = {"table": {}, "index": {}, "trigger": {}}
    owners: dict[tuple[str, str], str] = {}
    for kind, name, table, sql in db.execute("SELECT type, name, tbl_name, sql FROM sqlite_master"):
        owners[str(kind), str(name)] = str(table)
        # SQLite's own indexes, of the keys of tables, have no text.
        if sql is not None:
            found.setdefault(str(kind), {})[str(name)] = _one_line(str(sql))
    _check_owners(owners, report)
    guards = {name: sql for table in GUARDED for name, sql in guards_of(table).items()}
    must: dict[str, dict[str, str]] = {"table": TABLES, "index": INDEXES, "trigger": guards}
    for kind, here in found.items():
        for name in here.keys() - must.get(kind, {}).keys():
            report.find("schema_added", detail=f"{plain_words(kind)} {_shown(name)}")
    for name, sql in INDEXES.items():
        if found["index"].get(name) != sql:
            report.find("index_changed", detail=name)
    for name, sql in guards.items():
        if name not in found["trigger"]:
            report.find("guard_missing", detail=name)
        elif found["trigger"][name] != sql:
            report.find("guard_changed", detail=name)
    _check_tables(db, found["table"], report)


def _one_line(sql: str) -> str:
    """A statement with one blank wherever SQLite sees a gap."""
    return b" ".join(encoded(sql).split()).decode("utf-8", "surrogateescape")


def _check_owners(found: dict[tuple[str, str], str], report: Report) -> None:
    """Everything is of the table that it should be of; what is missing or too much is told elsewhere."""
    must = _owners()
    for key in sorted(found.keys() & must.keys()):
        if found[key] != must[key]:
            report.find("schema_changed", table=must[key], detail=_shown(key[1]))
    for key in sorted(found.keys() ^ must.keys()):
        table = must.get(key) or found[key]
        if key[1].startswith("sqlite_autoindex_") and table in TABLES and ("table", table) in found:
            report.find("schema_changed", table=table, detail="keys")


def _owners() -> dict[tuple[str, str], str]:
    """Everything that the schema holds, by kind and name, and the table that it is of."""
    owners = {("table", table): table for table in TABLES}
    owners |= {("trigger", name): table for table in GUARDED for name in guards_of(table)}
    owners |= {("index", name): sql.split(" ON ")[1].split(" ")[0] for name, sql in INDEXES.items()}
    return owners | {("index", name): table for name, table in KEY_INDEXES.items()}


def _check_tables(db: sqlite3.Connection, there: dict[str, str], report: Report) -> None:
    for table, columns in TABLES.items():
        if table not in there:
            report.find("schema_missing", table=table)
        elif hashlib.sha256(encoded(there[table])).hexdigest()[:16] != MADE_BY[table]:
            report.find("schema_changed", table=table, detail="sql")
        elif ", ".join(_column(row) for row in db.execute(f'PRAGMA table_xinfo("{table}")')) != columns:
            report.find("schema_changed", table=table, detail="columns")
        elif sorted(_unique(db, table)) != sorted(UNIQUE.get(table, ())):
            report.find("schema_changed", table=table, detail="keys")
    for pragma, must in (("application_id", APPLICATION_ID), ("user_version", USER_VERSION)):
        if db.execute(f"PRAGMA {pragma}").fetchone()[0] != must:
            report.find("schema_changed", table="-", detail=pragma)
    if "schema_version" in there:
        versions = [row[0] for row in db.execute("SELECT version_num FROM schema_version")]
        if versions != [SCHEMA]:
            report.find("schema_changed", table="schema_version", detail="version_num")


def _column(row: Row) -> str:
    _number, name, kind, not_null, default, key, hidden = row
    words = [str(name), str(kind)]
    words += ["NOT NULL"] if not_null else []
    words += [f"DEFAULT {default}"] if default is not None else []
    words += [f"KEY {key}"] if key else []
    words += ["HIDDEN"] if hidden else []
    return " ".join(words)


def _unique(db: sqlite3.Connection, table: str) -> Iterator[str]:
    """The keys that SQLite itself keeps unique, each with its columns and their collations."""
    for index in db.execute(f'PRAGMA index_list("{table}")').fetchall():
        if index[3] != "c":
            columns = db.execute(f'PRAGMA index_xinfo("{index[1]}")').fetchall()
            yield f"{index[3]} " + " ".join(f"{c[2]}:{c[4]}" for c in columns if c[5])


# ---------------------------------------------------------------- an export

_SECTIONS = {
    "office_key": KEY_COLUMNS,
    "day_close": CLOSE_COLUMNS,
    "entry": COLUMNS,
    **{table: columns for table, (columns, _key) in DERIVED.items()},
    "given_number": NUMBER_COLUMNS,
    "staff": STAFF_COLUMNS,
}
"""Kinds of line in the order of an export."""


class Export:
    """A file of JSON lines: header, one line for each row in the order of _SECTIONS, end."""

    def __init__(self, path: Path, report: Report) -> None:
        """Look through the file once: sum, header, end, purges.

        Raises:
            UnreadableError: it is no export.
        """
        self._path = path
        self._report = report
        self._starts: dict[str, int] = {}
        self._section = 0
        self._purges: list[Row] = []
        try:
            self._look_through()
        except FileNotFoundError as error:
            raise UnreadableError("missing") from error
        except OSError as error:
            raise UnreadableError("unreadable") from error

    def _look_through(self) -> None:
        digest, offset, last = hashlib.sha256(), 0, b""
        counts = dict.fromkeys(_SECTIONS, 0)
        with self._path.open("rb") as file:
            head = json_object(file.readline(4096))
            if head.get("format") != EXPORT_FORMAT:
                raise UnreadableError("foreign")
            require_known([head.get("schema")])
            file.seek(0)
            for number, line in enumerate(file, 1):
                digest.update(last)
                if number > 1:
                    self._sort_in(line, number, offset, counts)
                offset += len(line)
                last = line
        self._end = json_object(last) if last.startswith(b'{"t":"end"') and last.endswith(b"}\n") else {}
        if not self._end:
            self._report.find("export_cut")
        elif self._end.get("sha256") != digest.hexdigest():
            self._report.find("export_changed")
        elif self._end.get("lines") != counts:
            self._report.find("export_count", detail="lines")

    def _sort_in(self, line: bytes, number: int, offset: int, counts: dict[str, int]) -> None:
        kind = line[6:40].split(b'"')[0].decode("ascii", "replace") if line.startswith(b'{"t":"') else ""
        if kind in counts:
            if not counts[kind]:
                self._starts[kind] = offset
            counts[kind] += 1
            place = list(_SECTIONS).index(kind)
            if place < self._section:
                self._report.find("export_form", detail=number)
            self._section = max(self._section, place)
            if kind == "entry" and b'"kind":"purged"' in line:
                row = _cells(line, COLUMNS)
                if row is not None:
                    self._purges.append(row)
        elif kind != "end":
            self._report.find("export_form", detail=number)

    def check_structure(self) -> None:
        """An export has no pages and no guards."""

    def check_end(self) -> None:
        """The end line repeats where the chain ended."""
        last = None if self._report.last is None else list(self._report.last[:2])
        if self._end and [self._end.get("seq"), self._end.get("head")] != (last or [0, ZEROS]):
            self._report.find("export_count", detail="head")

    def rows(self, table: str, columns: tuple[str, ...], _order: tuple[str, ...]) -> Iterator[Row]:
        """The rows of one section."""
        if table not in self._starts:
            return
        start = f'{{"t":"{table}"'.encode("ascii")
        with self._path.open("rb") as file:
            file.seek(self._starts[table])
            for line in file:
                if not line.startswith(start):
                    return
                row = _cells(line, columns)
                if row is None:
                    self._report.find("export_form", detail=f"{table}")
                elif table in DERIVED:  # JSON has truth values where SQLite has 0 and 1
                    yield tuple([int(cell) if isinstance(cell, bool) else cell for cell in row])
                else:
                    yield row

    def purges(self) -> Iterator[Row]:
        return iter(self._purges)

    def entries(self) -> Iterator[Row]:
        return self.rows("entry", COLUMNS, ())

    def staff(self) -> Iterator[Row]:
        return self.rows("staff", STAFF_COLUMNS, ())

    def require_still(self) -> None:
        """What an export says of itself was checked by its sum."""

    def close(self) -> None:
        """Nothing is held open."""


def _cells(line: bytes, columns: tuple[str, ...]) -> Row | None:
    if b"\\u" in line:  # nothing of ours needs it, and it can spell what is no text
        return None
    try:
        told = json.loads(line)
        cells = tuple([told[column] for column in columns])
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return cells if len(told) == len(columns) + 1 and all(map(_is_cell, cells)) else None


def _is_cell(value: Any) -> bool:
    if type(value) is int:
        return -(1 << 63) <= value < 1 << 63
    return value is None or isinstance(value, (str, bool))


# ---------------------------------------------------------------- all of it


def verify(
    source: Any,
    report: Report,
    *,
    heads: Iterable[tuple[int, str, str]] = (),
    public_keys: dict[str, bytes] | None = None,
) -> Report:
    """Check everything there is to check.

    Args:
        source: A Database or an Export.
        report: Where findings go; it is given back.
        heads: Places, hashes and sources of entries known from outside (日報 on paper, anchor).
        public_keys: Key id → public key, known from outside; None: the keys in the source itself.

    Raises:
        UnreadableError: somebody wrote meanwhile.
    """
    fold = Fold()
    try:
        source.check_structure()
        key_rows = list(source.rows("office_key", KEY_COLUMNS, ("key_id",)))
        closes = Closes(list(source.rows("day_close", CLOSE_COLUMNS, ("day",))), report)
        marks = Marks()
        closes.mark(marks)
        for seq, hash_, told in heads:
            marks.add(seq, hash_, told, outside=True)
        purges = [purge for purge in map(Purge.read, source.purges()) if purge is not None]
        day_at = {row[2]: "" for row in closes.rows}
        walk_chain(source.entries(), purges, marks, report, fold.take, day_at)
        fold.end()
        own_keys = stored_keys(key_rows, report)
        closes.check_chain(report)
        closes.check_days(day_at, report)
        closes.check_logged(fold.closed, report)
        closes.check_signatures(own_keys if public_keys is None else public_keys, report)
        check_keys_logged(key_rows, fold.keys, report)
        for purge in purges:
            if not purge.is_allowed((seq, ref) for seq, ref, _ in fold.closed.values()):
                report.find("purge_not_allowed", seq=purge.seq)
        for table, (columns, key) in DERIVED.items():
            found = source.rows(table, columns, key)
            compare(table, fold.rows(table), found, report)
        check_numbers(fold, source.rows("given_number", NUMBER_COLUMNS, ("case_number",)), report)
        check_staff(fold, source.staff(), report)
        source.check_end()
        source.require_still()
        _add_notes(report, fold, closes, marks, own_keys if public_keys is None else None)
    finally:
        fold.close()
    return report


def _add_notes(
    report: Report, fold: Fold, closes: Closes, marks: Marks, own_keys: dict[str, bytes] | None
) -> None:
    if not marks.from_outside:
        report.note("no_mark")
    elif closes.rows and report.last is not None and report.last[0] > closes.rows[-1][2]:
        report.note("unclosed", count=report.last[0] - closes.rows[-1][2])
    if own_keys and report.signed:
        report.note("own_key", detail=", ".join(sorted(own_keys)))
    if report.purged and not {"purge_uncovered", "purge_differs"} & report.counts.keys():
        report.note("purged", count=report.purged)
    for kind, (count, first) in fold.told.items():
        report.note(kind, count=count, seq=first)


def read_anchor(path: Path) -> tuple[int, str, str]:
    """What a machine remembers of the chain's end (anchor.json).

    Raises:
        UnreadableError: it is none.
    """
    try:
        told = json.loads(path.read_bytes())
        seq, hash_ = told["seq"], told["hash"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UnreadableError("anchor") from error
    if type(seq) is not int or not isinstance(hash_, str) or not _HEX64.fullmatch(hash_):
        raise UnreadableError("anchor")
    return seq, hash_, "錨(anchor.json)"


class _Arguments(argparse.ArgumentParser):
    def error(self, message: str) -> Any:
        self.print_usage(sys.stderr)
        print(f"引数が正しくありません: {message}", file=sys.stderr)
        raise SystemExit(USAGE)


def _arguments() -> argparse.ArgumentParser:
    parser = _Arguments(
        prog="kakanai_log_verify.py",
        description="kakanai の操作ログが変えられていないかを確かめます。",
        allow_abbrev=False,
    )
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument(
        "database",
        nargs="?",
        type=Path,
        metavar="データベース",
        help="sessionlog.sqlite3 かその写し(変えません)",
    )
    what.add_argument("--export", type=Path, metavar="ファイル", help="書き出した JSON 行のファイル")
    parser.add_argument("--head", metavar="値", help="日報などにある、終わりの記録の値(16桁から64桁)")
    parser.add_argument("--seq", type=int, metavar="番号", help="--head の記録の番号")
    parser.add_argument("--anchor", type=Path, metavar="ファイル", help="窓口の PC の anchor.json")
    parser.add_argument("--public-key", type=Path, metavar="ファイル", help="役所で別に保管した公開鍵(PEM)")
    parser.add_argument("--limit", type=int, default=MOST_TOLD, metavar="件数", help="詳しく出す件数")
    parser.add_argument("--json", action="store_true", help="結果を JSON で出す")
    return parser


def main(arguments: list[str] | None = None) -> int:
    """Run from the command line; gives the exit status."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    parser = _arguments()
    asked = parser.parse_args(arguments)
    if (asked.head is None) != (asked.seq is None) or (asked.head and not _HEAD.fullmatch(asked.head)):
        parser.error("--head(16進16桁から64桁)と --seq は一緒に書いてください")
    report = Report(limit=max(0, asked.limit))
    source: Any = None
    try:
        keys = read_public_keys(asked.public_key) if asked.public_key else None
        heads = [(asked.seq, asked.head, "--head")] if asked.head else []
        heads += [read_anchor(asked.anchor)] if asked.anchor else []
        source = Export(asked.export, report) if asked.export else Database(asked.database, report)
        verify(source, report, heads=heads, public_keys=keys)
    except UnreadableError as error:
        what, step = UNREADABLE_SAYINGS[error.reason]
        told = {"verifier": VERIFIER, "result": "unreadable", "reason": error.reason, "what": what}
        if asked.json:
            _say(json.dumps({**told, "next_step": step}, ensure_ascii=False))
        else:
            print(f"確かめられません: {what}\n  次にすること: {step}", file=sys.stderr)
        return UNREADABLE
    finally:
        if source is not None:
            source.close()
    told_as_json = json.dumps(report.to_mapping(), ensure_ascii=False, indent=1)
    _say(told_as_json if asked.json else "\n".join(report.lines()))
    return report.status


def _say(text: str) -> None:
    """On standard output; whoever closes it early wants no more, and the exit status says the rest."""
    try:
        print(text, flush=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    sys.exit(main())
