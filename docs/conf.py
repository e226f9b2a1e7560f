"""How the pages become a site: python -m sphinx -b html -W -c docs . build/docs; all Markdown, every link checked."""

project = "Grading Descent"
author = "The Grading Descent authors"
project_copyright = author

extensions = ["myst_parser"]
root_doc = "docs/index"
# Pages are written for whoever reads the repository, so links lead from file to file, README included.
include_patterns = ["*.md", "docs/**.md"]
exclude_patterns = [".*", "assignments", "build", "dist", "grader", "solutions", "source", "tests"]
source_suffix = {".md": "markdown"}
nitpicky = True

myst_heading_anchors = 4
suppress_warnings = ["misc.highlighting_failure"]

html_theme = "furo"
html_title = project
html_copy_source = False
html_show_sphinx = False
