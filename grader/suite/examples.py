"""Property tests of hypothesis under replay: few examples, none kept, and the same ones for the same seed."""

import hashlib
from typing import Any

import pytest

MAX_EXAMPLES = 20


def property_test(item: pytest.Item) -> Any:
    """The function of an item that hypothesis wrapped, or None."""
    bound = getattr(item, "obj", None)
    function = getattr(bound, "__func__", bound)
    return function if hasattr(function, "hypothesis") else None


def restrain(function: Any) -> None:
    """Make such a test cheap and forgetful, whatever it asks for itself.

    A database would show one submission's examples to the next; shrinking costs many calls, and shows an input of a
    hidden test at its simplest.
    """
    from hypothesis import HealthCheck, Phase, settings

    own = function._hypothesis_internal_use_settings
    function._hypothesis_internal_use_settings = settings(
        own,
        max_examples=min(own.max_examples, MAX_EXAMPLES),
        phases=[Phase.explicit, Phase.generate],
        database=None,
        deadline=None,
        derandomize=False,
        print_blob=False,
        suppress_health_check=list(HealthCheck),
    )


def sow(function: Any, seed: str, test_id: str) -> None:
    """Let the next run draw what this seed gives."""
    digest = hashlib.sha256(f"{seed}\0{test_id}\0examples".encode()).digest()
    function._hypothesis_internal_use_seed = int.from_bytes(digest[:16], "little")
