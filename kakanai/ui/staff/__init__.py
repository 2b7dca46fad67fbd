"""Who is at the window: signing in and locking, and the register of staff for administrators."""
