"""在留カード and 特別永住者証明書 as virtual cards, with real authentication, ciphers and signatures."""
