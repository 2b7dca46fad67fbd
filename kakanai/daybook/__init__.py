"""The daybook 日報: what a supervisor 責任者 reads, judges and hands on of the session log."""
