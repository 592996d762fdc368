"""The ledger (*buku register*): what was audited when, with which result, and what was mailed.

``place`` says where it is and loads no database; ``store`` opens it; ``record``, ``reading`` and ``mailings`` are what
is done with it. Only this room knows SQLAlchemy.
"""
