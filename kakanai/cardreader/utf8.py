"""UTF-8 text from a card, without an exception that quotes it."""


def decode_utf8(data: bytes) -> str | None:
    """The text code point for code point, None for bytes that are no UTF-8.

    Not an error: a UnicodeDecodeError carries all of the bytes, and stays within reach of whatever is raised
    while it is handled (`__context__`), also after `from None`.
    """
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None
