"""nbgrader on this course: its folders are ours, and what students must not see is never copied.

Plain `nbgrader generate_assignment --force NAME` then releases no solution, whatever else happens. It
knows nothing of stubs, though; so afterwards `grader build` makes the folder complete, or removes it
if it is not safe to release.
"""

import sys
from pathlib import Path

c = get_config()  # noqa: F821  # nbgrader provides it

COURSE = Path(__file__).resolve().parent
MASTER = ".master.py"

if any(sign in str(COURSE) for sign in "*?["):
    # nbgrader reads paths as patterns: it would ignore nothing, and release the masters.
    sys.exit(f"nbgrader cannot work safely in a folder with * ? or [ in its path: {COURSE}")

# First, so that nothing below can keep it from taking effect. nbgrader copies every file of
# source/NAME/ that matches none of these: masters hold the solutions, and so do their backups.
c.CourseDirectory.ignore = [
    "*.master.*",
    "*.py.*",
    ".*",
    "*~",
    "*.bak",
    "*.orig",
    "*.pyc",
    "__pycache__",
    "feedback",
]

c.CourseDirectory.source_directory = "source"
c.CourseDirectory.release_directory = "assignments"
c.CourseDirectory.submitted_directory = "submitted"
c.CourseDirectory.autograded_directory = "autograded"
c.CourseDirectory.feedback_directory = "feedback"
# Not solutions/: nbgrader empties the folder it writes to, and that one belongs to `grader build`.
c.CourseDirectory.solution_directory = "solution"
# Not gradebook.db, which is the grader's own; `grader sync nbgrader` keeps this one in step with it.
c.CourseDirectory.db_url = f"sqlite:///{COURSE / 'nbgrader.db'}"


# The modules that students write. Without this nbgrader may replace them by files of source/.
c.Autograde.exclude_overwriting = {
    folder.name: sorted(
        master.name.removesuffix(MASTER) + ".py" for master in folder.glob(f"*{MASTER}")
    )
    for folder in sorted((COURSE / "source").glob("*"))
    if folder.is_dir()
}


def complete(assignment, **_):
    """Add the stubs and the generated support code to what nbgrader released."""
    try:
        from grader.authoring.nbgrader import complete_release
    except ImportError:
        sys.stderr.write(
            f"assignments/{assignment} lacks its modules: install the grader beside nbgrader "
            "(pip install 'grading-descent[lab]'), or run: grader build\n"
        )
        return
    complete_release(COURSE, assignment)


c.GenerateAssignment.post_convert_hook = complete
