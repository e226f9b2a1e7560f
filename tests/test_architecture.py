"""Who may import whom: down the layers, along a few named edges, and nothing heavy before it is needed."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "grader"
MODULES = sorted(PACKAGE.rglob("*.py"))

LAYERS = {
    "cli": 4,
    "authoring": 3,
    "batch": 3,
    "desk": 3,
    "elsewhere": 3,
    "exchange": 3,
    "explanations": 3,
    "feedback": 3,
    "replaying": 3,
    "redteam": 3,
    "selfcheck": 3,
    "similar": 3,
    "verify": 3,
    "cluster": 2,
    "doctor": 2,
    "executors": 2,
    "findings": 2,
    "gradebook": 2,
    "grading": 2,
    "reportfile": 2,
    "bundles": 1,
    "compare": 1,
    "diagnose": 1,
    "mistakes": 1,
    "orders": 1,
    "sandbox": 1,
    "sketches": 1,
    "suite": 1,
    "course": 0,
    "domains": 0,
    "errors": 0,
    "extras": 0,
    "manifests": 0,
    "models": 0,
    "policy": 0,
    "readers": 0,
    "steps": 0,
    "wholefile": 0,
}
SIDEWAYS = {
    ("batch", "desk"),
    ("batch", "exchange"),
    ("cluster", "executors"),
    ("course", "errors"),
    ("course", "manifests"),
    ("diagnose", "compare"),
    ("diagnose", "mistakes"),
    ("diagnose", "sandbox"),
    ("diagnose", "sketches"),
    # A package for others grades there as a batch does, and tells what an export tells.
    ("elsewhere", "batch"),
    ("elsewhere", "exchange"),
    ("elsewhere", "feedback"),
    # What a student may see is decided in one place, for files of other systems too.
    ("exchange", "feedback"),
    ("extras", "errors"),
    ("manifests", "errors"),
    ("manifests", "models"),
    ("manifests", "policy"),
    ("policy", "models"),
    ("redteam", "batch"),
    ("redteam", "exchange"),
    ("redteam", "feedback"),
    ("policy", "readers"),
    # A verdict is looked up in the words in which it is told.
    ("explanations", "feedback"),
    # What is checked is read as what is graded.
    ("selfcheck", "exchange"),
    # Its page is one of feedback's, made of what an intake reads.
    ("similar", "exchange"),
    ("similar", "feedback"),
    ("suite", "compare"),
    ("suite", "diagnose"),
    ("suite", "sandbox"),
    # A verification is a batch over what is stored.
    ("verify", "batch"),
    ("wholefile", "errors"),
}
# What runs beside student code; whatever these import of ours is held to the same rule.
CONFINED = ("worker", "wire", "confine", "loader", "syscalls", "forkserver")
EXTRAS = (
    "alembic",
    "copydetect",
    "dask",
    "distributed",
    "hypothesis",
    "jinja2",
    "jupyterlab",
    "matplotlib",
    "nbgrader",
    "openpyxl",
    "sqlalchemy",
)


def dotted(file: Path) -> str:
    """The import name of a module."""
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(file: Path) -> Iterator[str]:
    """The absolute name of everything that a module imports, inside functions too."""
    package = dotted(file) if file.name == "__init__.py" else dotted(file).rpartition(".")[0]
    for node in ast.walk(ast.parse(file.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: 1 - node.level or None] if node.level else []
            origin = ".".join([*above, *([node.module] if node.module else [])])
            # `from grader import compare` names a part, `from grader.compare import f` a function of one.
            yield from (f"{origin}.{alias.name}" for alias in node.names)


def source_of(module: str, *inside: str) -> Path:
    """The file of a module of the sandbox, or of a private module in one of its packages."""
    folder = PACKAGE / "sandbox" / module
    if not folder.is_dir():
        return folder.with_suffix(".py")
    private = [folder / f"{name}.py" for name in inside if (folder / f"{name}.py").exists()]
    return private[0] if private else folder / "__init__.py"


def part(name: str) -> str:
    """The part of the package that a dotted name belongs to; "" for the package itself."""
    steps = name.split(".")
    return steps[1] if len(steps) > 1 and steps[1] in LAYERS else ""


def allowed(here: str, there: str) -> bool:
    return here == there or LAYERS[here] > LAYERS[there] or (here, there) in SIDEWAYS


def run(program: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_every_part_has_a_layer() -> None:
    parts = {file.relative_to(PACKAGE).parts[0].removesuffix(".py") for file in MODULES}
    assert parts - {"__init__", "__main__"} <= set(LAYERS)


@pytest.mark.parametrize("file", MODULES, ids=dotted)
def test_imports_go_down_the_layers_or_along_a_named_edge(file: Path) -> None:
    here = part(dotted(file))
    wrong = [
        name
        for name in imports(file)
        if here and name.startswith("grader.") and part(name) and not allowed(here, part(name))
    ]
    assert not wrong, f"{dotted(file)} must not import {', '.join(wrong)}"


def test_the_package_itself_and_its_main_import_only_what_they_pass_on() -> None:
    ours = [name for name in imports(PACKAGE / "__main__.py") if name.startswith("grader")]
    assert ours == ["grader.cli.main"]


def test_what_runs_beside_student_code_needs_the_standard_library_and_numpy_alone() -> None:
    ahead = [source_of(name) for name in CONFINED]
    seen: set[Path] = set()
    foreign: list[str] = []
    while ahead:
        file = ahead.pop()
        if file in seen:
            continue
        seen.add(file)
        for name in imports(file):
            steps = name.split(".")
            if steps[:2] == ["grader", "sandbox"] and steps[2:3] not in ([], ["remote"]):
                ahead.append(source_of(*steps[2:]))
            elif steps[0] != "numpy" and steps[0] not in sys.stdlib_module_names:
                foreign.append(f"{dotted(file)} imports {name}")
    assert not foreign


@pytest.mark.parametrize("module", ["grader", "grader.sandbox", "grader.suite"])
def test_importing_a_package_brings_nothing_heavy(module: str) -> None:
    heavy = "{'numpy', 'pydantic', 'typer', 'rich', 'pytest'}"
    result = run(f"import sys, {module}; print(*({heavy} & sys.modules.keys()))")
    assert (result.stdout.strip(), result.stderr) == ("", "")


def test_the_command_line_loads_what_a_command_needs_only_when_it_runs() -> None:
    heavy = (
        "{'numpy', 'pydantic', 'pytest', 'jinja2', 'sqlalchemy', 'matplotlib', 'nbformat', 'rich'}"
    )
    result = run(
        f"import sys; from grader.cli.register import application; application()\n"
        f"print(*({heavy} & sys.modules.keys()))"
    )
    assert (result.stdout.strip(), result.stderr) == ("", "")


def test_the_plugin_that_every_pytest_run_loads_imports_neither_numpy_nor_pydantic() -> None:
    result = run(
        "import sys, grader.suite.plugin; print(*({'numpy', 'pydantic'} & sys.modules.keys()))"
    )
    assert (result.stdout.strip(), result.stderr) == ("", "")


@pytest.mark.parametrize(
    "module",
    ["grader.cli", "grader.suite.plugin", "grader.grading", "grader.feedback.students"],
)
def test_the_core_loads_where_no_extra_is_installed(module: str) -> None:
    result = run(f"import sys\nfor name in {EXTRAS}: sys.modules[name] = None\nimport {module}")
    assert result.stderr == ""
