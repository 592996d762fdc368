"""xlaudit: audits the Excel workbooks in which agencies report performance and budget."""

__version__ = "0.1.0"
