"""`grader publish`, `waive` and `explain-grade`: what follows from what is stored, seen before students are told."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli import arguments
from grader.cli.counted import counted, named
from grader.cli.db import open_book

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from grader.gradebook.decisions import Published
    from grader.gradebook.derivation import Grade
    from grader.gradebook.ledger import Ledger
    from grader.gradebook.publishing import Effect, Move

    Grades = Mapping[str, Grade | Published]

#: So many who get their first grade are listed, and so many reasons for one that changes.
MAX_ROWS = 60
MAX_LINES = 12

_Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do it without asking.")]


def add_to(app: typer.Typer) -> None:
    """Add the subcommands."""
    app.command()(publish)
    app.command()(waive)
    app.command("explain-grade")(explain_grade)
    app.command()(totals)


def explain_grade(student: arguments.Student, assignment: arguments.Assignment) -> int:
    """Derive a grade line by line from what is stored.

    Example: grader explain-grade ann gradient_descent
    """
    from grader.course import Course
    from grader.errors import UsageError
    from grader.feedback.escape import safe
    from grader.gradebook.decisions import Appeal, Comment, standing
    from grader.gradebook.ledger import Ledger

    course = Course.find()
    course.assignment(assignment)
    with open_book() as book, book.read() as connection:
        ledger = Ledger(connection, course)
        if not ledger.knows(student, assignment):
            raise UsageError(f"the gradebook knows no student {student!r}", slug="unknown-student")
        grade = ledger.grade(student, assignment)
        told = ledger.published(assignment).get(student)
        row = ledger.attempt(student, assignment)
        # What was said to a team was said to each member.
        names = dict.fromkeys([student, *([] if row is None else [row.student])])
        stands = standing(connection, [Appeal, Comment], assignment)
        said = [
            each
            for name in names
            for kind in (Comment, Appeal)
            for each in stands.get((kind.kind, name), [])
        ]
        listed = not ledger.strangers([student])
    for line in grade.lines:
        print(safe(line))
    for each in said:
        if isinstance(each.body, Appeal):
            about = f" about {each.body.test}" if each.body.test else ""
            state = "is open" if each.body.state == "open" else "was closed"
            print(safe(f"an appeal{about} {state} ({each.told})"))
        elif each.body.text:
            print(safe(f"comment: {each.body.text} ({each.told})"))
    if grade.provisional:
        print("provisional: something is still to be graded by hand")
    if not listed:
        print("this student is not on the roster")
    if told is None:
        print("not published")
    else:
        same = told.points == grade.points and told.max_points == grade.max_points
        print("published" if same else f"published: {told.points:g} of {told.max_points:g}")
    return 0


def publish(
    assignment: arguments.Assignment,
    reason: Annotated[str, typer.Option("--reason", help="Why; kept with the grades.")] = "",
    yes: _Yes = False,
) -> int:
    """Show whose grade changes, by how much and why, and then tell the students.

    Grades that need review are never published. Exit code 1 when there are such.

    Example: grader publish gradient_descent
    """
    from grader.course import Course
    from grader.gradebook import publishing
    from grader.gradebook.ledger import Ledger

    course = Course.find()
    course.assignment(assignment)
    with open_book() as book:
        with book.read() as connection:
            ledger = Ledger(connection, course)
            shown = publishing.preview(ledger, assignment)
            strangers = ledger.strangers(move.student for move in shown.moves)
            outdated = ledger.outdated(assignment)
            if all(move.after.state == "missing" for move in shown.moves):
                _require_graded(ledger, assignment)
        _print_moves(shown.moves)
        if strangers:
            print(f"not on the roster: {named(strangers)}")
        untimed = [move.student for move in shown.moves if move.after.untimed]
        if untimed:
            print(f"handed in nobody knows when, so not late: {named(untimed)}")
        if outdated:
            print(f"graded with another suite than what was graded last: {named(outdated)}")
            print(f"    to grade these too: grader grade {assignment} --stored")
        provisional = sum(move.after.provisional for move in shown.moves)
        if provisional:
            print(f"{provisional} provisional: something is still to be graded by hand")
        if shown.withheld:
            print(f"withheld, to be reviewed first: {named(shown.withheld)}")
        print(
            f"{counted(len(shown.moves), 'grade')} to publish, {shown.unchanged} as they were published"
        )
        if not shown.moves or not _agreed(yes):
            return 1 if shown.withheld else 0
        with book.write() as connection:
            publishing.publish(connection, course, assignment, shown, reason)
    print("published")
    return 1 if shown.withheld else 0


def _require_graded(ledger: "Ledger", assignment: str) -> None:
    """Raises UsageError where everybody would be told 0, as nobody graded anything."""
    from grader.errors import UsageError

    if not ledger.graded(assignment):
        raise UsageError(f"nothing of {assignment} was graded: grader grade {assignment} FOLDER")


def _print_moves(moves: "Sequence[Move]") -> None:
    from grader.feedback.escape import one_line, safe

    new = [move for move in moves if move.before is None]
    if new:
        print(f"{len(new)} for the first time")
    for move in new[:MAX_ROWS]:
        nothing = ", nothing handed in" if move.after.state == "missing" else ""
        print(f"{one_line(move.student, 40)}: {_of(move.after)}{nothing}")
    if len(new) > MAX_ROWS:
        print(f"and {len(new) - MAX_ROWS} more")
    for move in moves:
        if move.before is None or not move.differs:
            continue
        before, after = f"{move.before.points:g}", f"{move.after.points:g}"
        if move.before.max_points != move.after.max_points:
            before, after = _of(move.before), _of(move.after)
        gain = f" ({move.difference:+g})" if move.difference else ""
        print(f"{one_line(move.student, 40)}: {before} → {after}{gain}")
        for line in move.why[:MAX_LINES]:
            print(f"    {safe(line)}")
        if len(move.why) > MAX_LINES:
            print(f"    and {len(move.why) - MAX_LINES} more")
    same = sum(move.before is not None and not move.differs for move in moves)
    if same:
        print(f"{same} with the same points as before, graded anew")


def _of(grade: "Grade | Published") -> str:
    return f"{grade.points:g} of {grade.max_points:g}"


def _agreed(yes: bool) -> bool:
    if yes:
        return True
    if not sys.stdin.isatty():
        print("nothing was changed; add --yes to do it")
        return False
    return typer.confirm("Go ahead?")


def waive(
    assignment: arguments.Assignment,
    test: Annotated[str, typer.Argument(help="Its name, as reports have it.")],
    reason: arguments.Reason,
    drop: Annotated[
        bool, typer.Option("--drop", help="The test leaves the maximum, instead of giving points.")
    ] = False,
    undo: Annotated[bool, typer.Option("--undo", help="Let it count as graded again.")] = False,
    yes: _Yes = False,
) -> int:
    """Take a wrong test out of the grades: everyone gets its points, or it leaves the maximum.

    Other tests keep the points that they have. Shows whose grade changes before anything does.

    Example: grader waive gradient_descent test_a_long_walk --reason "its bound was too tight"
    """
    from grader.course import Course
    from grader.errors import UsageError
    from grader.gradebook.decisions import Decision, Waiver, decide
    from grader.gradebook.ledger import Ledger
    from grader.gradebook.publishing import effects
    from grader.gradebook.waivers import resolve, supposed

    if drop and undo:
        raise UsageError("--drop and --undo exclude each other")
    course = Course.find()
    course.assignment(assignment)
    with open_book() as book:
        with book.read() as connection:
            before = Ledger(connection, course)
            name = resolve(before.tests(assignment), test)
            body = Waiver(test=name, gives="nothing" if drop else "as graded" if undo else "points")
            made = supposed(body, assignment, reason)
            found = effects(before, Ledger(connection, course, made), assignment)
        _print_effects(found)
        print(f"{name}: {counted(len(found), 'grade')} change{'s' if len(found) == 1 else ''}")
        if not _agreed(yes):
            return 0
        with book.write() as connection:
            now = Ledger(connection, course), Ledger(connection, course, made)
            if effects(*now, assignment) != found:
                raise UsageError(
                    "grades changed while you were looking; nothing is waived: look again"
                )
            decide(connection, [Decision(body, reason, assignment)])
    done = "it counts as graded again" if undo else "waived"
    print(f"{done}; students are told by: grader publish {assignment}")
    return 0


def _print_effects(found: "Sequence[Effect]") -> None:
    from grader.feedback.escape import one_line

    for each in found:
        before, after = each.before, each.after
        print(
            f"{one_line(each.student, 40)}: {before.points:g}/{before.max_points:g}"
            f" → {after.points:g}/{after.max_points:g}"
        )


def totals(draft: arguments.Draft = False) -> int:
    """Print the course total of everybody, in percent, as CSV; it follows from the grades that students were told.

    Example: grader totals > totals.csv
    """
    from grader.course import Course
    from grader.errors import UsageError
    from grader.exchange.spreadsheet import table_text
    from grader.feedback.escape import safe
    from grader.gradebook.ledger import Ledger

    course = Course.find()
    with open_book() as book, book.read() as connection:
        ledger = Ledger(connection, course)
        there = ledger.graded if draft else ledger.published
        names = [name for name in course.names if there(name)]
        told: dict[str, Grades] = {
            name: dict(ledger.grades(name)) if draft else ledger.published(name) for name in names
        }
        everybody = sorted({student for name in names for student in ledger.students(name)})
        rows = [_total_row(ledger, told, student) for student in everybody]
    if not names:
        raise UsageError(
            "no grade is published yet: grader publish ASSIGNMENT, or --draft", slug="not-published"
        )
    text = table_text([["student", *names, "total", "dropped"], *rows])
    print(safe(text, len(text)) if sys.stdout.isatty() else text, end="")
    without = [row[0] for row in rows if not row[-2]]
    if without:
        print(f"note: no total where a grade is not published: {named(without)}", file=sys.stderr)
    return 0


def _total_row(ledger: "Ledger", told: "Mapping[str, Grades]", student: str) -> list[str]:
    grades = {
        name: by_student[student] for name, by_student in told.items() if student in by_student
    }
    points = [f"{grades[name].points:g}" if name in grades else "" for name in told]
    if len(grades) < len(told):
        return [student, *points, "", ""]
    total = ledger.total(grades)
    return [student, *points, f"{float(total.share * 100):.2f}", " ".join(total.dropped)]
