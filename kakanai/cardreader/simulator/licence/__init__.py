"""Virtual 運転免許証, and マイナ免許証 as a further application of a virtual 個人番号カード."""
