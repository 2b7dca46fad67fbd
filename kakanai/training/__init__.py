"""練習: invented residents, a guided first lesson and faults to practise, on a log of its own."""
