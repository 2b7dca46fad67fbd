"""Drafts 下書き: a case in hand, encrypted on disk, so that neither a pause nor a crash loses it."""
