"""Commands by which a person decides about a grade; each is kept with who, when and why."""

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli import arguments
from grader.cli.db import open_book

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from grader.gradebook.decisions import Body
    from grader.gradebook.ledger import Ledger

    Made = Callable[[Connection, Ledger], Sequence[Body]]

appeals = typer.Typer(
    name="appeal", help="Keep track of appeals against grades.", no_args_is_help=True
)


def add_to(app: typer.Typer) -> None:
    """Add the subcommands."""
    for command in (extend, override, choose, comment):
        app.command()(command)
    app.add_typer(appeals)


def _decide(student: str, assignment: str, make: "Made", why: str) -> int:
    """Keep what `make` says, which may look at the gradebook first, and print the grade that follows."""
    from grader.course import Course
    from grader.feedback.escape import safe
    from grader.gradebook.decisions import Appeal, Comment, Decision, Extension, Override, decide
    from grader.gradebook.ledger import Ledger

    course = Course.find()
    course.assignment(assignment)
    with open_book() as book, book.write() as connection:
        made = make(connection, Ledger(connection, course))
        decide(connection, (Decision(body, why, assignment, student) for body in made))
        ledger = Ledger(connection, course)
        grade, met = ledger.grade(student, assignment), ledger.knows(student, assignment)
    for line in grade.lines:
        print(safe(line))
    due = course.entry(assignment).due
    for body in made:
        # What is in no line of the grade.
        if isinstance(body, Appeal):
            about = f" about {body.test}" if body.test else ""
            print(safe(f"the appeal{about} is {body.state}"))
        if isinstance(body, Comment):
            print(safe(f"comment: {body.text}") if body.text else "the comment is taken back")
        if isinstance(body, Override) and grade.points > grade.max_points:
            _note("that is more than there is to be had; 'none' takes it back")
        if isinstance(body, Extension) and due is not None and body.due < due:
            _note(f"that is earlier than the due date of the course, {due.isoformat()}")
    if not met:
        # An extension may come before everything else; a slip of the pen should be seen.
        _note(f"the gradebook knows no student or team {student!r} yet")
    return 0


def _note(text: str) -> None:
    print(f"note: {text}", file=sys.stderr)


def extend(
    student: arguments.Student,
    assignment: arguments.Assignment,
    due: Annotated[str, typer.Argument(help="The new due date, with time zone.")],
    reason: arguments.Reason,
) -> int:
    """Give a student, or a team, a later due date.

    Example: grader extend ann gradient_descent 2030-05-08T18:00:00+02:00 --reason "ill, certificate seen"
    """
    from grader.exchange.times import parse_time
    from grader.gradebook.decisions import Extension

    body = Extension(due=parse_time(due, "the due date"))
    return _decide(student, assignment, lambda *_: [body], reason)


def override(
    student: arguments.Student,
    assignment: arguments.Assignment,
    points: Annotated[str, typer.Argument(help="Points, or 'none' to take an earlier one back.")],
    reason: arguments.Reason,
) -> int:
    """Set a grade by hand, whatever was computed.

    Example: grader override ann gradient_descent 55 --reason "oral examination"
    """
    from grader.gradebook.decisions import Override

    body = Override(points=parse_points(points))
    return _decide(student, assignment, lambda *_: [body], reason)


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
    student: arguments.Student,
    assignment: arguments.Assignment,
    attempt: Annotated[int, typer.Argument(help="Its number, or 0 to let the rule choose.")],
    reason: arguments.Reason,
) -> int:
    """Choose the attempt that counts, whatever the rule of the course says.

    Example: grader choose ann gradient_descent 2 --reason "the third was handed in by mistake"
    """
    from grader.gradebook.decisions import Choice

    return _decide(student, assignment, lambda *_: [Choice(attempt=attempt or None)], reason)


def comment(
    student: arguments.Student,
    assignment: arguments.Assignment,
    text: Annotated[str, typer.Argument(help="What the student will read; empty to take it back.")],
) -> int:
    """Leave a comment that the student reads with the feedback.

    Example: grader comment ann gradient_descent "Nice plots; label the axes."
    """
    from grader.gradebook.decisions import Comment

    return _decide(student, assignment, lambda *_: [Comment(text=text)], "")


@appeals.command("open")
def open_appeal(
    student: arguments.Student,
    assignment: arguments.Assignment,
    reason: arguments.Reason,
    test: Annotated[str, typer.Option("--test", help="The test that it is about.")] = "",
) -> int:
    """Note that a student appeals against a grade.

    Example: grader appeal open ann gradient_descent --reason "says that her loop is right"
    """
    from grader.errors import UsageError
    from grader.gradebook.decisions import Appeal
    from grader.gradebook.waivers import resolve

    def make(_: "Connection", ledger: "Ledger") -> "Sequence[Body]":
        if not ledger.knows(student, assignment):
            raise UsageError(f"the gradebook knows no student {student!r}", slug="unknown-student")
        name = resolve(ledger.tests(assignment), test) if test else ""
        return [Appeal(state="open", test=name)]

    return _decide(student, assignment, make, reason)


@appeals.command("close")
def close_appeal(
    student: arguments.Student,
    assignment: arguments.Assignment,
    reason: arguments.Reason,
    test: Annotated[
        str,
        typer.Option("--test", help="The test that it is about; default: all of the student's."),
    ] = "",
) -> int:
    """Note that an appeal is settled, and how.

    Example: grader appeal close ann gradient_descent --reason "waived the test for everyone"
    """
    from grader.errors import UsageError
    from grader.gradebook.decisions import Appeal, standing
    from grader.gradebook.waivers import resolve

    def make(connection: "Connection", _: "Ledger") -> "Sequence[Body]":
        found = standing(connection, [Appeal], assignment, student).get((Appeal.kind, student), [])
        tests = {each.body.test: 0.0 for each in found if each.body.state == "open"}
        if not tests:
            raise UsageError(f"no appeal of {student!r} in {assignment} is open")
        closed = [resolve(tests, test)] if test else list(tests)
        return [Appeal(state="closed", test=name) for name in closed]

    return _decide(student, assignment, make, reason)


@appeals.command("list")
def list_appeals() -> int:
    """List the appeals that are open.

    Example: grader appeal list
    """
    from grader.feedback.escape import safe
    from grader.gradebook.decisions import Appeal, standing

    with open_book() as book, book.read() as connection:
        found = standing(connection, [Appeal])
    waiting = [each for decided in found.values() for each in decided if each.body.state == "open"]
    for each in sorted(waiting, key=lambda each: each.id):
        about = f" ({each.body.test})" if each.body.test else ""
        print(safe(f"{each.student}, {each.assignment}{about}: {each.told}"))
    print(f"{len(waiting)} open")
    return 0
