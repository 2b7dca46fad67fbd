"""Printing 印刷: finished pages to paper or folder; knows no case."""
