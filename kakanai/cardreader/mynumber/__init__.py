"""個人番号カード: which files lie where on it, and the session that reads them."""
