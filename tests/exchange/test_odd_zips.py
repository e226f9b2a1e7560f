"""Zips as people and their programs really make them: each member is read, or told why not."""

import errno
import io
import os
import struct
import zipfile
from pathlib import Path
from typing import Any

import pytest

from grader.course import Assignment
from grader.exchange.intake.collect import Collected, collect
from tests.small_course import write_course

CODE = "def total(v):\n    return sum(v)\n"


@pytest.fixture(scope="module")
def assignment(tmp_path_factory: pytest.TempPathFactory) -> Assignment:
    return write_course(tmp_path_factory.mktemp("course"))


def zipped(*members: tuple[str | zipfile.ZipInfo, str | bytes], method: int = 8) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return out.getvalue()


def collected(data: bytes, assignment: Assignment, tmp_path: Path) -> tuple[Collected, Path]:
    file = tmp_path / "download.zip"
    file.write_bytes(data)
    return collect(file, assignment, out=tmp_path / "out"), tmp_path / "out"


def with_flags(data: bytes, name: bytes, *, encrypted: bool = False, method: int = 8) -> bytes:
    """The zip with one member said to be encrypted or packed by another method, in both of its headers."""
    changed = bytearray(data)
    for signature, before, length in ((b"PK\x03\x04", 6, 30), (b"PK\x01\x02", 8, 46)):
        at = -1
        while (at := data.find(signature, at + 1)) >= 0:
            if data[at + length : at + length + len(name)] == name:
                struct.pack_into("<HH", changed, at + before, int(encrypted), method)
    return bytes(changed)


def test_an_encrypted_member_is_told_and_costs_itself_alone(
    assignment: Assignment, tmp_path: Path
) -> None:
    data = zipped(("ann/small.py", CODE), ("bob/small.py", CODE))
    result, _ = collected(with_flags(data, b"ann/small.py", encrypted=True), assignment, tmp_path)
    assert set(result.found) == {"bob"}
    assert "ann/small.py: encrypted" in result.ignored


def test_a_member_packed_by_a_method_that_python_lacks_is_told(
    assignment: Assignment, tmp_path: Path
) -> None:
    deflate64 = 9
    data = zipped(("ann/small.py", CODE), ("bob/small.py", CODE))
    result, _ = collected(with_flags(data, b"ann/small.py", method=deflate64), assignment, tmp_path)
    assert set(result.found) == {"bob"}
    assert any(line.startswith("ann/small.py: ") for line in result.ignored)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_of_two_members_of_one_name_the_last_counts_as_it_does_for_unzip(
    assignment: Assignment, tmp_path: Path
) -> None:
    data = zipped(("ann/small.py", "old"), ("ann/small.py", CODE))
    _, out = collected(data, assignment, tmp_path)
    assert (out / "ann" / "small.py").read_text() == CODE


def test_backslashes_of_windows_are_folders(assignment: Assignment, tmp_path: Path) -> None:
    info = zipfile.ZipInfo("placeholder")
    info.filename = "ann\\work\\small.py"
    result, _ = collected(zipped((info, CODE)), assignment, tmp_path)
    assert result.found == {"ann": ["small.py"]}


def test_names_in_utf_8_that_do_not_say_so_are_read(assignment: Assignment, tmp_path: Path) -> None:
    named = "Zo\N{LATIN SMALL LETTER E WITH DIAERESIS}".encode()
    stand_in = b"Q" * len(named)
    data = zipped((f"{stand_in.decode()}/small.py", CODE)).replace(stand_in, named)
    assert set(collected(data, assignment, tmp_path)[0].found) == {named.decode()}


def test_names_of_old_programs_that_are_not_utf_8_are_read(
    assignment: Assignment, tmp_path: Path
) -> None:
    data = zipped(("zo#/small.py", CODE)).replace(b"zo#/", b"zo\x89/")
    result, _ = collected(data, assignment, tmp_path)
    assert set(result.found) == {"zoë"}


def test_what_stands_before_a_zip_and_behind_it_does_no_harm(
    assignment: Assignment, tmp_path: Path
) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("ann/small.py", CODE)
        archive.comment = b"packed by somebody"
    result, _ = collected(b"#!/bin/sh\nexit\n" + out.getvalue(), assignment, tmp_path)
    assert set(result.found) == {"ann"}


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_every_method_that_python_has_is_read(
    method: int, assignment: Assignment, tmp_path: Path
) -> None:
    result, _ = collected(zipped(("ann/small.py", CODE), method=method), assignment, tmp_path)
    assert set(result.found) == {"ann"}


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_damaged_zip_of_a_student_costs_nobody_else(
    method: int, assignment: Assignment, tmp_path: Path
) -> None:
    inner = bytearray(zipped(("small.py", CODE * 50), method=method))
    begin = inner.index(b"small.py") + 20
    inner[begin : begin + 20] = bytes(20)
    data = zipped(("ann/small.py", CODE), ("bob/work.zip", bytes(inner)))
    result, _ = collected(data, assignment, tmp_path)
    assert set(result.found) == {"ann"}
    assert any(line.startswith("bob/small.py: it cannot be unpacked: ") for line in result.ignored)


def test_a_name_that_no_disk_can_hold_costs_nobody_else(
    assignment: Assignment, tmp_path: Path
) -> None:
    long, odd = "x" * 300 + ".py", "\N{GRINNING FACE}" * 70
    data = zipped(
        *((f"{student}/small.py", CODE) for student in ("ann", "bob", odd)), (f"bob/{long}", CODE)
    )
    result, out = collected(data, assignment, tmp_path)
    assert set(result.found) == {"ann", "bob", odd}
    assert f"bob/{long}: its name is too long" in result.ignored
    assert len(list(out.glob("*/small.py"))) == 3


def test_a_folder_that_cannot_be_read_is_told(
    assignment: Assignment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for student in ("ann", "bob"):
        (tmp_path / "in" / student).mkdir(parents=True)
        (tmp_path / "in" / student / "small.py").write_text(CODE)
    scan = os.scandir

    def refuse(path: Path | str) -> Any:
        if str(path).endswith("bob"):
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    result = collect(tmp_path / "in", assignment, out=tmp_path / "out")
    assert set(result.found) == {"ann"}
    assert result.ignored == ["bob: it cannot be read: Permission denied"]


def test_a_zip_in_a_students_zip_stays_closed(assignment: Assignment, tmp_path: Path) -> None:
    inner = zipped(("small.py", CODE))
    middle = zipped(("old.zip", inner), ("small.py", "new"))
    result, out = collected(zipped(("ann/work.zip", middle)), assignment, tmp_path)
    assert (out / "ann" / "small.py").read_text() == "new"
    assert any("old.zip" in line for line in result.ignored)


def test_folders_without_files_are_nobodys_work(assignment: Assignment, tmp_path: Path) -> None:
    data = zipped(("ann/", ""), ("bob/", ""), ("bob/small.py", CODE))
    result, _ = collected(data, assignment, tmp_path)
    assert set(result.found) == {"bob"}


@pytest.mark.parametrize(
    "name", ["work.rar", "work.7z", "work.tar.gz", "small.py.txt", "small.pyc"]
)
def test_what_is_no_zip_and_no_module_is_told(
    name: str, assignment: Assignment, tmp_path: Path
) -> None:
    data = zipped((f"ann/{name}", b"\x00\x01"), ("bob/small.py", CODE))
    result, _ = collected(data, assignment, tmp_path)
    assert set(result.found) == {"bob"}
    assert f"ann/{name}: neither a module nor a notebook" in result.ignored
