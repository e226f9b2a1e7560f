"""`%check` and `%%check`: the public tests from within a notebook, with the messages of the terminal.

Each check is a `grader check` in a process of its own: what the notebook imported or defined changes nothing, and
nothing of the check stays in the notebook.
"""

import io
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from IPython.core.error import UsageError as MagicUsageError
from IPython.core.interactiveshell import InteractiveShell
from IPython.core.magic import Magics, line_cell_magic, magics_class
from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from grader.course import ASSIGNMENT_FILE, governing_manifest
from grader.errors import GraderError, UsageError
from grader.suite.place import public_place

#: Colours for light and dark pages alike; the words carry the meaning, the colours only point at it.
#: The background is not white, so that what is dim is still dark enough.
_THEME = TerminalTheme(
    (220, 220, 220),
    (0, 0, 0),
    [
        (110, 110, 110), (205, 49, 49), (13, 128, 60), (150, 105, 0),
        (36, 114, 200), (168, 62, 168), (11, 122, 143), (110, 110, 110),
    ],
)  # fmt: skip
_FRAME = '<div style="padding: 0.5em 0.8em; border-left: 3px solid {colour}">{lines}</div>'
#: What the page breaks off goes on where its line begins.
_LINE = (
    '<pre style="margin: 0; padding: 0 0 0 {indent}ch; text-indent: -{indent}ch; white-space: pre-wrap; '
    "word-break: normal; font-family: var(--jp-code-font-family, monospace); line-height: 1.4; "
    'min-height: 1.4em">{code}</pre>'
)
#: Wide enough that the page breaks the lines, not the terminal that there is none of.
_WIDTH = 1000


class Checked:
    """What a check printed, as a notebook shows it."""

    def __init__(self, printed: str, passed: bool) -> None:
        self._text = Text.from_ansi(printed.rstrip())
        self._passed = passed

    def __repr__(self) -> str:
        return self._text.plain

    def _repr_html_(self) -> str:
        console = Console(record=True, file=io.StringIO(), width=_WIDTH, force_jupyter=False)
        console.print(self._text, soft_wrap=True)
        code = console.export_html(theme=_THEME, code_format="{code}", inline_styles=True)
        lines = (
            _LINE.format(indent=len(plain) - len(plain.lstrip()), code=line)
            for plain, line in zip(self._text.plain.split("\n"), code.split("\n"), strict=False)
        )
        colour = "#0d803c" if self._passed else "#cd3131"
        return _FRAME.format(colour=colour, lines="".join(lines))


def check(words: list[str], folder: Path) -> Checked:
    """Run `grader check` with these arguments in a folder."""
    environment = {
        **os.environ,
        "FORCE_COLOR": "1",
        "TERM": "xterm-256color",
        "COLUMNS": str(_WIDTH),
        "PYTHONIOENCODING": "utf-8",
    }
    done = subprocess.run(
        # A file called numpy.py beside the notebook is no business of the grader's.
        [sys.executable, "-P", "-m", "grader", "check", *words],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    return Checked(done.stdout.decode("utf-8", "replace"), done.returncode == 0)


def check_cell(source: str, function: str, folder: Path) -> Checked:
    """Check one function as a cell defines it, with the rest of the work as it is in the student's file.

    The first line of `source` is taken to be line 2, as it is in the cell below its magic. Raises UsageError where no
    assignment governs the folder or it has no such function.
    """
    manifest = governing_manifest(folder)
    if manifest is None:
        raise UsageError(
            f"no {ASSIGNMENT_FILE} in {folder}: open the notebook in its assignment's folder"
        )
    assignment = public_place(manifest.parent).assignment
    if function not in assignment.functions:
        raise UsageError(f"{assignment.name} has no function {function}")
    home = assignment.module_of(function)
    saved = f"{home}_as_saved"
    first = f"globals().update({{k: v for k, v in vars(__import__({saved!r})).items() if k[:2] != '__'}})"
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name) / manifest.parent.name
        shutil.copytree(
            manifest.parent, copy, ignore=shutil.ignore_patterns("*.ipynb", ".*", "__pycache__")
        )
        file = copy / f"{home}.py"
        if file.exists():
            file.rename(copy / f"{saved}.py")
        else:
            (copy / f"{saved}.py").write_text("", encoding="utf-8")
        file.write_text(f"{first}\n{source}", encoding="utf-8")
        return check([function], copy)


@magics_class
class CheckMagics(Magics):
    """The magics of `%load_ext grader`."""

    @line_cell_magic
    def check(self, line: str, cell: str | None = None) -> Any:
        """`%check [FUNCTION...]` runs the public tests on your file, `%%check FUNCTION` on what this cell defines."""
        words = shlex.split(line)
        if cell is None:
            return check(words, Path.cwd())
        if len(words) != 1:
            raise MagicUsageError("say which function this cell is about: %%check softmax")
        shell: Any = self.shell
        if not shell.run_cell(cell).success:
            return None
        try:
            return check_cell(cell, words[0], Path.cwd())
        except GraderError as error:
            raise MagicUsageError(str(error)) from None


def load_ipython_extension(shell: InteractiveShell) -> None:
    """What `%load_ext grader` calls."""
    shell.register_magics(CheckMagics)
