"""The syntax of content streams (PDF 32000-1 §7.8, given) as patterns, the most frequent first."""

import re

_STRING = rb"\((?>[^\\()]+|\\.)*+\)"
_NUMBER = rb"[-+.\d]++"
_ONE_LINE = (
    rb"BT 1 0 0 1 (" + _NUMBER + rb") (" + _NUMBER + rb") Tm ((?>/[^\s/]++ " + _NUMBER + rb" Tf "
    + _NUMBER + rb" TL " + _STRING + rb" Tj )++)T\* ET\s"
)  # fmt: skip
"""A line of text as ReportLab writes it; what is written otherwise is read operator by operator."""
_LINES_ONLY = (
    rb"(?>(?:n " + _NUMBER + rb" " + _NUMBER + rb" m " + _NUMBER + rb" " + _NUMBER + rb" l S|"
    + rb"(?>[012]?\.\d++|[012]) w|\[[-+.\d ]*+\] " + _NUMBER + rb" d)\s++)++"
)  # fmt: skip
"""Straight lines of less than 3 pt, their weights and dashes: nothing that is compared."""
_SQUARES = rb"((?>" + rb" ".join([_NUMBER] * 4) + rb" re )++)f\s++"
"""Filled rectangles one after another, as those of a QR code."""
_ANY = (
    rb"((?>(?:" + _NUMBER + rb"|/[^\s<>\[\]()/]*+|" + _STRING
    + rb"|<[0-9A-Fa-f\s]*+>|\[[^\[\]]*+\]|<<(?>[^<>()]+|" + _STRING
    + rb"|<[0-9A-Fa-f\s]*+>)*+>>)\s*+)*+)([A-Za-z'\"*]++)(?>\s++|\Z)"
)  # fmt: skip
"""An operator with its operands before it."""
OPERATION = re.compile(_ONE_LINE + rb"|" + _LINES_ONLY + rb"|" + _SQUARES + rb"|" + _ANY, re.DOTALL)
FRAGMENT = re.compile(
    rb"/([^\s/]++) (" + _NUMBER + rb") Tf " + _NUMBER + rb" TL (" + _STRING + rb") Tj ", re.DOTALL
)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b""}
MARKED = re.compile(
    rb"/\w++\s*+(?:<<\s*+/(?:MCID\s++\d++|ActualText\s*+(?:<[0-9A-Fa-f\s]*+>|" + _STRING + rb"))\s*+>>)?\s*+",
    re.DOTALL,
)
"""What may stand before BDC and BMC; of another dictionary nobody can tell what a viewer makes of it."""
ACTUAL_TEXT = re.compile(rb"/ActualText\s*(?:<([0-9A-Fa-f\s]*)>|(" + _STRING + rb"))", re.DOTALL)


def unescaped(string: bytes) -> bytes:
    """The bytes that a literal string between its brackets stands for (PDF 32000-1 §7.3.4.2, given).

    Raises:
        ValueError: a bare carriage return is in it, which would be read as a line feed.
    """
    if b"\r" in string:
        raise ValueError("string")
    if b"\\" not in string:
        return string
    return _ESCAPE.sub(_character, string)


def _character(found: re.Match[bytes]) -> bytes:
    escaped = found[1]
    if escaped[0] in b"01234567":
        return bytes([int(escaped, 8) & 0xFF])
    return _ESCAPED.get(escaped, escaped)
