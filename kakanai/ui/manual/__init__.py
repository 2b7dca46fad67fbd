"""The manual 手引き in the window (F1), opened where the clerk is."""
