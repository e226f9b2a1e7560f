"""`check` on a student's own machine, with as little as any machine has."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from grader.errors import CourseError, UsageError
from grader.models import Checked, Verdict
from grader.selfcheck import check_once, check_watching, split_arguments, version_warnings
from tests.small_course import REFERENCE, STUB, write_course

ROOT = Path(__file__).parent.parent


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of an assignment as a student has it, with the work done."""
    assignment = write_course(tmp_path)
    (assignment.release_dir / "small.py").write_text(REFERENCE, encoding="utf-8")
    return assignment.release_dir


def test_right_work_passes(folder: Path) -> None:
    checked = check_once(folder, ())
    assert checked.all_passed
    assert checked.functions == ("total", "scaled")
    assert checked.passed == 2


def test_one_function_can_be_checked_alone(folder: Path) -> None:
    checked = check_once(folder, ("scaled",))
    assert checked.functions == ("scaled",)
    assert [outcome.test for outcome in checked.outcomes] == ["test_small.py::test_scaled"]


def test_work_that_is_not_begun_is_blocked_and_wrong_work_fails(folder: Path) -> None:
    wrong = STUB.replace("    raise NotImplementedError", "    return 7.0", 1)
    (folder / "small.py").write_text(wrong, encoding="utf-8")
    checked = check_once(folder, ())
    assert not checked.all_passed
    assert [outcome.verdict for outcome in checked.outcomes] == [Verdict.FAILED, Verdict.BLOCKED]


def test_a_failure_comes_with_the_call_that_made_it(folder: Path) -> None:
    wrong = STUB.replace("    raise NotImplementedError", "    return 7.0", 1)
    (folder / "small.py").write_text(wrong, encoding="utf-8")
    called = "total(np.array([1, 2], dtype=float))"
    assert check_once(folder, ()).calls == {"test_small.py::test_total": called}


def test_of_several_calls_the_one_is_told_whose_result_is_wrong(folder: Path) -> None:
    (folder / "public" / "test_small.py").write_text(
        "import pytest\n"
        "from grader import assert_close\n\n"
        '@pytest.mark.function("total")\n'
        "def test_three(student):\n"
        "    for v in ([1.0], [2.0, 3.0], [4.0]):\n"
        "        assert_close(student.total(v=v), sum(v))\n\n"
        '@pytest.mark.function("total")\n'
        "def test_neither(student):\n"
        "    assert student.total([2.0]) == student.total([3.0])\n",
        encoding="utf-8",
    )
    wrong = STUB.replace("    raise NotImplementedError", "    return float(v[0])", 1)
    (folder / "small.py").write_text(wrong, encoding="utf-8")
    assert check_once(folder, ()).calls == {"test_small.py::test_three": "total(v=[2, 3])"}


def test_work_in_a_notebook_is_checked_as_it_is_graded(folder: Path) -> None:
    (folder / "small.py").unlink()
    cells = [{"cell_type": "code", "source": REFERENCE}]
    (folder / "work.ipynb").write_text(json.dumps({"cells": cells}), encoding="utf-8")
    checked = check_once(folder, ())
    assert checked.all_passed
    assert "there is no small.py, its notebook is read in its place" in checked.load.notes[0]


def test_where_there_is_no_work_its_file_is_named(folder: Path) -> None:
    (folder / "small.py").unlink()
    with pytest.raises(UsageError, match=r"there is no small\.py in "):
        check_once(folder, ())


def test_a_function_that_is_none_is_told_with_those_that_are(folder: Path) -> None:
    with pytest.raises(UsageError, match="no function sum; it has: total, scaled"):
        check_once(folder, ("sum",))


def test_a_slip_in_the_name_of_a_function_is_answered_with_what_is_meant(folder: Path) -> None:
    with pytest.raises(UsageError, match=r"no function totl; did you mean total\?"):
        check_once(folder, ("totl",))


def test_a_function_under_nearly_the_right_name_is_pointed_out(folder: Path) -> None:
    text = REFERENCE.replace("def scaled(", "def scale(")
    assert "def scale(" in text
    (folder / "small.py").write_text(text, encoding="utf-8")
    assert check_once(folder, ()).load.alike == {"scaled": "scale"}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (f"{REFERENCE}\nif 1 = 2:\n    pass\n", "if 1 = 2:"),
        (f"rate = 1 / 0\n{REFERENCE}", "rate = 1 / 0"),
        (REFERENCE, ""),
    ],
    ids=["no Python", "an error", "nothing"],
)
def test_the_line_at_which_reading_stopped_is_kept(folder: Path, text: str, line: str) -> None:
    (folder / "small.py").write_text(text, encoding="utf-8")
    assert check_once(folder, ("total",)).stopped_at == line


