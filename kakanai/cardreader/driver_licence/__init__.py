"""運転免許証 and マイナ免許証: their files, their text in JIS X 0208, and one visit of such a card."""
