"""The manual 手引き as its readers meet it: chapters in order, pages for the window, one PDF to print."""
