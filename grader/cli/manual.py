"""`grader manual`: grade by hand what no test can judge, without knowing whose it is."""

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli import arguments
from grader.cli.counted import counted
from grader.cli.db import open_book

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from grader.course import Assignment
    from grader.gradebook.manual import Work

manual = typer.Typer(
    name="manual",
    help="Grade experiments by hand, against their rubric and without names.",
    no_args_is_help=True,
)

Code = Annotated[str, typer.Argument(metavar="CODE", help="As `next` and `list` show it.")]


def add_to(app: typer.Typer) -> None:
    """Add the group of subcommands."""
    app.add_typer(manual)


@contextmanager
def _at_work(
    name: str,
) -> "Iterator[tuple[Connection, Assignment, list[Work], Mapping[str, float]]]":
    """A writer's transaction with the assignment, what there is to grade of it, and the rubric."""
    from grader.course import Course
    from grader.errors import UsageError
    from grader.gradebook.ledger import Ledger
    from grader.gradebook.manual import all_work

    course = Course.find()
    assignment = course.assignment(name)
    rubric = assignment.manifest.rubric
    if not rubric:
        raise UsageError(f"{name} has nothing that is graded by hand")
    with open_book() as book, book.write() as connection:
        works = list(all_work(connection, Ledger(connection, course), name))
        yield connection, assignment, works, rubric


@manual.command("next")
def next_(
    assignment: arguments.Assignment,
    code: Annotated[str, typer.Argument(metavar="[CODE]", help="Default: the next open one.")] = "",
    no_open: Annotated[
        bool, typer.Option("--no-open", help="Only print where the page is.")
    ] = False,
) -> int:
    """Write a page with the experiment of the next submission that nobody graded yet, and open it.

    Example: grader manual next gradient_descent
    """
    from grader.gradebook.manual import find, next_open

    with _at_work(assignment) as (connection, which, works, _):
        work = find(works, code) if code else next_open(works, assignment)
        if work is None:
            left = sum(bool(each.open) for each in works)
            rest = f" but {left} without a notebook: grader manual list {assignment}"
            print(f"nothing is open{rest if left else ''}")
            return 0
        file = _write_page(connection, which, work)
    print(f"{work.code}: {', '.join(work.open) or 'nothing open'}")
    print(file)
    if work.open:
        item = work.open[0].partition(": ")[2]
        print(f"then: grader manual set {assignment} {work.code} {item} POINTS")
    if (
        not no_open
        and sys.stdout.isatty()
        and (os.environ.get("DISPLAY") or sys.platform != "linux")
    ):
        typer.launch(str(file))
    return 0


def _write_page(connection: "Connection", assignment: "Assignment", work: "Work") -> Path:
    from grader.feedback.cells import Cells, cells_of
    from grader.feedback.experiments import page
    from grader.feedback.files import write_private
    from grader.gradebook import objects

    none = Cells((), ("no notebook was handed in",))
    notebook = None if work.notebook is None else objects.get(connection, work.notebook)
    parts = {
        experiment.id: (experiment, none if notebook is None else cells_of(notebook, experiment.id))
        for experiment in assignment.manifest.experiments
    }
    text = page(assignment.manifest.title, work.code, parts, work.points)
    file = assignment.root / ".grader" / "manual" / f"{assignment.name}-{work.code}.html"
    write_private(file, text)
    return file


@manual.command("set")
def set_(
    assignment: arguments.Assignment,
    code: Code,
    item: Annotated[str, typer.Argument(help="An item of the rubric.")],
    points: Annotated[str, typer.Argument(help="Points, or 'none' to take them back.")],
    said: Annotated[
        str | None, typer.Option("--comment", help="What the student reads beside it.")
    ] = None,
) -> int:
    """Give points to one item of a submission.

    Example: grader manual set gradient_descent kfajgbmh plots 3.5 --comment "axes without units"
    """
    from grader.cli.decide import parse_points
    from grader.gradebook.manual import check_points, find, give, item_named

    with _at_work(assignment) as (connection, _, works, rubric):
        work, name, given = find(works, code), item_named(item, rubric), parse_points(points)
        check_points(given, name, rubric)
        give(connection, work, assignment, {name: given}, {} if said is None else {name: said})
        before = work.points[name]
        if before not in (None, given):
            print(f"in place of the {before:g} that it had")
        now = {**work.points, name: given}
    still = [item for item in rubric if now[item] is None]
    print(f"open: {', '.join(still)}" if still else f"{code} is done")
    return 0


@manual.command()
def comment(
    assignment: arguments.Assignment,
    code: Code,
    text: Annotated[str, typer.Argument(help="What the student reads; empty to take it back.")],
    item: Annotated[str, typer.Option("--item", help="Default: the work as a whole.")] = "",
) -> int:
    """Leave a comment that the student reads with the feedback.

    Example: grader manual comment gradient_descent kfajgbmh "A fine explanation."
    """
    from grader.gradebook.manual import find, give, item_named

    with _at_work(assignment) as (connection, _, works, rubric):
        name = item_named(item, rubric) if item else ""
        give(connection, find(works, code), assignment, {}, {name: text})
    return 0


@manual.command("list")
def list_(
    assignment: arguments.Assignment,
    names: Annotated[bool, typer.Option("--names", help="Show whose work it is.")] = False,
) -> int:
    """List what is to be graded by hand and how far it is.

    Example: grader manual list gradient_descent
    """
    from grader.feedback.escape import one_line

    with _at_work(assignment) as (_, _, works, _):
        for work in works:
            state = f"{len(work.open)} open" if work.open else "done"
            state += "" if work.notebook else ", no notebook"
            print(f"{work.code}  {state}" + (f"  {one_line(work.student, 40)}" if names else ""))
        print(f"{sum(not work.open for work in works)} of {len(works)} done")
    return 0


@manual.command("export")
def export(
    assignment: arguments.Assignment, file: Annotated[Path, typer.Argument(help="A CSV file.")]
) -> int:
    """Write a table to fill in, a row for each item of each submission.

    Example: grader manual export gradient_descent points.csv
    """
    from grader.exchange.manual import manual_table
    from grader.feedback.files import write_private

    with _at_work(assignment) as (_, _, works, rubric):
        text = manual_table(works, rubric)
    write_private(file, text)
    print(f"fill in the columns points and comment, then: grader manual import {assignment} {file}")
    return 0


@manual.command("import")
def import_(
    assignment: arguments.Assignment, file: Annotated[Path, typer.Argument(help="A CSV file.")]
) -> int:
    """Read such a table back; refused whole when a point in it is wrong, or was changed by somebody else meanwhile.

    Example: grader manual import gradient_descent points.csv
    """
    from grader.exchange.manual import read_manual
    from grader.gradebook.manual import give

    with _at_work(assignment) as (connection, _, works, rubric):
        changes = read_manual(file, works, rubric)
        for each in changes:
            give(connection, each.work, assignment, each.points, each.comments)
    points = counted(sum(len(each.points) for each in changes), "item")
    comments = counted(sum(len(each.comments) for each in changes), "comment")
    print(f"points of {points} and {comments} changed")
    return 0
