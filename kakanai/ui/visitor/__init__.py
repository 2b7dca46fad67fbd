"""The visitor's screen 来庁者画面: a second window that shows the visitor only what a VisitorView allows."""
