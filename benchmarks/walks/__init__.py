"""Six visits at the counter as the keys a clerk presses, one file each: every file has one `walk(clerk)`."""
