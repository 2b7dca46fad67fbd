"""Card 読取: bytes in, readings out. No Qt, no people."""
