"""Many workbooks: which ones, audited each apart from the others, in one stable order."""
