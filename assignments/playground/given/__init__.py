"""What the course gives you: error checks (`given.checks`) and data sets (`given.datasets`).

You may import everything here; you need not hand it in, and changes you make to it have no
effect on your grade, because the grader uses its own copy.
"""
