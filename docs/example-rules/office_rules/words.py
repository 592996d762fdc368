"""Header words that this office's agencies use."""

WORDS = {"pagu": ["dipa"], "realisasi": ["pencairan"]}
"""Words by the concept that they stand for (``xlaudit.schemas.words.CONCEPTS``)."""
