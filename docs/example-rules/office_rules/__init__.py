"""What one office asks of its agencies' workbooks: an example of a package with rules of its own."""