def test_who_stands_above_the_assignments_is_told_where_they_are(folder: Path) -> None:
    with pytest.raises(UsageError, match=f"; here are: {folder.name}$"):
        split_arguments([str(folder.parent)])
    with pytest.raises(UsageError, match=f"; here are: assignments/{folder.name}$"):
        split_arguments([str(folder.parent.parent)])


@pytest.mark.parametrize(
    ("words", "functions"),
    [
        (["{}"], ()),
        (["{}/small.py"], ()),
        (["{}", "total"], ("total",)),
        (["{}/small.py", "total", "scaled"], ("total", "scaled")),
        (["{}/public"], ()),
    ],
)
def test_a_first_word_that_exists_is_the_place(
    folder: Path, words: list[str], functions: tuple[str, ...]
) -> None:
    assert split_arguments([word.format(folder) for word in words]) == (folder, functions)


def test_without_a_place_it_is_here(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    assert split_arguments([]) == (folder, ())
    assert split_arguments(["total"]) == (folder, ("total",))


def test_a_place_that_is_none_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match=r"there is no nowhere\.py"):
        split_arguments(["nowhere.py"])
    with pytest.raises(UsageError, match="change into the folder of an assignment"):
        split_arguments([])


def test_a_public_suite_that_uses_the_reference_is_an_error_of_the_course(folder: Path) -> None:
    suite = folder / "public" / "test_small.py"
    suite.write_text(suite.read_text().replace("(student)", "(student, solution)"))
    with pytest.raises(CourseError, match="cannot use `solution`") as caught:
        check_once(folder, ())
    assert caught.value.slug == "solution-in-public-suite"


def test_support_code_that_cannot_be_imported_is_told(folder: Path) -> None:
    (folder / "given" / "checks.py").write_text("def (")
    with pytest.raises(CourseError, match=r"given/ of small cannot be loaded: SyntaxError.*checks"):
        check_once(folder, ())


def test_another_python_than_the_graders_is_told(folder: Path) -> None:
    course = folder.parents[1] / "course.toml"
    course.write_text('python = "2.7"\nnumpy = "1.0"\n' + course.read_text())
    told = version_warnings(folder)
    assert [text.partition(",")[0] for text in told] == [
        "grading uses python 2.7",
        "grading uses numpy 1.0",
    ]


def test_watching_checks_again_after_a_change(folder: Path) -> None:
    seen: list[bool] = []

    class Enough(Exception):
        """Two checks were seen."""

    def show(checked: Checked) -> None:
        seen.append(checked.all_passed)
        if len(seen) == 2:
            raise Enough
        threading.Timer(0.2, lambda: (folder / "small.py").write_text(STUB)).start()

    with pytest.raises(Enough):
        check_watching(folder, (), show)
    assert seen == [True, False]


def test_what_is_held_while_a_check_runs_is_let_go_before_its_result_is_shown(folder: Path) -> None:
    seen: list[str] = []

    @contextmanager
    def meanwhile() -> Iterator[None]:
        seen.append("runs")
        yield
        seen.append("ran")

    def show(checked: Checked) -> None:
        seen.append("shown")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        check_watching(folder, (), show, meanwhile)
    assert seen == ["runs", "ran", "shown"]


def test_watching_goes_on_where_an_editor_replaces_a_file_by_another(folder: Path) -> None:
    seen: list[bool] = []

    class Enough(Exception):
        """Two checks were seen."""

    def show(checked: Checked) -> None:
        seen.append(checked.all_passed)
        if len(seen) == 2:
            raise Enough
        (folder / "small.py").unlink()
        threading.Timer(1.0, lambda: (folder / "small.py").write_text(STUB)).start()

    with pytest.raises(Enough):
        check_watching(folder, (), show)
    assert seen == [True, False]


def test_the_lock_of_an_editor_beside_the_work_changes_nothing(folder: Path) -> None:
    (folder / ".#small.py").symlink_to("ann@machine.1234:5678")
    assert check_once(folder, ()).all_passed


