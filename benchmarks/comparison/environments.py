"""An environment of its own for each grader that is compared, installed from the registry and kept."""

import os
import subprocess
import sys
import venv
from pathlib import Path

CONSTRAINTS = Path(__file__).parents[2] / "constraints.txt"
#: What the workload needs besides the grader.
WORKLOAD = ("numpy", "pytest")
GRADERS = {
    "pytest": (),
    "nbgrader": ("nbgrader==0.9.6",),
    "otter": ("otter-grader[grading]==7.0.0",),
}


def cache():
    """The folder in which the environments are."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "grading-descent" / "peers"


def python_of(grader):
    """The interpreter of a grader's environment, which is made where it is not there yet."""
    version = "{}.{}".format(*sys.version_info)
    folder = cache() / f"{grader}-{version}"
    python, complete = folder / "bin" / "python", folder / "complete"
    wanted = " ".join((*WORKLOAD, *GRADERS[grader]))
    if not complete.exists() or complete.read_text() != wanted:
        print(f"installing {grader} in {folder}", file=sys.stderr, flush=True)
        venv.create(folder, with_pip=True, clear=True)
        pip = [str(python), "-m", "pip", "install", "-qqq", "--disable-pip-version-check"]
        subprocess.run([*pip, "-c", str(CONSTRAINTS), *wanted.split()], check=True)
        complete.write_text(wanted)
    return python
