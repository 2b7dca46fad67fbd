"""The supervisor's page 日報: the day, its cases, search, judgement, plots, what is handed on, day close."""
