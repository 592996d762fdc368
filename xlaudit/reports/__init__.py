"""What was found, written down: for people (text) and for machines (JSON, SARIF).

Reports stand behind one small interface, ``formats.Report``; nothing is decided here.
"""

FORMATS = ("text", "json", "sarif")
TABLES_FORMATS = ("text", "json", "html")
