"""The formats that grades can be exported to: ours, and those of installed packages.

A package adds its own with an entry point of the group `grader.formats` that names a `grader.exchange.export.Format`:

    [project.entry-points."grader.formats"]
    our-registry = "our_package.registry:FORMAT"
"""

from importlib import import_module
from typing import TYPE_CHECKING, cast

from grader.errors import UsageError

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

    from grader.exchange.export import Format

GROUP = "grader.formats"
#: Each is a module of `formats`.
OURS = (
    "blackboard",
    "brightspace",
    "canvas",
    "csv",
    "ctrf",
    "gradescope",
    "junit",
    "lti-ags",
    "moodle",
    "moodle-feedback",
    "moodle-gradebook",
    "nbgrader",
    "tests-csv",
    "xlsx",
)


def names() -> list[str]:
    """The names of all formats."""
    return sorted({*OURS, *_foreign()})


def find(name: str) -> "Format":
    """The format of that name. Raises UsageError for an unknown or broken one."""
    if name in OURS:
        module = import_module(f"grader.exchange.formats.{name.replace('-', '_')}")
        return cast("Format", module.FORMAT)
    point = _foreign().get(name)
    if point is None:
        raise UsageError(f"no format {name!r}; there are: {', '.join(names())}")
    from grader.exchange import export

    try:
        found = point.load()
    except Exception as error:
        raise UsageError(f"the format {name} of {point.value} cannot be loaded: {error}") from error
    if not isinstance(found, export.Format):
        raise UsageError(f"the format {name} of {point.value} is no Format")
    return found


def _foreign() -> "dict[str, EntryPoint]":
    # Not above: `grader --help` names our formats, and this costs as much as all the rest of it.
    from importlib.metadata import entry_points

    return {point.name: point for point in entry_points(group=GROUP)}
