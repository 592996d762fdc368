"""The benchmark of accuracy: known slips in consistent workbooks, and what an audit makes of them.

Of xlaudit it uses nothing but ``audit_workbook``; what counts as wrong, findable and placeable is told by the generator
of the workbooks alone (:mod:`accuracy.truth`).
"""
