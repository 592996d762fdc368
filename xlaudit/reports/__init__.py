"""What was found, written down: for people (text) and for machines (JSON).

Reports stand behind one small interface, ``formats.Report``; nothing is decided here.
"""

FORMATS = ("text", "json")
TABLES_FORMATS = ("text", "json", "html")
