"""Session log 操作ログ: codes and numbers, never a person."""
