"""Makes functions of the source of other versions of a graded function, in the namespace of the reference."""

from collections.abc import Callable
from typing import Any

from grader.mistakes import Variant


def function_of(variant: Variant, namespace: dict[str, Any]) -> Callable[..., Any]:
    """The version as a function; the reference's siblings, helpers and imports are there by name."""
    names = dict(namespace)
    code = compile(
        variant.source, f"<{variant.function}: {variant.name}>", "exec", dont_inherit=True
    )
    exec(code, names)  # noqa: S102  # authored beside the hidden suite
    made: Callable[..., Any] = names[variant.name]
    return made
