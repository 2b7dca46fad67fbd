"""How the simulated reader is called, known without loading a simulated card."""

NAME_PREFIX = "specimen:"
"""The reader's name is this and the id of the specimen on it."""
