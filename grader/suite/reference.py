"""The reference implementation in the trusted process: what `solution` is, and whose parameters name arguments."""

import inspect
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

from grader.course import Assignment
from grader.domains import Domain
from grader.errors import CourseError, GraderError, GraderFault, SuiteError
from grader.sandbox.forkserver import import_given
from grader.suite.place import Place


def withheld(test: str = "") -> SuiteError:
    """The error of a public suite, or of a test of one, that asks for the reference."""
    return SuiteError(
        f"{test}{': ' if test else ''}a public suite cannot use `solution`: students do not have the reference",
        slug="solution-in-public-suite",
    )


class Solution:
    """The reference's graded functions by name; `solution.softmax(Z)`."""

    def __init__(self, functions: Mapping[str, Callable[..., Any]]) -> None:
        self.__dict__.update(functions)

    def __getattr__(self, name: str) -> Callable[..., Any]:
        raise AttributeError(f"the reference has no graded function {name!r}")


def sources(folder: Path) -> dict[str, bytes]:
    """The Python files of a folder: module name to bytes. Raises CourseError where there are none."""
    found = {
        file.stem: file.read_bytes()
        for file in sorted(folder.glob("*.py"))
        # Editors keep locks, links to nowhere, beside a file that is being changed.
        if file.is_file() and not file.name.startswith(".")
    }
    if not found:
        raise CourseError(
            f"no Python files in {folder}; for built folders run: grader build", slug="not-built"
        )
    return found


@contextmanager
def _loading(what: str) -> Iterator[None]:
    """Say in a sentence what code of the course raises while it is loaded. Raises SuiteError."""
    try:
        yield
    except GraderError:
        raise
    except (Exception, SystemExit) as error:
        raise SuiteError(f"{what} cannot be loaded: {type(error).__name__}: {error}") from error


def load_given(folder: Path, assignment: str) -> None:
    """Import an assignment's `given` into this process. Raises SuiteError where that fails."""
    with _loading(f"given/ of {assignment}"):
        import_given(str(folder))


@contextmanager
def blamed_on_given(place: Place) -> Iterator[None]:
    """Tell of support code that cannot be imported what is wrong with it: it ends a worker before that can say so."""
    try:
        yield
    except GraderFault:
        load_given(place.given, place.assignment.name)
        raise


def load_solution(assignment: Assignment) -> Solution:
    """Import the reference and the assignment's `given` into this process. Raises SuiteError when a function
    is missing or something cannot be loaded.
    """
    load_given(assignment.release_dir / "given", assignment.name)
    modules: dict[str, ModuleType] = {}
    for name, source in sources(assignment.solution_dir).items():
        module = modules[name] = ModuleType(name)
        file = str(assignment.solution_dir / f"{name}.py")
        module.__file__ = file
        sys.modules[name] = module
        with _loading(f"the reference {file}"):
            exec(compile(source, file, "exec", dont_inherit=True), module.__dict__)
    functions = {}
    for name in assignment.functions:
        function = getattr(modules.get(assignment.module_of(name)), name, None)
        if function is None:
            raise SuiteError(f"the reference of {assignment.name} has no {name}")
        functions[name] = function
    return Solution(functions)


def parameters(solution: Solution) -> dict[str, tuple[str, ...]]:
    """The parameter names of each graded function."""
    return {
        name: tuple(inspect.signature(function).parameters)
        for name, function in vars(solution).items()
    }


def load_domains(assignment: Assignment) -> dict[str, Domain]:
    """The domains beside the hidden suite, by function. Raises SuiteError for one that belongs to no function."""
    file = assignment.hidden_dir / "domains.py"
    if not file.is_file():
        return {}
    module = ModuleType(f"domains_of_{assignment.name}")
    module.__file__ = str(file)
    with _loading(str(file)):
        exec(compile(file.read_bytes(), str(file), "exec", dont_inherit=True), module.__dict__)
    found = {name: value for name, value in vars(module).items() if isinstance(value, Domain)}
    unknown = sorted(set(found) - set(assignment.functions))
    if unknown:
        raise SuiteError(f"{file}: no graded function is called {', '.join(unknown)}")
    return found
