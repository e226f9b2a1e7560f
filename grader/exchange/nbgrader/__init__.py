"""Keeps nbgrader's own gradebook in step with ours.

An assignment of ours is one of nbgrader's under a name of its own, so that nothing that nbgrader does to its notebooks
touches our rows. A module is a notebook, a graded function a cell of it, an item of a rubric an answer to be graded by
hand; what was decided after grading is a cell, too, so that totals agree to the last digit. `tables` is nbgrader's
schema, `place` where a course of nbgrader lies, `parts` what becomes which cell, `structure` and `push` what is
written, `reports` the notebooks that formgrader shows, `pull` what people gave there and what becomes of it here.

nbgrader itself is not imported: that alone takes seconds. `exporter`, which nbgrader imports, is the exception.
"""
