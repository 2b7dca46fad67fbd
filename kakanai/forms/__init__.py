"""Forms 様式: templates as data, filled, checked and drawn."""
