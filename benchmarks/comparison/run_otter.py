"""Grades with otter-grader's own API, one process for all; `otter run` would start one for each."""

import os
import tempfile
from pathlib import Path

from otter.api import grade_submission
from otter.generate import main as generate
from workload.submissions import submission

from comparison import protocol, tests_as


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.chdir(folder)
        (folder / "tests").mkdir()
        (folder / "tests" / "workload.py").write_text(tests_as.as_otter())
        generate(tests_dir="tests", output_path="autograder.zip", no_environment=True)
        (folder / "submitted").mkdir()

        def grade(number):
            file = folder / "submitted" / "workload.py"
            file.write_text(submission(number))
            results = grade_submission(str(file), "autograder.zip", quiet=True)
            cases = [case for each in results.results.values() for case in each.test_case_results]
            return sum(case.passed for case in cases)

        protocol.serve(lambda first, count: protocol.each(grade, range(first, first + count)))


if __name__ == "__main__":
    main()
