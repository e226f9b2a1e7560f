"""Every error this package raises on purpose.

    GraderError
    ├── UsageError               a command was given something it cannot use
    ├── CourseError              a course or assignment is not as it should be
    │   └── SuiteError           a suite cannot be collected, or its points do not add up
    ├── MissingExtraError        a command needs packages that are not installed
    ├── ConfinementError         this machine cannot confine student code
    ├── StoreError               the gradebook or the disk refuses
    └── GraderFault              our own machinery failed; never points, never the student's doing

Each class carries a `slug`, the name under which `grader explain` describes it, and the `exit_code` of a
command that ends so. Where there is more to say of one error than of its class, it is raised with a slug of its own.
"""


class GraderError(Exception):
    """An error with a sentence for the person at the terminal."""

    slug = "error"
    exit_code = 2

    def __init__(self, message: str, *, slug: str | None = None) -> None:
        super().__init__(message)
        if slug is not None:
            self.slug = slug


class UsageError(GraderError):
    """A command was given something that it cannot use."""

    slug = "usage"


class CourseError(GraderError):
    """A course or an assignment is not as it should be."""

    slug = "course"


class SuiteError(CourseError):
    """A suite cannot be collected, or its points do not add up."""

    slug = "suite"


class MissingExtraError(GraderError):
    """A command needs packages that are not installed."""

    slug = "missing-extra"

    def __init__(self, extra: str, purpose: str) -> None:
        super().__init__(f"{purpose} needs more packages: pip install 'grading-descent[{extra}]'")
        self.extra = extra


class ConfinementError(GraderError):
    """This machine cannot confine student code as grading demands."""

    slug = "confinement"
    exit_code = 3


class StoreError(GraderError):
    """The gradebook or the disk refuses to keep a result."""

    slug = "store"
    exit_code = 4


class GraderFault(GraderError):
    """Our own machinery failed; a submission is left ungraded rather than given points for it."""

    slug = "our-fault"
    exit_code = 1
