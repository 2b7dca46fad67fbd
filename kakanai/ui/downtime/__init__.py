"""停電・停止のときの用紙: the page on which papers that were filled in by hand are taken into the log."""
