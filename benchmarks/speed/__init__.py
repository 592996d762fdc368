"""How long an audit takes beside openpyxl: one small workbook, a thousand, and 100,000 rows."""
