"""A card is a table of files 模擬カード: the same APDUs as a real one, in-process or through vpcd."""
