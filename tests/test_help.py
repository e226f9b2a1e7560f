"""Every command says what it does and shows an example, and the example is a command line that there is."""

import contextlib
import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from grader.cli.register import application
from grader.exchange.intake.layouts import LAYOUTS
from tests.command_lines import ROOT, leaves, parse

COMMANDS = dict(leaves())
COURSE = Path(__file__).parents[1]


def examples(command: Any) -> list[str]:
    """The command lines that follow `Example:` in a command's help, without where a shell sends their output."""
    _, _, below = (command.help or "").partition("Example: ")
    return [line.partition(" > ")[0].strip() for line in below.splitlines() if line.strip()]


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_a_command_says_what_it_does_in_a_sentence(path: tuple[str, ...]) -> None:
    first = (COMMANDS[path].help or "").split("\n\n")[0]
    assert first.endswith("."), first


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_the_examples_of_a_command_are_command_lines_that_it_takes(path: tuple[str, ...]) -> None:
    lines = examples(COMMANDS[path])
    assert lines
    assert {parse(line) for line in lines} == {path}


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_every_argument_and_option_of_a_command_says_what_it_is_for(path: tuple[str, ...]) -> None:
    silent = [each.name for each in COMMANDS[path].params if not each.help]
    assert [name for name in silent if name != "help"] == []


def test_the_help_of_an_import_names_every_layout() -> None:
    (form,) = (each for each in COMMANDS[("import", "submissions")].params if each.name == "form")
    assert form.help.partition(";")[0].split(", ") == list(LAYOUTS)


def page(*words: str, **environment: str) -> str:
    """The help of a command as a terminal shows it, with what colours it."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "grader", *words, "--help"],
        cwd=COURSE,
        env={"TERM": "xterm", "COLUMNS": "80", **environment},
        stdout=theirs,
    ):
        os.close(theirs)
        told = b""
        # At its end, the other side of a terminal is an error.
        with contextlib.suppress(OSError):
            while more := os.read(ours, 1 << 16):
                told += more
    os.close(ours)
    return told.decode().replace("\r\n", "\n")


def test_help_is_coloured_in_a_terminal_unless_that_is_not_wanted() -> None:
    assert "\x1b[36mgrade\x1b[0m" in page()
    assert "\x1b" not in page(NO_COLOR="1")
    assert "\x1b" not in page(TERM="dumb")


def test_help_fits_into_eighty_columns_but_for_examples_which_are_never_folded() -> None:
    lines = page("export", NO_COLOR="1").splitlines()
    assert [line for line in lines if len(line) > 80] == [
        f"Example: {example}" for example in examples(COMMANDS[("export",)])
    ]


def test_a_very_narrow_terminal_gets_help_too() -> None:
    assert "--missing-as-zero" in page("export", COLUMNS="20")


def test_help_goes_without_what_is_slow_to_load() -> None:
    slow = "{'rich', 'pydantic', 'importlib.metadata'}"
    program = (
        "import sys; sys.argv = ['grader', *sys.argv[1:], '--help']\n"
        "from grader.cli import main\n"
        f"try: main()\nfinally: print(*({slow} & sys.modules.keys()), file=sys.stderr)"
    )
    for words in ((), ("check",)):
        done = subprocess.run(
            [sys.executable, "-c", program, *words], capture_output=True, text=True, check=True
        )
        assert done.stderr == "\n"


@pytest.mark.parametrize("name", ROOT.commands)
def test_a_command_that_is_loaded_alone_is_the_same(name: str) -> None:
    alone: Any = get_command(application([name]))
    there, here = (set(dict(leaves(each.commands[name]))) for each in (ROOT, alone))
    assert here == there


def complete(folder: Path, line: str) -> list[str]:
    """What a shell offers at the end of a line typed in that folder."""
    words = line.split(" ")
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; sys.argv = ['grader']; from grader.cli import main; main()",
        ],
        cwd=folder,
        env={
            "_GRADER_COMPLETE": "complete_bash",
            "COMP_WORDS": line,
            "COMP_CWORD": str(len(words) - 1),
            "PYTHONPATH": str(COURSE),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("grader gra", ["grade"]),
        ("grader appeal ", ["close", "list", "open"]),
        ("grader grade --fo", ["--force"]),
        ("grader grade model", ["model_selection", "models_and_losses"]),
        ("grader sync nbgrader model", ["model_selection", "models_and_losses"]),
        ("grader import submissions all.zip --format mo", ["moodle"]),
        ("grader explain suite-p", ["suite-points"]),
    ],
)
def test_a_shell_completes_whatever_has_a_name(line: str, offered: list[str]) -> None:
    assert sorted(complete(COURSE, line)) == offered


def test_in_the_folder_of_an_assignment_its_functions_are_offered() -> None:
    folder = COURSE / "assignments" / "models_and_losses"
    assert complete(folder, "grader check predict") == ["predict_class"]


def test_outside_a_course_nothing_of_one_is_offered(tmp_path: Path) -> None:
    assert complete(tmp_path, "grader grade model") == []
    assert complete(tmp_path, "grader check predict") == []
