"""What README and docs/ tell people to type is typed here, and what they say that it prints is what it prints."""

import re
import runpy
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader import __version__
from tests.command_lines import leaves, parse
from tests.documents.page import Step, blocks, steps
from tests.documents.replace import replace
from tests.documents.stage import ROOT, agree, run
from tests.documents.warm import installed

REFERENCE = ROOT / "docs" / "reference"
PAGES = sorted(
    page for page in (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")) if page.parent != REFERENCE
)
#: A command in a sentence; a lone word may be a part of something else.
_INLINE = re.compile(r"`grader ([a-z][^`\n]*)`")
COMMANDS = dict(leaves())


@pytest.fixture(scope="session")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with a `grader` that answers at once."""
    folder = tmp_path_factory.mktemp("programs")
    with installed(folder):
        yield folder


def name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


#: The pages on which something is typed.
ACTED = [page for page in PAGES if steps(page.read_text("utf-8"))]


@pytest.mark.slow
@pytest.mark.needs("landlock", "nbgrader", "staff")
@pytest.mark.parametrize("page", ACTED, ids=name)
def test_what_a_page_says_to_type_prints_what_the_page_says(
    page: Path, tmp_path: Path, programs: Path
) -> None:
    acts = steps(page.read_text("utf-8"))
    for step, printed in zip(acts, run(acts, tmp_path, programs), strict=True):
        if step.kind == "command" and not agree(printed, step.printed):
            assert printed == list(step.printed), (
                f"{name(page)}:{step.line + 1}: {step.text}\n"
                f"look at it, and renew it with: python -m tests.documents {name(page)}"
            )


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_command_in_a_block_is_typed(page: Path) -> None:
    typed = [
        line
        for block in blocks(page.read_text("utf-8").splitlines())
        if block.language not in ("console", "sh")
        for line in block.lines
        if line.removeprefix("$ ").startswith("grader ")
    ]
    assert typed == [], "put it into a block `console` or `sh`"


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_command_line_is_one_that_the_grader_takes(page: Path) -> None:
    lines = [
        line.removeprefix("$ ").partition(" #")[0]
        for block in blocks(page.read_text("utf-8").splitlines())
        if block.language in ("console", "sh")
        for line in block.lines
        if line.startswith("grader " if block.language == "sh" else "$ grader ")
    ]
    for line in lines:
        assert parse(line)


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_command_in_a_sentence_exists_with_its_options(page: Path) -> None:
    for line in _INLINE.findall(page.read_text("utf-8")):
        words = line.split()
        path = next((tuple(words[:size]) for size in (2, 1) if tuple(words[:size]) in COMMANDS), ())
        groups = {command[0] for command in COMMANDS if len(command) > 1}
        assert path or words[0] in groups, line
        if path:
            known = {option for each in COMMANDS[path].params for option in each.opts} | {"--help"}
            assert {word for word in words if word.startswith("-")} <= known, line


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_target_of_make_exists(page: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    for line in re.findall(r"(?:^|`|    )make ([a-z -]+)", page.read_text("utf-8"), re.MULTILINE):
        assert set(line.split()) <= targets


def test_the_reference_is_what_the_code_says() -> None:
    pages: dict[str, str] = runpy.run_path(str(ROOT / "docs" / "reference.py"))["pages"]()
    there = {page.stem: page.read_text("utf-8") for page in REFERENCE.glob("*.md")}
    assert there == pages, "renew it with: make docs"


def test_every_key_of_a_manifest_says_what_it_is_for() -> None:
    rows = re.findall(
        r"^\| `(\w+)` \|.*\| (.*)\|$", (REFERENCE / "files.md").read_text("utf-8"), re.MULTILINE
    )
    assert rows
    assert [key for key, told in rows if not told.strip()] == []


def test_every_page_stands_in_the_table_of_contents() -> None:
    listed = [
        (index.parent / f"{line}.md").resolve()
        for index in (ROOT / "docs/index.md", ROOT / "docs/decisions/index.md")
        for block in blocks(index.read_text("utf-8").replace("{toctree}", "toctree").splitlines())
        for line in block.lines
        if line and not line.startswith(":")
    ]
    every = {page.resolve() for page in (*PAGES, *REFERENCE.glob("*.md"))}
    assert sorted(listed) == sorted(every - {ROOT / "docs/index.md"})


PAGE = """\
Some words.

<!-- scene
mkdir here
-->

<!-- file: here/f.py -->
```python
def f(x):
    \"\"\"Say it.\"\"\"
    return 1
```

<!-- body in: here/f.py -->
```python
def f(x):
    return x + 1
```

```console
$ cd here
$ cat f.py
def f(x):
…
    return x + 1
$ printf '1\\n2\\n3\\n'
1
…
3
```

```sh
true
```
"""


def test_a_page_is_acted_out_in_one_shell(tmp_path: Path, programs: Path) -> None:
    acts = steps(PAGE)
    kinds = ["scene", "file", "body", "command", "command", "command", "silent"]
    assert [step.kind for step in acts] == kinds
    assert all(
        agree(printed, step.printed)
        for step, printed in zip(acts, run(acts, tmp_path, programs), strict=True)
        if step.kind == "command"
    )


def test_a_step_that_nobody_sees_must_succeed(tmp_path: Path, programs: Path) -> None:
    with pytest.raises(ValueError, match="line 3: false"):
        run([Step("scene", 2, "false")], tmp_path, programs)


@pytest.mark.parametrize(
    ("printed", "wanted", "same"),
    [
        (["a", "b"], ["a", "b"], True),
        (["a", "b"], ["a"], False),
        (["a", "b", "c"], ["a", "…", "c"], True),
        (["a", "b", "c"], ["…"], True),
        (["a", "b", "c"], ["…", "d", "…"], False),
        (["a", "c", "b"], ["…", "b", "…", "c", "…"], False),
        (["a"], ["a", "…", "a"], False),
        (["in 0.2 s, at", "last"], ["in 11.5 s,", "at last"], True),
        (["1 passed in 65.20s (0:01:05)"], ["1 passed in 6.40s"], True),
        (["on 2030-05-01 16:12:00 UTC"], ["on 2026-11-22 08:51:13 UTC"], True),
        (["digest 0a1b2c3d"], ["digest ffffee00"], True),
        (["5 points"], ["6 points"], False),
    ],
)
def test_outputs_agree_but_for_times_digests_and_what_is_left_out(
    printed: list[str], wanted: list[str], same: bool
) -> None:
    assert agree(printed, wanted) is same


def test_a_body_is_replaced_below_its_docstring() -> None:
    text = 'def f():\n    """Say."""\n    raise NotImplementedError\n\n\nx = 1\n'
    assert replace(text, "def f():\n    return 2\n") == text.replace(
        "raise NotImplementedError", "return 2"
    )


def test_the_shell_uses_the_commands_of_this_checkout(tmp_path: Path, programs: Path) -> None:
    (said,) = run([Step("command", 0, "grader --version")], tmp_path, programs)
    assert said == [f"grading-descent {__version__}"]
