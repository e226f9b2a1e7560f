"""Makes coverage.md, which says where the course treats each of its ideas, from coverage.toml.

Run as a program it writes the page. It raises ValueError for whatever the data name that does not exist, and
for a graded function that serves no idea.
"""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.course import Assignment, Course

HERE = Path(__file__).parent
_HEADING = re.compile(r"^## \d+ (.+)$", re.MULTILINE)
_INTRODUCTION = """# What the course covers

Each idea, the functions that students write for it with their hidden and public tests, and the sections of the
notebooks and the experiments that are about it. Made from `docs/coverage.toml` by `make docs`; do not edit.
"""


@dataclass(frozen=True)
class Idea:
    """Something that the course teaches, and where."""

    number: int
    says: str
    #: Pairs (assignment, function).
    functions: Sequence[tuple[str, str]]
    #: Pairs (assignment, heading of its notebook).
    sections: Sequence[tuple[str, str]]
    #: Ids, as E1.
    experiments: Sequence[str]
    #: Pairs (hidden suite's file, test) that are about this idea in particular.
    tests: Sequence[tuple[str, str]]


def page(course: Course, data: Mapping[str, Any]) -> str:
    """The page that the data describe. Raises ValueError for names that the course does not have."""
    chapters = _read(course, data)
    ideas = [idea for _, members in chapters for idea in members]
    parts = [_INTRODUCTION]
    for title, members in chapters:
        parts.append(
            f"\n## {title}\n\n| | Idea | Functions and their tests | Notebooks | Experiments |\n"
        )
        parts.append("| ---: | --- | --- | --- | --- |\n")
        parts += [_row(course, idea) for idea in members]
    parts.append("\n## Function by function\n\n| Assignment | Function | Points | Ideas |\n")
    parts.append("| --- | --- | ---: | --- |\n")
    for assignment in map(course.assignment, course.names):
        for name, function in assignment.functions.items():
            serves = [idea.number for idea in ideas if (assignment.name, name) in idea.functions]
            if not serves:
                raise ValueError(f"{assignment.name}.{name} serves no idea")
            link = _link(f"`{name}`", _stub(assignment, name))
            numbers = ", ".join(map(str, serves))
            title = assignment.manifest.title
            parts.append(f"| {title} | {link} | {function.points:g} | {numbers} |\n")
    return "".join(parts)


def _read(course: Course, data: Mapping[str, Any]) -> list[tuple[str, list[Idea]]]:
    """The chapters with their ideas, every name in them checked."""
    headings = {name: _headings(course.assignment(name)) for name in course.names}
    experiments = {
        experiment.id
        for name in course.names
        for experiment in course.assignment(name).manifest.experiments
    }
    chapters: list[tuple[str, list[Idea]]] = []
    number = 0
    for chapter in data["chapter"]:
        ideas = []
        for entry in chapter["idea"]:
            number += 1
            idea = Idea(
                number,
                entry["says"],
                [pair for name in entry.get("functions", ()) for pair in _named(course, name)],
                [_pair(name, "/") for name in entry.get("sections", ())],
                entry.get("experiments", ()),
                [_pair(name, "::") for name in entry.get("tests", ())],
            )
            for assignment, heading in idea.sections:
                if heading not in headings.get(assignment, ()):
                    raise ValueError(f"no notebook has the section {assignment}/{heading}")
            for experiment in idea.experiments:
                if experiment not in experiments:
                    raise ValueError(f"no assignment has the experiment {experiment}")
            for file, test in idea.tests:
                _known_test(course, file, test)
            ideas.append(idea)
        chapters.append((chapter["title"], ideas))
    return chapters


def _row(course: Course, idea: Idea) -> str:
    functions = [_traced(course.assignment(name), function) for name, function in idea.functions]
    functions += [
        f"in particular {_link(f'`{test}`', course.root / 'tests/hidden' / file)}"
        for file, test in idea.tests
    ]
    sections = [
        _link(heading, course.assignment(name).release_dir / f"{name}.ipynb")
        for name, heading in idea.sections
    ]
    cells = (", ".join(cell) for cell in (functions, sections, idea.experiments))
    return f"| {idea.number} | {idea.says} | {' | '.join(cells)} |\n"


def _traced(assignment: Assignment, function: str) -> str:
    """A function with links to its stub and to its tests."""
    hidden, public = _hidden(assignment, function), _public(assignment)
    tests = f"{_link('hidden', hidden)}, {_link('public', public)}"
    return f"{_link(f'`{function}`', _stub(assignment, function))} ({tests})"


def _named(course: Course, dotted: str) -> Iterator[tuple[str, str]]:
    """The functions that a name such as "playground.*" stands for; each has hidden and public tests."""
    name, function = _pair(dotted, ".")
    if name not in course.names:
        raise ValueError(f"the course has no assignment {name}, which {dotted} names")
    assignment = course.assignment(name)
    chosen = list(assignment.functions) if function == "*" else [function]
    public = _public(assignment).read_text("utf-8")
    for each in chosen:
        if each not in assignment.functions:
            raise ValueError(f"{name} has no function {each}")
        if not _hidden(assignment, each).is_file():
            raise ValueError(f"{name}.{each} has no hidden tests")
        if f'function("{each}")' not in public:
            raise ValueError(f"{name}.{each} has no public test")
        yield name, each


def _known_test(course: Course, file: str, test: str) -> None:
    path = course.root / "tests/hidden" / file
    if not path.is_file() or f"def {test}(" not in path.read_text("utf-8"):
        raise ValueError(f"there is no hidden test {file}::{test}")


def _headings(assignment: Assignment) -> list[str]:
    """The numbered headings of an assignment's notebook, without the numbers."""
    notebook = json.loads((assignment.release_dir / f"{assignment.name}.ipynb").read_bytes())
    texts = [
        "".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "markdown"
    ]
    return [heading for text in texts for heading in _HEADING.findall(text)]


def _pair(text: str, between: str) -> tuple[str, str]:
    first, found, second = text.partition(between)
    if not found:
        raise ValueError(f"{text!r} is not of the form a{between}b")
    return first, second


def _stub(assignment: Assignment, function: str) -> Path:
    return assignment.release_dir / f"{assignment.module_of(function)}.py"


def _hidden(assignment: Assignment, function: str) -> Path:
    return assignment.hidden_dir / f"test_{function}.py"


def _public(assignment: Assignment) -> Path:
    return assignment.release_dir / "public" / f"test_{assignment.name}.py"


def _link(text: str, target: Path) -> str:
    return f"[{text}](../{target.relative_to(HERE.parent).as_posix()})"


if __name__ == "__main__":
    written = page(
        Course.find(HERE.parent), tomllib.loads((HERE / "coverage.toml").read_text("utf-8"))
    )
    (HERE / "coverage.md").write_text(written, "utf-8", newline="\n")
