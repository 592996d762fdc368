"""From bytes to tables: opens packages safely, reads sheets, finds and understands tables.

Names are imported from the modules themselves, so that opening a package does not load what finds tables.
"""