#: What Windows and macOS lack, taken away before anything is imported.
WITHOUT = """\
import os, select, socket, sys
for name in ("fork", "forkpty", "pidfd_open", "setsid", "wait4", "killpg", "geteuid", "getuid"):
    if hasattr(os, name):
        delattr(os, name)
for module, names in ((select, ("poll", "epoll")), (socket, ("AF_UNIX", "send_fds", "recv_fds"))):
    for name in names:
        if hasattr(module, name):
            delattr(module, name)
sys.modules.update(dict.fromkeys(("resource", "fcntl", "pwd", "grp", "termios")))

def no_pair(*args, **kwargs):
    raise OSError("no socket pairs")

socket.socketpair = no_pair
sys.argv = ["grader", "check"]
from grader.cli import main
from grader.sandbox import process
process.cpu_clock = lambda pid: None
main()
"""


def check_elsewhere(
    folder: Path, *, call: float = 2, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """Run `grader check` in `folder` where the system has nothing that Windows lacks.

    There the time of the wall is all that is measured, so a busy machine gets more of it.
    """
    manifest = folder / "assignment.toml"
    text = (
        manifest.read_bytes()
        .replace(b"call = 0.2", f"call = {call}".encode())
        .replace(b"load = 0.6", b"load = 9")
    )
    manifest.write_bytes(text)
    return subprocess.run(
        [sys.executable, "-X", "utf8=0", "-c", WITHOUT],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "200", **environment},
        capture_output=True,
        check=False,
        timeout=120,
    )


def test_it_needs_only_pipes_threads_and_subprocesses(folder: Path) -> None:
    done = check_elsewhere(folder)
    assert done.returncode == 0, done.stderr.decode()
    assert b"2 of 2 public tests passed" in done.stdout


def test_endless_work_ends_where_no_clock_of_another_process_can_be_read(folder: Path) -> None:
    source = STUB.replace("    raise NotImplementedError", "    while True: pass", 1)
    (folder / "small.py").write_text(source)
    done = check_elsewhere(folder, call=0.2)
    assert done.returncode == 1, done.stderr.decode()
    assert b"took too long" in done.stdout


def test_nobody_waits_for_more_than_the_limit_of_the_course(folder: Path) -> None:
    assert "call = 0.2" in (folder / "assignment.toml").read_text("utf-8")
    source = STUB.replace("    raise NotImplementedError", "    while True: pass", 1)
    (folder / "small.py").write_text(source)
    (outcome,) = check_once(folder, ("total",)).outcomes
    assert outcome.verdict is Verdict.TIMEOUT
    # The wall clock comes first where a machine has too much to do.
    assert outcome.message in (
        "total: it used more than 0.2 s of CPU time",
        "total: no answer within 0.8 s",
    )


FORMS = {
    "BOM and CRLF": b"\xef\xbb\xbf" + REFERENCE.replace("\n", "\r\n").encode(),
    "cp1252": b"# coding: cp1252\n# \x84f\xfcr alle\x93\n" + REFERENCE.encode(),
}


@pytest.mark.parametrize("source", FORMS.values(), ids=FORMS)
def test_files_of_windows_are_checked_under_its_locale(folder: Path, source: bytes) -> None:
    (folder / "small.py").write_bytes(source)
    suite = folder / "public" / "test_small.py"
    suite.write_bytes(b"\xef\xbb\xbf" + suite.read_bytes().replace(b"\n", b"\r\n"))
    manifest = folder / "assignment.toml"
    manifest.write_bytes(b"\xef\xbb\xbf" + manifest.read_bytes().replace(b"\n", b"\r\n"))
    done = check_elsewhere(folder, PYTHONIOENCODING="cp1252")
    assert done.returncode == 0, done.stderr.decode("cp1252")
    assert b"2 of 2 public tests passed" in done.stdout


def test_a_terminal_that_cannot_show_it_gets_something_else(folder: Path) -> None:
    source = STUB.replace(
        "    raise NotImplementedError", "    raise ValueError('\u2211 \u03c3')", 1
    )
    (folder / "small.py").write_text(source, encoding="utf-8")
    done = check_elsewhere(folder, PYTHONIOENCODING="cp1252")
    assert done.returncode == 1, done.stderr.decode("cp1252")
    assert b"ValueError" in done.stdout
