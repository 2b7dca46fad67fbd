"""Staff 職員: who may do what, and how somebody proves to be who they say; numbers only, never a name."""
