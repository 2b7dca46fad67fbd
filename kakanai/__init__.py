"""kakanai 書かない窓口: one card scan fills, prints and logs the town hall's forms."""

__version__ = "0.1.0"
