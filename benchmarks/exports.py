"""How long 1,000 students take to every format, one after another, and to nbgrader's gradebook, once and again.

Run as `python benchmarks/exports.py [STUDENTS]`. The class is made up: each student has the hidden tests of
models_and_losses, and fails every seventh. CPU seconds stand beside those of the clock, which others at work lengthen.
"""

import gc
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from grader.course import Course
from grader.exchange import registry
from grader.exchange.export import Into, Request, export, write
from grader.exchange.grades import from_files
from grader.exchange.nbgrader.place import find_place
from grader.exchange.nbgrader.sync import Wanted, write_grades
from grader.models import Digests, Environment, Finding, GradeReport, Outcome, ReportFile, Verdict

ASSIGNMENT = "models_and_losses"
FILES = {
    "blackboard": ("Username\t{title} [Total Pts: 80 Score] |409586\n", "{student}\t\n"),
    "brightspace": (
        "Username,{title} Points Grade <Numeric MaxPoints:80>,End-of-Line Indicator\n",
        "{student},,#\n",
    ),
    "canvas": (
        "Student,ID,SIS User ID,SIS Login ID,Section,{title} (1)\n",
        "Name,{number},,{student},L1,\n",
    ),
    "moodle": (
        "Identifier,Full name,Username,Grade,Last modified (grade)\n",
        "Participant {number},Name,{student},,-\n",
    ),
}
FILES["moodle-feedback"] = FILES["moodle"]


def report(student: str, tests: list[tuple[str, str]]) -> GradeReport:
    found = Finding(kind="factor", confidence=0.9, message="Your result is 2 times too large.")
    outcomes = [
        Outcome(
            test=test,
            function=function,
            group="value",
            visibility="hidden",
            verdict=Verdict.PASSED if number % 7 else Verdict.FAILED,
            points=0.5 if number % 7 else 0.0,
            max_points=0.5,
            findings=() if number % 7 else (found,),
        )
        for number, (test, function) in enumerate(tests)
    ]
    return GradeReport(
        student=student,
        state="graded",
        provisional=False,
        score=sum(outcome.points or 0.0 for outcome in outcomes),
        max_score=sum(outcome.max_points for outcome in outcomes),
        isolation="base",
        environment=Environment(python="3.11.9", numpy="2.4.0", machine="Linux x86_64"),
        seed="0" * 64,
        digests=Digests(submission="0", suite="0", given="0", reference="0"),
        outcomes=tuple(outcomes),
    )


def times() -> tuple[float, float]:
    return time.perf_counter(), time.process_time()


def print_since(what: str, start: tuple[float, float]) -> None:
    clock, cpu = (now - then for now, then in zip(times(), start, strict=True))
    print(f"{what:<20} {clock:7.2f} {cpu:7.2f}")


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    course = Course.find(Path(__file__).parent)
    assignment = course.assignment(ASSIGNMENT)
    functions = list(assignment.functions)
    ids = [
        f"{file.name}::{line[4:].partition('(')[0]}"
        for file in sorted(assignment.hidden_dir.glob("test_*.py"))
        for line in file.read_text().splitlines()
        if line.startswith("def test_")
    ]
    tests = [(test, functions[number % len(functions)]) for number, test in enumerate(ids)]
    students = [f"s{number:04}" for number in range(count)]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = folder / "reports.json"
        made = ReportFile(
            assignment=ASSIGNMENT, reports=tuple(report(one, tests) for one in students)
        )
        file.write_text(made.model_dump_json(by_alias=True))
        print(f"{count} students, {len(tests)} tests each; seconds of the clock and of the CPU")
        # As the command does.
        gc.disable()
        begin = times()
        grades = from_files(course, [file])
        print_since("reading the reports", begin)
        for form in map(registry.find, registry.OURS):
            into = None
            if form.into is not Into.NO:
                head, line = FILES[form.name]
                into = folder / f"{form.name}.in"
                title = assignment.manifest.title.replace(",", "")
                rows = (line.format(student=one, number=n) for n, one in enumerate(students))
                into.write_text(head.format(title=title) + "".join(rows))
            column = title if form.into in (Into.MAY, Into.MUST) and form.name != "moodle" else None
            request = Request(datetime.now(UTC), into, column)
            start = times()
            write(export(form, grades, request), form, folder / form.file)
            print_since(form.name, start)
        print_since("in all", begin)
        wanted = Wanted(find_place(folder))
        for what in ("nbgrader's gradebook", "unchanged"):
            start = times()
            write_grades(grades, wanted)
            print_since(what, start)


if __name__ == "__main__":
    main()
