"""Spreadsheets that are no .xlsx: each module reads one format into the model that all the others give, too."""
