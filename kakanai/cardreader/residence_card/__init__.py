"""在留カード and 特別永住者証明書 of both generations: read by the printed card number 在留カード等番号."""
