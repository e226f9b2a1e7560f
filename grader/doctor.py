"""What this machine gives and lacks, for someone who asks why something does not run."""

import importlib.metadata
import importlib.util
import platform
from dataclasses import dataclass

import numpy as np

from grader import __version__
from grader.sandbox.probe import Layers, probe, refusal

#: What each extra brings, by a module that shows whether it is there.
_EXTRAS = {
    "staff": ("sqlalchemy", "the gradebook, HTML reports, spreadsheets"),
    "lab": ("nbgrader", "notebooks, nbgrader, JupyterLab"),
    "cluster": ("distributed", "grading on many machines"),
}


@dataclass(frozen=True)
class Extra:
    """An optional set of packages."""

    name: str
    purpose: str
    installed: bool


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
    extras = tuple(
        Extra(name, purpose, importlib.util.find_spec(module) is not None)
        for name, (module, purpose) in _EXTRAS.items()
    )
    return Examination(layers, versions, extras, refusal(layers))
