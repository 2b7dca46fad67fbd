"""The window: every Qt import of the program lives here (app loads it, for the window alone)."""
