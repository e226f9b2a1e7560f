"""Grading Descent: an auto-grader in which tests and student code never share a process.

Suites import what they need from here; every name is loaded on first use, so that `import grader` costs nothing.
"""

from importlib import import_module

# As typing has it, whose import would cost more than everything else here.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from grader.compare import assert_close, assert_exact, no_alias, unchanged
    from grader.domains import Domain, Size, domain, mistake

__version__ = "0.1.0"

_HOMES = {
    "assert_close": "grader.compare",
    "assert_exact": "grader.compare",
    "no_alias": "grader.compare",
    "unchanged": "grader.compare",
    "Domain": "grader.domains",
    "Size": "grader.domains",
    "domain": "grader.domains",
    "mistake": "grader.domains",
    # What `%load_ext grader` asks for.
    "load_ipython_extension": "grader.feedback.notebook",
}

__all__ = [
    "Domain",
    "Size",
    "__version__",
    "assert_close",
    "assert_exact",
    "domain",
    "mistake",
    "no_alias",
    "unchanged",
]


def __getattr__(name: str) -> "Any":
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'grader' has no attribute {name!r}")
    value = getattr(import_module(home), name)
    globals()[name] = value
    return value
