"""One migration a file, in the order of their numbers; frozen once released."""
