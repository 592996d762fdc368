"""One overview of many audited workbooks: as a workbook, as a page, and as data for other tools."""
