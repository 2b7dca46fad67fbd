"""停電・停止のときの用紙: numbered blank forms printed in advance, and their way into the log."""
