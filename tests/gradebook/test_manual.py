"""Grading by hand: blind, against a rubric, on a page in which nothing of a student runs, or in a spreadsheet."""

import csv
import io
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from grader.exchange.folders import read_submission
from grader.gradebook.schema import open_gradebook
from tests.called import caller
from tests.feedback.handmade import HOSTILE, notebook
from tests.gradebook.samples import grade, handed_in
from tests.small_course import write_course

EXPERIMENT = """
[[experiments]]
id = "E1"
title = "Slopes"
points = 10
rubric = [
    { item = "plot", points = 4, criteria = "axes < labelled" },
    { item = "why", points = 6, criteria = "explains" },
]
"""
Run = Callable[..., tuple[int, str]]


def test_a_submission_brings_its_notebook(tmp_path: Path) -> None:
    assignment = write_course(tmp_path / "course")
    folder = tmp_path / "ann"
    folder.mkdir()

    def read() -> tuple[bytes | None, tuple[str, ...]]:
        read = read_submission("ann", folder, assignment, notebook=True)
        return read.notebook, read.notes

    (folder / "my.ipynb").write_bytes(b"one")
    assert read()[0] == b"one"
    (folder / "small.ipynb").write_bytes(b"two")
    assert read()[0] == b"two"
    (folder / "small.ipynb").unlink()
    (folder / "small.ipynb").symlink_to(folder / "my.ipynb")
    assert read()[0] is None
    (folder / "small.ipynb").unlink()
    (folder / "other.ipynb").write_bytes(b"three")
    content, notes = read()
    assert content is None
    assert any("none of its 2 notebooks is called small.ipynb" in note for note in notes)
    (folder / "other.ipynb").unlink()
    with (folder / "my.ipynb").open("r+b") as file:
        file.truncate(20 << 30)
    content, notes = read()
    assert content is None
    assert any("larger than 10 MiB" in note for note in notes)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `grader manual` in a course with an experiment and three submissions, one without a notebook."""
    write_course(tmp_path)
    for manifest in tmp_path.glob("*/small/assignment.toml"):
        manifest.write_text(manifest.read_text() + EXPERIMENT)
    book = open_gradebook(tmp_path / "gradebook.db")
    for name in ("ann", "bob"):
        grade(book, replace(handed_in(name), notebook=HOSTILE))
    grade(book, handed_in("cem"))
    book.close()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GRADER_USER", "tina")

    call = caller(monkeypatch, capsys)

    def run(*words: str) -> tuple[int, str]:
        code, out, err = call(*words)
        return code, out + err

    return run


def codes(run: Run) -> dict[str, str]:
    """The code of each student."""
    _, out = run("manual", "list", "small", "--names")
    return {line.split()[-1]: line.split()[0] for line in out.splitlines()[:-1]}


def test_the_next_page_is_blind_and_nothing_of_a_student_runs_in_it(run: Run) -> None:
    code, out = run("manual", "next", "small")
    assert code == 0
    file = Path(next(line for line in out.splitlines() if line.endswith(".html")))
    page = file.read_text(encoding="utf-8")
    assert "ann" not in re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL).replace(
        "cannot", ""
    )
    assert "bob" not in page
    assert "<script" not in page
    assert "<svg" not in page
    assert "http://evil" not in page
    assert "&lt;script&gt;" in page
    assert "axes &lt; labelled" in page
    assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in page
    assert "\x1b" not in page
    assert page.count('src="data:image/png;base64,') == 1
    assert "default-src 'none'" in page
    assert file.stat().st_mode & 0o077 == 0


def test_points_are_given_until_nothing_is_open(run: Run) -> None:
    by_name = codes(run)
    assert set(by_name) == {"ann", "bob", "cem"}
    ann = by_name["ann"]
    code, out = run("manual", "set", "small", ann, "plot", "3.5", "--comment", "no units")
    assert (code, out) == (0, "open: E1: why\n")
    assert run("manual", "set", "small", ann, "E1: why", "6")[1] == f"{ann} is done\n"
    _, out = run("explain-grade", "ann", "small")
    assert "E1: plot: 3.5 of 4 (tina, " in out
    assert "comment: no units (tina, " in out
    assert "grade: 10.5 of 14" in out
    assert "provisional" not in out
    # The other one is next, and then only that which has no notebook is left.
    assert by_name["bob"] in run("manual", "next", "small")[1]
    for item in ("plot", "why"):
        run("manual", "set", "small", by_name["bob"], item, "0")
    _, out = run("manual", "next", "small")
    assert out == "nothing is open but 1 without a notebook: grader manual list small\n"
    assert "2 open, no notebook" in run("manual", "list", "small")[1]
    run("manual", "set", "small", by_name["cem"], "plot", "0")
    run("manual", "set", "small", by_name["cem"], "why", "0")
    assert run("manual", "next", "small") == (0, "nothing is open\n")
    assert "no notebook was handed in" in Path(
        run("manual", "next", "small", by_name["cem"])[1].splitlines()[1]
    ).read_text(encoding="utf-8")


def test_publishing_tells_how_much_is_still_to_be_graded(run: Run) -> None:
    assert (
        "\n3 provisional: something is still to be graded by hand\n" in run("publish", "small")[1]
    )


def test_points_that_are_replaced_or_taken_back_are_told(run: Run) -> None:
    ann = codes(run)["ann"]
    run("manual", "set", "small", ann, "plot", "3.5")
    _, out = run("manual", "set", "small", ann, "plot", "1")
    assert out == "in place of the 3.5 that it had\nopen: E1: why\n"
    _, out = run("manual", "set", "small", ann, "plot", "none")
    assert out == "in place of the 1 that it had\nopen: E1: plot, E1: why\n"


def test_a_code_is_nothing_that_a_spreadsheet_takes_for_a_number(run: Run, tmp_path: Path) -> None:
    book = open_gradebook(tmp_path / "gradebook.db")
    with book.write() as connection:
        connection.exec_driver_sql("UPDATE attempts SET salt = '0012345' || id || substr(salt, 9)")
    book.close()
    assert all(code.isalpha() for code in codes(run).values())


def test_what_was_read_once_is_not_read_again(run: Run, tmp_path: Path) -> None:
    run("manual", "set", "small", codes(run)["ann"], "plot", "4")
    book = open_gradebook(tmp_path / "gradebook.db")
    grade(book, replace(handed_in("ann", "x = 2\n"), notebook=HOSTILE))
    book.close()
    assert "E1: plot: 4 of 4" in run("explain-grade", "ann", "small")[1]
    book = open_gradebook(tmp_path / "gradebook.db")
    grade(book, replace(handed_in("ann", "x = 2\n"), notebook=notebook()))
    book.close()
    assert "E1: plot: not graded yet" in run("explain-grade", "ann", "small")[1]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("CODE", "plot", "4.5"), "worth 0 to 4 points"),
        (("CODE", "plot", "nan"), "no number of points"),
        (("CODE", "style", "1"), "there are: E1: plot, E1: why"),
        (("ffffffff", "plot", "1"), "nothing to grade has the code"),
    ],
)
def test_points_that_cannot_be_are_refused(run: Run, words: tuple[str, ...], said: str) -> None:
    ann = codes(run)["ann"]
    code, out = run("manual", "set", "small", *(ann if word == "CODE" else word for word in words))
    assert code == 2
    assert said in out


def test_a_table_goes_out_and_comes_back(run: Run, tmp_path: Path) -> None:
    table = tmp_path / "points.csv"
    run("manual", "export", "small", "points.csv")
    rows = list(csv.DictReader(io.StringIO(table.read_text(encoding="utf-8"))))
    assert len(rows) == 6
    ann = codes(run)["ann"]
    for row in rows:
        if row["code"] == ann:
            row["points"], row["comment"] = "3,5", "=fine"

    def write() -> None:
        with table.open("w", newline="", encoding="utf-8") as file:
            out = csv.DictWriter(file, rows[0], delimiter=";")
            out.writeheader()
            out.writerows(rows)

    write()
    assert run("manual", "import", "small", "points.csv") == (
        0,
        "points of 2 items and 2 comments changed\n",
    )
    assert run("manual", "import", "small", "points.csv") == (
        0,
        "points of 0 items and 0 comments changed\n",
    )
    assert "comment: =fine" in run("explain-grade", "ann", "small")[1]
    run("manual", "export", "small", "points.csv")
    assert "'=fine" in table.read_text(encoding="utf-8")
    # Somebody else was there in the meantime.
    run("manual", "set", "small", ann, "plot", "1")
    for row in rows:
        row["was"] = "3.5" if row["code"] == ann else ""
        row["points"] = "2"
    write()
    code, out = run("manual", "import", "small", "points.csv")
    assert code == 2
    assert "E1: plot has 1 points since this table was written" in out
    for change, said in (("9", "worth 0 to 4"), ("many", "no number of points")):
        rows[0]["points"] = change
        write()
        assert said in run("manual", "import", "small", "points.csv")[1]
    assert "1 of 4" in run("explain-grade", "ann", "small")[1]


def rows_of(table: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(table.read_text(encoding="utf-8"))))


def test_a_table_takes_back_no_comment_that_somebody_made_meanwhile(
    run: Run, tmp_path: Path
) -> None:
    run("manual", "export", "small", "points.csv")
    ann = codes(run)["ann"]
    run("manual", "comment", "small", ann, "a fine plot", "--item", "plot")
    assert run("manual", "import", "small", "points.csv") == (
        0,
        "points of 0 items and 0 comments changed\n",
    )
    assert "comment: a fine plot" in run("explain-grade", "ann", "small")[1]
    table = tmp_path / "points.csv"
    rows = rows_of(table)
    for row in rows:
        row["comment"] = "no units"
    with table.open("w", newline="", encoding="utf-8") as file:
        out = csv.DictWriter(file, rows[0])
        out.writeheader()
        out.writerows(rows)
    code, said = run("manual", "import", "small", "points.csv")
    assert code == 2
    assert "E1: plot has another comment since this table was written" in said


def test_a_table_outlives_what_was_handed_in_since_where_nothing_is_filled_in(
    run: Run, tmp_path: Path
) -> None:
    run("manual", "export", "small", "points.csv")
    ann = codes(run)["ann"]
    book = open_gradebook(tmp_path / "gradebook.db")
    grade(book, replace(handed_in("ann", "x = 2\n"), notebook=notebook()))
    book.close()
    assert run("manual", "import", "small", "points.csv")[0] == 0
    table = tmp_path / "points.csv"
    text = table.read_text(encoding="utf-8").replace(f"{ann},E1: plot,4,", f"{ann},E1: plot,4,3")
    table.write_text(text, encoding="utf-8")
    code, said = run("manual", "import", "small", "points.csv")
    assert code == 2
    assert f"nothing to grade has the code '{ann}'; if another attempt was handed in" in said


def test_a_table_may_have_names_in_place_of_codes(run: Run, tmp_path: Path) -> None:
    (ann,) = (code for name, code in codes(run).items() if name == "ann")
    run("manual", "export", "small", "points.csv")
    table = tmp_path / "points.csv"
    text = table.read_text(encoding="utf-8").replace(f"{ann},E1: plot,4,", "ann,E1: plot,4,3")
    table.write_text(text, encoding="utf-8")
    assert run("manual", "import", "small", "points.csv") == (
        0,
        "points of 1 item and 0 comments changed\n",
    )
    assert "E1: plot: 3 of 4" in run("explain-grade", "ann", "small")[1]


def test_attempts_whose_codes_begin_alike_are_all_graded(run: Run, tmp_path: Path) -> None:
    book = open_gradebook(tmp_path / "gradebook.db")
    with book.write() as connection:
        connection.exec_driver_sql("UPDATE attempts SET salt = 'ffffffff' || substr(salt, 9)")
    book.close()
    by_name = codes(run)
    assert set(by_name) == {"ann", "bob", "cem"}
    assert len(set(by_name.values())) == 3
    run("manual", "set", "small", by_name["bob"], "plot", "1")
    assert "E1: plot: 1 of 4" in run("explain-grade", "bob", "small")[1]


def test_an_assignment_without_experiments_has_nothing_to_grade(run: Run, tmp_path: Path) -> None:
    write_course(tmp_path)
    code, out = run("manual", "next", "small")
    assert (code, "nothing that is graded by hand" in out) == (2, True)
