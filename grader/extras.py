"""The optional sets of packages: what each is for, and which of them a missing module belongs to."""

from dataclasses import dataclass
from importlib.util import find_spec
from typing import Final

from grader.errors import MissingExtraError


@dataclass(frozen=True)
class Extra:
    """An optional set of packages."""

    name: str
    purpose: str
    #: What can be imported once it is installed.
    modules: tuple[str, ...]

    @property
    def installed(self) -> bool:
        """Whether all of it is here."""
        return all(find_spec(module) is not None for module in self.modules)


EXTRAS: Final = (
    Extra(
        "staff",
        "the gradebook, HTML reports, spreadsheets",
        (
            "sqlalchemy",
            "alembic",
            "jinja2",
            "markupsafe",
            "matplotlib",
            "openpyxl",
            "hypothesis",
            "copydetect",
        ),
    ),
    Extra("lab", "notebooks, nbgrader, JupyterLab", ("nbgrader", "jupyterlab", "traitlets")),
    Extra("cluster", "grading on many machines", ("dask", "distributed")),
)


def lacking(error: ModuleNotFoundError) -> MissingExtraError | None:
    """The extra that has the module which a command did not find; None for a module of none."""
    module = (error.name or "").partition(".")[0]
    found = (extra.name for extra in EXTRAS if module in extra.modules)
    return next((MissingExtraError(name, "this command") for name in found), None)
