"""組立て: which parts make up the program today. The only room that knows all others."""
