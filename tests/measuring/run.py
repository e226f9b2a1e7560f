"""Runs tests and reports which branches of the grader ran, in every process: `make coverage`."""

import os
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

from coverage import CoverageData

from tests.measuring import in_workers

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "grader"
#: Executed by every interpreter of this environment, also one that is isolated from everything else.
HOOK = Path(sysconfig.get_path("purelib")) / "grader_coverage.pth"


def hook(table: Path, data: Path) -> str:
    """A line that measures what gets none of our environment, and does nothing should it be left behind."""
    program = f"exec(open({in_workers.__file__!r}).read()); start(Path({str(table)!r}), Path({str(PACKAGE)!r}))"
    told = {"COVERAGE_FILE": str(data), "COVERAGE_PROCESS_START": str(ROOT / "pyproject.toml")}
    # Whoever was told of the data file is measured already; other users cannot write there.
    elsewhere = (
        f"'COVERAGE_FILE' in os.environ or not os.access({str(data.parent)!r}, os.W_OK) or "
        f"(os.environ.update({told!r}), __import__('coverage').process_startup())"
    )
    in_worker = f"os.path.exists({str(table)!r}) and exec({program!r}, {{}})"
    # Who is killed leaves the line and the folder behind.
    alive = f"os.path.exists('/proc/{os.getpid()}')"
    return f"import os, sys; {alive} and (({in_worker}) if sys.flags.isolated else ({elsewhere}))\n"


def main(words: list[str]) -> int:
    """Measure `pytest` with these words; its exit code, or that of a report that is not good enough."""
    coverage = [sys.executable, "-m", "coverage"]
    with tempfile.TemporaryDirectory() as folder:
        table, data = Path(folder) / "table", Path(folder) / ".coverage"
        in_workers.make_table(table, PACKAGE)
        HOOK.write_text(hook(table, data), encoding="utf-8")
        environment = {**os.environ, "COVERAGE_FILE": str(data)}
        try:
            tested = subprocess.run(
                [*coverage, "run", "-m", "pytest", "-p", "tests.measuring.saved", *words],
                cwd=ROOT,
                env=environment,
                check=False,
            )
        finally:
            HOOK.unlink()
        in_the_workers = CoverageData(str(data), suffix="workers")
        in_the_workers.add_arcs(dict(in_workers.steps(table, PACKAGE)))
        subprocess.run(
            [*coverage, "combine", "-q", f"--data-file={ROOT / '.coverage'}", folder],
            cwd=ROOT,
            check=True,
        )
    reported = subprocess.run([*coverage, "report", "--skip-covered"], cwd=ROOT, check=False)
    return tested.returncode or reported.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
