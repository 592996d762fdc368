"""Which few cells explain the findings, what slipped there, and what the figure should be."""
