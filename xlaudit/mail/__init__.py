"""Mails that give the audited workbooks back: what they say, as drafts, sent, or as answers to what came in."""
