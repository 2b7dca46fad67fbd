"""Printers in the window プリンター: how a print goes, what is cut off, and the page that corrects."""
