"""The steps by which a ledger came to its present tables, one file each in ``versions``, applied by Alembic.

A step that was published is never changed: a new one is added, and ``store.HEAD`` names it.
"""
