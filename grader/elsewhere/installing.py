"""What a machine of others installs to grade: this very grader, and what the suite imports."""

import ast
import base64
import contextlib
import hashlib
import sys
from collections.abc import Iterator, Mapping
from importlib import metadata
from pathlib import Path

from grader.course import Assignment, Course
from grader.elsewhere.archive import archive

_DISTRIBUTION = "grading-descent"
_WHEEL = "Wheel-Version: 1.0\nGenerator: grader\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
#: Packages that come with the grader, from the course, or with the course's own number.
_OURS = frozenset({"grader", "given", "numpy", "pytest", *sys.stdlib_module_names})


def installed(
    course: Course, assignment: Assignment, files: Mapping[str, bytes]
) -> dict[str, bytes]:
    """What pip takes, as files of one folder: a wheel, and `requirements.txt` of what these files import besides."""
    numpy = course.manifest.numpy
    wanted = [f"numpy=={numpy}.*" if numpy else "numpy"]
    modules = {name for module in _sources(files) for name in _imported(module)}
    modules |= {*assignment.manifest.allow} - _OURS
    # It reads what all distributions hold, and most suites need none.
    homes = metadata.packages_distributions() if modules else {}
    names = {homes[name][0] for name in modules if name in homes}
    wanted += [f"{name}=={metadata.version(name)}" for name in sorted(names)]
    name, wheel = _wheel()
    return {name: wheel, "requirements.txt": "".join(f"{one}\n" for one in wanted).encode()}


def _sources(files: Mapping[str, bytes]) -> Iterator[ast.Module]:
    for name, data in files.items():
        if name.endswith(".py"):
            with contextlib.suppress(SyntaxError, ValueError):
                yield ast.parse(data)


def _imported(module: ast.Module) -> Iterator[str]:
    """The packages that a module imports and that somebody must install."""
    for node in ast.walk(module):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names = [node.module]
        yield from {name.partition(".")[0] for name in names} - _OURS


def _wheel() -> tuple[str, bytes]:
    """The grader that is installed here, as pip installs it: no index need know this version of it."""
    home = metadata.distribution(_DISTRIBUTION)
    stem = f"{_DISTRIBUTION.replace('-', '_')}-{home.version}"
    package = Path(__file__).parents[1]
    files = {
        f"grader/{file.relative_to(package).as_posix()}": file.read_bytes()
        for file in package.rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }
    for name in ("METADATA", "entry_points.txt"):
        files[f"{stem}.dist-info/{name}"] = (home.read_text(name) or "").encode()
    files[f"{stem}.dist-info/WHEEL"] = _WHEEL.encode()
    record = "".join(
        f"{name},sha256={_digest(data)},{len(data)}\n" for name, data in sorted(files.items())
    )
    files[f"{stem}.dist-info/RECORD"] = f"{record}{stem}.dist-info/RECORD,,\n".encode()
    return f"{stem}-py3-none-any.whl", archive(files)


def _digest(data: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).decode().rstrip("=")
