"""Grades with plain pytest, a process a submission; nothing keeps the submission from the tests."""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from workload.submissions import submission

from comparison import protocol, tests_as

#: What it makes of the report in its last line.
_PASSED = re.compile(r"(\d+) passed")


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        tests_as.as_pytest(folder)
        environment = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
        command = [sys.executable, "-m", "pytest", "-q", "--tb=no", "-p", "no:cacheprovider"]

        def grade(number):
            (folder / "workload.py").write_text(submission(number))
            ran = subprocess.run(
                command, cwd=folder, env=environment, capture_output=True, text=True, check=False
            )
            passed = _PASSED.search(ran.stdout)
            return int(passed[1]) if passed else 0

        protocol.serve(lambda first, count: protocol.each(grade, range(first, first + count)))


if __name__ == "__main__":
    main()
