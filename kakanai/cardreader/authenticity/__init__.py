"""Whether a card is what it says 真正性: signatures of the issuer and a challenge to the chip, offline."""
