"""初期設定: the town's settings made step by step, and carried to the next PC in one encrypted file."""
