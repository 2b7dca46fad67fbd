"""What stops a build."""


class BuildError(Exception):
    """The installer was not built; the text says what is wrong and what to do about it, in English."""
