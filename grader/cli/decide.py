"""Commands by which a person decides about a grade; each is kept with who, when and why."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli import known
from grader.cli.db import open_book

if TYPE_CHECKING:
    from grader.gradebook.decisions import Body

Whom = Annotated[
    str, typer.Argument(metavar="STUDENT", help="A student or a team, as submissions name it.")
]
Which = Annotated[
    str,
    typer.Argument(
        metavar="ASSIGNMENT",
        autocompletion=known.assignments,
        help="Its name, as in course.toml.",
    ),
]
Why = Annotated[str, typer.Option("--reason", help="Why; it is kept with the decision.")]

appeals = typer.Typer(
    name="appeal", help="Keep track of appeals against grades.", no_args_is_help=True
)


def add_to(app: typer.Typer) -> None:
    """Add the subcommands."""
    for command in (extend, override, choose, comment):
        app.command()(command)
    app.add_typer(appeals)


def _decide(student: str, assignment: str, body: "Body", why: str) -> int:
    from grader.course import Course
    from grader.feedback.escape import safe
    from grader.gradebook.decisions import Decision, Override, decide
    from grader.gradebook.ledger import Ledger

    course = Course.find()
    course.assignment(assignment)
    book = open_book()
    try:
        with book.write() as connection:
            decide(connection, [Decision(body, why, assignment, student)])
            ledger = Ledger(connection, course)
            grade, known = ledger.grade(student, assignment), ledger.knows(student, assignment)
    finally:
        book.close()
    for line in grade.lines:
        print(safe(line))
    if isinstance(body, Override) and grade.points > grade.max_points:
        print("note: that is more than there is to be had; 'none' takes it back", file=sys.stderr)
    if not known:
        # An extension may come before everything else; a slip of the pen should be seen.
        print(f"note: the gradebook knows no student or team {student!r} yet", file=sys.stderr)
    return 0


def extend(
    student: Whom,
    assignment: Which,
    due: Annotated[str, typer.Argument(help="The new due date, with time zone.")],
    reason: Why,
) -> int:
    """Give a student, or a team, a later due date.

    Example: grader extend ann gradient_descent 2030-05-08T18:00:00+02:00 --reason "ill, certificate seen"
    """
    from grader.exchange.times import parse_time
    from grader.gradebook.decisions import Extension

    return _decide(student, assignment, Extension(due=parse_time(due, "the due date")), reason)


def override(
    student: Whom,
    assignment: Which,
    points: Annotated[str, typer.Argument(help="Points, or 'none' to take an earlier one back.")],
    reason: Why,
) -> int:
    """Set a grade by hand, whatever was computed.

    Example: grader override ann gradient_descent 55 --reason "oral examination"
    """
    from grader.gradebook.decisions import Override

    return _decide(student, assignment, Override(points=parse_points(points)), reason)


def parse_points(text: str) -> float | None:
    """Points as a person types them. Raises UsageError."""
    from grader.errors import UsageError

    if text == "none":
        return None
    try:
        points = float(text)
    except ValueError as error:
        raise UsageError(f"{text!r} is no number of points") from error
    if not 0 <= points < 1e6:
        raise UsageError(f"{text!r} is no number of points")
    return points


def choose(
    student: Whom,
    assignment: Which,
    attempt: Annotated[int, typer.Argument(help="Its number, or 0 to let the rule choose.")],
    reason: Why,
) -> int:
    """Choose the attempt that counts, whatever the rule of the course says.

    Example: grader choose ann gradient_descent 2 --reason "the third was handed in by mistake"
    """
    from grader.gradebook.decisions import Choice

    return _decide(student, assignment, Choice(attempt=attempt or None), reason)


def comment(
    student: Whom,
    assignment: Which,
    text: Annotated[str, typer.Argument(help="What the student will read; empty to take it back.")],
) -> int:
    """Leave a remark that the student reads with the feedback.

    Example: grader comment ann gradient_descent "Nice plots; label the axes."
    """
    from grader.gradebook.decisions import Comment

    return _decide(student, assignment, Comment(text=text), "")


@appeals.command("open")
def open_appeal(
    student: Whom,
    assignment: Which,
    reason: Why,
    test: Annotated[str, typer.Option("--test", help="The test that it is about.")] = "",
) -> int:
    """Note that a student appeals against a grade.

    Example: grader appeal open ann gradient_descent --reason "says that her loop is right"
    """
    from grader.gradebook.decisions import Appeal

    return _decide(student, assignment, Appeal(state="open", test=test), reason)


@appeals.command("close")
def close_appeal(student: Whom, assignment: Which, reason: Why) -> int:
    """Note that an appeal is settled, and how.

    Example: grader appeal close ann gradient_descent --reason "waived the test for everyone"
    """
    from grader.gradebook.decisions import Appeal

    return _decide(student, assignment, Appeal(state="closed"), reason)


@appeals.command("list")
def list_appeals() -> int:
    """List the appeals that are open.

    Example: grader appeal list
    """
    from grader.feedback.escape import safe
    from grader.gradebook.decisions import Appeal, standing

    book = open_book()
    try:
        with book.read() as connection:
            found = standing(connection, [Appeal])
    finally:
        book.close()
    waiting = [each for decided in found.values() for each in decided if each.body.state == "open"]
    for each in sorted(waiting, key=lambda each: each.id):
        about = f" ({each.body.test})" if each.body.test else ""
        print(safe(f"{each.student}, {each.assignment}{about}: {each.told}"))
    print(f"{len(waiting)} open")
    return 0
