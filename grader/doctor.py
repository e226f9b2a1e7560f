"""What this machine gives and lacks, for someone who asks why something does not run."""

import importlib.metadata
import platform
from dataclasses import dataclass

import numpy as np

from grader import __version__
from grader.errors import ConfinementError
from grader.extras import EXTRAS, Extra
from grader.sandbox.probe import Layers, probe, refusal


@dataclass(frozen=True)
class Examination:
    """What was found on this machine."""

    layers: Layers
    #: Name and version of what takes part in grading.
    versions: tuple[tuple[str, str], ...]
    extras: tuple[Extra, ...]
    #: Why grading would refuse here, in one sentence; empty where it would not.
    refusal: str


def examine() -> Examination:
    """Look at this machine; nothing is changed."""
    layers = probe()
    versions = (
        ("grading-descent", __version__),
        ("Python", platform.python_version()),
        ("numpy", np.__version__),
        *((name, importlib.metadata.version(name)) for name in ("pytest", "pydantic")),
    )
    return Examination(layers, versions, EXTRAS, refusal(layers))


def require_confinement() -> None:
    """Raises ConfinementError with what is missing and what to do, where this machine cannot confine student code."""
    layers = probe()
    if not layers.base:
        raise ConfinementError(refusal(layers))
