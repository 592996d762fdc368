"""What was found, written down: for people (text) and for machines (JSON, SARIF).

Reports stand behind one small interface, ``formats.Report``, but the review page (``review_html``), which needs the
sheets beside the outcome and is made for one workbook. Nothing is decided here.
"""

FORMATS = ("text", "json", "sarif", "html")
TABLES_FORMATS = ("text", "json", "html")
