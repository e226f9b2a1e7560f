"""What every format promises, ours and those of others."""

import csv
import io
from importlib import metadata
from importlib.metadata import EntryPoint, EntryPoints
from pathlib import Path

import pytest

from grader.errors import UsageError
from grader.exchange import export as exporting
from grader.exchange import registry
from grader.exchange.cells import exact, guarded, number_in, rounded
from grader.exchange.export import Export, Format, Into, Request
from grader.exchange.tables import Table
from tests.exchange.patched import PATCHED
from tests.exchange.samples import AT, grades, hostile_grades, made, only, told

#: What a spreadsheet would run.
FORMULAS = ("=", "+", "-", "@", "\t", "\r")
INTO = {name: registry.find(name).into for name in registry.OURS}
FRESH = [name for name, into in INTO.items() if into in (Into.NO, Into.MAY)]
EDITING = [name for name, into in INTO.items() if into in (Into.MAY, Into.MUST)]
TABLES = [name for name in FRESH if registry.find(name).file.endswith(".csv")]


def rows_of(data: bytes) -> list[list[str]]:
    text = data.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


@pytest.mark.parametrize("name", registry.OURS)
def test_a_format_says_what_it_is_in_a_sentence(name: str) -> None:
    form = registry.find(name)
    assert form.name == name
    assert form.about.endswith(".")


