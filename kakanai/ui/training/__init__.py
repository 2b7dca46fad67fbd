"""練習: the band that cannot be missed, and residents, lesson and exercises beside the window."""
