"""`grader verify` and `grader replay`: whether a stored grade comes out again, and how one test of it went."""

from typing import Annotated

import typer

from grader.cli import arguments
from grader.cli.db import open_book


def add_to(app: typer.Typer) -> None:
    """Add the subcommands."""
    app.command()(verify)
    app.command()(replay)


def verify(
    assignment: Annotated[
        str,
        typer.Argument(
            metavar="[ASSIGNMENT]",
            autocompletion=arguments.assignments,
            help="Default: all that were graded.",
        ),
    ] = "",
    students: Annotated[
        list[str] | None, typer.Argument(metavar="[STUDENT]...", help="Default: everybody.")
    ] = None,
    jobs: arguments.Jobs = arguments.CORES,
) -> int:
    """Derive stored grades again from the stored submission, suite and seed, and report any difference.

    Exit code 0 when the same comes out everywhere, 1 when not.

    Example: grader verify gradient_descent ann
    """
    from grader.course import Course
    from grader.feedback.escape import safe
    from grader.verify import Verified
    from grader.verify import verify as verify_stored

    course = Course.find()
    names = [course.assignment(assignment).name] if assignment else list(course.names)
    same = other = 0

    def told(found: Verified) -> None:
        nonlocal same, other
        same, other = same + (not found.differences), other + bool(found.differences)
        for line in found.differences:
            print(safe(f"{found.student}, {found.assignment}: {line}"))

    with open_book() as book:
        verify_stored(book, course, names, students or (), told, jobs=jobs)
    print(f"{same} the same, {other} different")
    return 1 if other else 0


def replay(
    student: arguments.Student,
    assignment: arguments.Assignment,
    test: Annotated[str, typer.Argument(help="Its name, as reports have it.")],
    debugger: Annotated[
        bool,
        typer.Option(
            "--pdb",
            help="Stop where it fails. The submission then runs on this machine without a sandbox.",
        ),
    ] = False,
) -> int:
    """Run one test of a stored grading again, and print the very calls it makes with their inputs.

    Exit code 0 when it passes, 1 when not.

    Example: grader replay ann gradient_descent test_stops_when_the_gradient_is_small
    """
    from grader import replaying
    from grader.course import Course
    from grader.errors import UsageError
    from grader.feedback.escape import safe
    from grader.gradebook.ledger import Ledger
    from grader.verify import laid_out, recall

    course = Course.find()
    course.assignment(assignment)
    with open_book() as book:
        with book.read() as connection:
            report = Ledger(connection, course).grade(student, assignment).report
            if report is None:
                raise UsageError(
                    f"the gradebook has no report of {student!r} in {assignment}",
                    slug="unknown-student",
                )
            stored = recall(connection, report)
        name = replaying.find_test(stored.report, test)
        with laid_out(book, stored.bundle) as place:
            what = place, stored.submission, stored.report.seed, name
            if debugger:
                print("the submission runs without a sandbox")
                return 0 if replaying.debug(*what) else 1
            found = replaying.replay(*what, confined=stored.report.isolation == "base")
    for call in found.calls:
        print(safe(f"{call.function}({', '.join(call.arguments)})\n  → {call.result}", 100_000))
    print(safe("passed" if found.passed else f"not passed: {found.message}"))
    return 0 if found.passed else 1
