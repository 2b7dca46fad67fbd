"""初期設定: the pages that set a town up, one after the other."""
