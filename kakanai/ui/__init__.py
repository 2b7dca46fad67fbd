"""The window: every Qt import of the program lives here (and in app.py)."""
