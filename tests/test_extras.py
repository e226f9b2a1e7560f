"""Whoever lacks optional packages is told which ones, whatever the command."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

from grader.extras import EXTRAS
from tests.small_course import write_course

ROOT = Path(__file__).parent.parent
#: One command line of each that needs the gradebook, or draws a page.
COMMANDS = """\
verify
replay ann small test_total
explain-grade ann small
publish small
waive small test_total --reason x
totals
extend ann small 2030-05-08T18:00:00+02:00 --reason x
override ann small 5 --reason x
choose ann small 1 --reason x
comment ann small nice
appeal open ann small --reason x
appeal list
manual next small
manual set small code plot 1
manual comment small code nice
manual list small
manual export small points.csv
manual import small points.csv
db check
db upgrade
db backup copy.db
privacy export ann
privacy erase ann --reason x --yes
roster import table.csv
roster teams table.csv
similar small
similar small in
export --to csv
export --to xlsx --from reports.json
sync nbgrader
sync nbgrader --from reports.json
class-report --from reports.json --out class.html
"""
PROGRAM = """\
import sys
sys.modules.update(dict.fromkeys(%r))
from grader.cli import main
for line in %r.splitlines():
    sys.argv = ["grader", *line.split()]
    try:
        main()
    except SystemExit as end:
        print(end.code, file=sys.stderr)
"""


def test_every_command_that_needs_them_says_how_to_install_them(tmp_path: Path) -> None:
    write_course(tmp_path)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "ann.py").write_text("def total(v): return 1\n")
    (tmp_path / "table.csv").write_text("team,student\nred,ann\n")
    (tmp_path / "reports.json").write_text('{"schema": 1, "assignment": "small", "reports": []}')
    modules = [module for extra in EXTRAS for module in extra.modules]
    program = PROGRAM % (modules, COMMANDS)
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    said = done.stderr.splitlines()
    lines = [said[place : place + 3] for place in range(0, len(said), 3)]
    assert len(lines) == len(COMMANDS.splitlines())
    for command, (sentence, more, code) in zip(COMMANDS.splitlines(), lines, strict=True):
        assert "needs more packages: pip install 'grading-descent[staff]'" in sentence, command
        assert (more, code) == ("  more: grader explain missing-extra", "2"), command


def test_an_extra_brings_what_the_package_says() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        listed = tomllib.load(file)["project"]["optional-dependencies"]
    assert {extra.name for extra in EXTRAS} == set(listed)
    required = {re.split(r"[\[>]", line)[0] for lines in listed.values() for line in lines}
    assert required <= {module for extra in EXTRAS for module in extra.modules}