@pytest.mark.parametrize("name", FRESH)
def test_preparing_an_export_writes_nothing(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    given = grades(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    made(name, given)
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("name", FRESH)
def test_an_export_tells_every_score_that_it_holds(name: str, tmp_path: Path) -> None:
    assert sorted(told(made(name, grades(tmp_path)))) == [
        ("ann", "", "4.25"),
        ("bob", "", "0.00"),
        ("zoë", "", "5.00"),
    ]


@pytest.mark.parametrize("name", FRESH)
def test_an_export_says_who_has_no_score_and_why(name: str, tmp_path: Path) -> None:
    notes = made(name, grades(tmp_path)).notes
    assert "1 without a score: needs review" in notes
    assert "1 without a score: nothing handed in" in notes


# A workbook says when it was written.
@pytest.mark.parametrize("name", [name for name in FRESH if name != "xlsx"])
def test_the_same_grades_make_the_same_bytes(name: str, tmp_path: Path) -> None:
    assert made(name, grades(tmp_path)).files == made(name, grades(tmp_path)).files


@pytest.mark.parametrize("name", FRESH)
def test_hostile_names_and_texts_make_a_file_all_the_same(name: str, tmp_path: Path) -> None:
    export = made(name, hostile_grades(tmp_path))
    assert export.files
    assert all(".." not in file and not file.startswith("/") for file in export.files)


@pytest.mark.parametrize("name", TABLES)
def test_no_cell_of_a_table_is_a_formula(name: str, tmp_path: Path) -> None:
    rows = rows_of(only(made(name, hostile_grades(tmp_path))))
    cells = [cell for row in rows for cell in row]
    assert [cell for cell in cells if cell.lstrip(" ").startswith(FORMULAS)] == []


@pytest.mark.parametrize("name", TABLES)
def test_every_row_of_a_table_is_as_wide_as_its_header(name: str, tmp_path: Path) -> None:
    rows = rows_of(only(made(name, hostile_grades(tmp_path))))
    assert {len(row) for row in rows} == {len(rows[0])}


@pytest.mark.parametrize("name", TABLES)
def test_the_lines_of_a_table_end_in_one_way(name: str, tmp_path: Path) -> None:
    data = only(made(name, grades(tmp_path)))
    assert data.count(b"\n") == data.count(b"\r\n") == data.count(b"\r")


@pytest.mark.parametrize("name", [name for name in INTO if name not in FRESH])
def test_a_format_that_needs_the_other_systems_file_says_so(name: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--into"):
        made(name, grades(tmp_path))


@pytest.mark.parametrize("name", EDITING)
def test_a_file_of_the_other_system_keeps_every_byte_of_what_is_not_ours(
    name: str, tmp_path: Path
) -> None:
    sample = PATCHED[name]
    export = made(name, grades(tmp_path), sample.before, folder=tmp_path)
    assert only(export) == sample.after


@pytest.mark.parametrize("name", EDITING)
def test_editing_a_file_tells_each_cell_that_changes(name: str, tmp_path: Path) -> None:
    sample = PATCHED[name]
    export = made(name, grades(tmp_path), sample.before, folder=tmp_path)
    assert told(export) == sample.changes


@pytest.mark.parametrize("name", EDITING)
def test_editing_the_file_that_came_out_changes_nothing(name: str, tmp_path: Path) -> None:
    first = only(made(name, grades(tmp_path), PATCHED[name].before, folder=tmp_path))
    again = made(name, grades(tmp_path), first, folder=tmp_path)
    assert (only(again), again.changes) == (first, [])


@pytest.mark.parametrize("name", EDITING)
def test_the_file_that_is_edited_stays_as_it_is(name: str, tmp_path: Path) -> None:
    before = PATCHED[name].before
    made(name, grades(tmp_path), before, folder=tmp_path)
    assert (tmp_path / "exported.csv").read_bytes() == before


@pytest.mark.parametrize("name", [name for name in INTO if INTO[name] is not Into.NO])
@pytest.mark.parametrize("other", [b"", b"\x00\xff", b"a,b\n1,2\n", b"\xff\xfe", b'"' * 9])
def test_a_file_of_something_else_is_refused_in_a_sentence(
    name: str, other: bytes, tmp_path: Path
) -> None:
    with pytest.raises(UsageError):
        made(name, grades(tmp_path), other, folder=tmp_path)


@pytest.mark.parametrize("name", [name for name in FRESH if name not in EDITING])
def test_a_format_that_edits_no_file_says_so(name: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--into"):
        made(name, grades(tmp_path), "a,b\n", folder=tmp_path)


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("  =1", "'  =1"),
        ("\t-2", "'\t-2"),
        ("\r@x", "'@x"),
        ("＋1", "'＋1"),  # noqa: RUF001  # a full-width sign
        ("plain", "plain"),
        ("a=b", "a=b"),
        ("\u202eabc\x00\x1b[2J", "abc[2J"),
        ("\ud83d", "\\ud83d"),
    ],
)
def test_text_is_never_a_formula(text: str, safe: str) -> None:
    assert guarded(text) == safe


@pytest.mark.parametrize(
    ("number", "shown"),
    [(17.25, "17.25"), (15.525, "15.53"), (2.675, "2.68"), (-1.005, "-1.01"), (0.0, "0.00")],
)
def test_numbers_are_rounded_as_they_are_written(number: float, shown: str) -> None:
    assert str(rounded(exact(number), 2)) == shown


@pytest.mark.parametrize(
    ("text", "number"),
    [("1.234,5", 1234.5), ("1,234.5", 1234.5), ("17,5", 17.5), (" 3 ", 3), ("EX", None)],
)
def test_numbers_are_read_as_other_systems_write_them(text: str, number: float | None) -> None:
    assert number_in(text) == number


@pytest.mark.parametrize(
    ("line", "after"),
    [
        ('a,"b ""x"",\ny",c', 'a,"b ""x"",\ny",1'),
        ("a,,", "a,,1"),
        ("a", "a,,1"),
        ('"a"b,"",""', '"a"b,"","1"'),
        (' "a",b,c', ' "a",b,1'),
    ],
)
def test_only_the_cell_that_changes_is_written_anew(line: str, after: str) -> None:
    table = Table(f"x,y,z\n{line}\n".encode(), "a table")
    table.put(1, 2, "1")
    assert table.to_bytes().decode() == f"x,y,z\n{after}\n"


def elsewhere(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    """Install a package that brings a format."""
    point = EntryPoint("ours", value, registry.GROUP)
    monkeypatch.setattr(metadata, "entry_points", lambda group: EntryPoints([point]))


def test_an_installed_package_can_bring_a_format(monkeypatch: pytest.MonkeyPatch) -> None:
    elsewhere(monkeypatch, "tests.exchange.test_formats:BROUGHT")
    assert registry.find("ours") is BROUGHT
    assert "ours" in registry.names()


@pytest.mark.parametrize("value", ["no_such_module:X", "grader.errors:UsageError"])
def test_a_broken_format_of_a_package_is_told_in_a_sentence(
    value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere(monkeypatch, value)
    with pytest.raises(UsageError, match="ours"):
        registry.find("ours")


def test_an_unknown_format_is_told_with_those_that_there_are() -> None:
    with pytest.raises(UsageError, match="canvas"):
        registry.find("fax")


BROUGHT = Format("ours", "A format.", "ours.txt", lambda grades, request: Export({"ours.txt": b""}))


def test_what_was_prepared_is_written_readable_by_its_owner_alone(tmp_path: Path) -> None:
    form = registry.find("csv")
    (file,) = exporting.write(
        exporting.export(form, grades(tmp_path), Request(AT)), form, tmp_path / "out.csv"
    )
    assert file.stat().st_mode & 0o077 == 0
