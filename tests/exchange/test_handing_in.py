"""Students hand in to a folder, and a receipt can be held against what lies there."""

import errno
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.bundles import digest
from grader.course import Assignment
from grader.errors import StoreError, UsageError
from grader.exchange.folders import read_submission
from grader.exchange.handing_in import (
    INBOX_VARIABLE,
    RECEIPT_FILE,
    Receipt,
    read_receipt,
    submit,
    unreadable,
    verify,
)
from grader.exchange.intake.collect import collect
from tests.small_course import write_course

CODE = "def total(v):\n    return sum(v)\n"


@pytest.fixture
def assignment(tmp_path: Path) -> Assignment:
    return write_course(tmp_path / "course")


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


@pytest.fixture
def work(tmp_path: Path) -> Path:
    folder = tmp_path / "work"
    folder.mkdir()
    (folder / "small.py").write_text(CODE)
    return folder


@pytest.fixture
def handed_in(work: Path, assignment: Assignment, inbox: Path) -> Receipt:
    return submit(work, assignment, inbox, "ann")[0]


def test_what_was_handed_in_has_a_receipt_that_holds(
    work: Path, assignment: Assignment, inbox: Path
) -> None:
    receipt, file = submit(work, assignment, inbox, "ann")
    assert read_receipt(file) == receipt
    assert verify(receipt, inbox) == ([], [])


def test_a_receipt_states_versions_and_the_digest_that_reports_state(
    handed_in: Receipt, assignment: Assignment, inbox: Path
) -> None:
    import platform

    read = read_submission("ann", inbox / handed_in.folder, assignment)
    assert handed_in.submission == digest(read.contents)
    assert handed_in.python == platform.python_version()
    assert handed_in.numpy is not None


def test_the_inbox_is_collected_and_the_newest_attempt_counts(
    work: Path, assignment: Assignment, inbox: Path, tmp_path: Path
) -> None:
    first, _ = submit(work, assignment, inbox, "ann")
    (inbox / first.folder).rename(inbox / "ann+small+2001-01-01 10:00:00 UTC+x")
    (work / "small.py").write_text("second")
    submit(work, assignment, inbox, "ann")
    collected = collect(inbox, assignment, out=tmp_path / "out")
    assert collected.layout == "inbox"
    assert (tmp_path / "out" / "ann" / "small.py").read_text() == "second"
    assert "ann: 3 files of earlier attempts" in collected.ignored


def test_the_time_of_handing_in_is_graded_with(
    handed_in: Receipt, assignment: Assignment, inbox: Path, tmp_path: Path
) -> None:
    collect(inbox, assignment, out=tmp_path / "out")
    submission = read_submission("ann", tmp_path / "out" / "ann", assignment)
    assert submission.submitted == handed_in.at.isoformat()


@pytest.mark.needs("nbgrader")
def test_nbgrader_takes_the_name_of_such_a_folder_apart(handed_in: Receipt) -> None:
    from nbgrader.utils import parse_utc

    student, assignment, time, _ = handed_in.folder.split("+")
    assert (student, assignment) == ("ann", "small")
    assert parse_utc(time) == handed_in.at.replace(tzinfo=None)


@pytest.mark.parametrize(
    ("change", "objection"),
    [
        (lambda place: (place / "small.py").write_text("better"), "small.py differs"),
        (lambda place: (place / "small.py").unlink(), "small.py is not there"),
        (lambda place: (place / "more.py").write_text(""), "more.py was added"),
    ],
)
def test_files_that_are_not_those_of_the_receipt_are_told(
    change: Callable[[Path], object], objection: str, handed_in: Receipt, inbox: Path
) -> None:
    change(inbox / handed_in.folder)
    assert verify(handed_in, inbox)[0] == [objection]


@pytest.mark.parametrize(
    "fields",
    [
        {"at": "2001-01-01T10:00:00Z"},
        {"student": "bob"},
        {"submission": "0" * 64},
        {"folder": "../inbox/x"},
        {"folder": "ann+small+2001-01-01 10:00:00 UTC+x"},
        {"files": {}},
    ],
)
def test_a_receipt_that_somebody_changed_is_not_true(
    fields: dict[str, object], handed_in: Receipt, inbox: Path
) -> None:
    changed = json.loads(handed_in.model_dump_json(by_alias=True)) | fields
    assert verify(Receipt.model_validate(changed), inbox)[0] != []


def test_hours_of_another_zone_are_not_taken_for_those_of_utc(
    handed_in: Receipt, inbox: Path
) -> None:
    place = inbox / "ann+small+2030-05-01 10:00:00 UTC+x"
    (inbox / handed_in.folder).rename(place)
    fields = json.loads(handed_in.model_dump_json(by_alias=True))
    fields |= {"at": "2030-05-01T10:00:00+05:00", "folder": place.name}
    (place / RECEIPT_FILE).write_text(json.dumps(fields))
    objections, _ = verify(read_receipt(place / RECEIPT_FILE), inbox)
    assert objections == ["its time is not that of its folder"]


@pytest.mark.parametrize("at", ["2030-05-01T10:00:00", "9999-12-31T23:59:59-12:00"])
def test_a_receipt_of_no_moment_in_utc_is_none(at: str, handed_in: Receipt, tmp_path: Path) -> None:
    fields = json.loads(handed_in.model_dump_json(by_alias=True)) | {"at": at}
    (tmp_path / "receipt.json").write_text(json.dumps(fields))
    with pytest.raises(UsageError, match="no receipt"):
        read_receipt(tmp_path / "receipt.json")


@pytest.mark.needs("linux")
def test_a_pipe_in_the_inbox_is_told_and_not_waited_for(handed_in: Receipt, inbox: Path) -> None:
    manifest = inbox / handed_in.folder / RECEIPT_FILE
    manifest.unlink()
    os.mkfifo(manifest)
    assert verify(handed_in, inbox)[0] == [f"{RECEIPT_FILE} is not a regular file"]


def test_who_has_no_name_on_this_machine_is_asked_for_one(
    work: Path, assignment: Assignment, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nobody() -> str:
        raise KeyError("getpwuid(): uid not found: 4711")

    monkeypatch.delenv("GRADER_USER", raising=False)
    monkeypatch.setattr("grader.exchange.handing_in.getuser", nobody)
    with pytest.raises(UsageError, match="--as"):
        submit(work, assignment, inbox)


@pytest.mark.parametrize("text", ["", "[]", "{}", "[" * 100_000, '{"schema": 2}'])
def test_a_file_that_is_no_receipt_is_told(text: str, tmp_path: Path) -> None:
    file = tmp_path / "receipt.json"
    file.write_text(text)
    with pytest.raises(UsageError, match="no receipt"):
        read_receipt(file)


@pytest.mark.parametrize("name", ["../x", "a+b", "", "a b", "x" * 99, ".ann", "ann\n"])
def test_a_name_that_is_no_folder_is_refused(
    name: str, work: Path, assignment: Assignment, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRADER_USER", "not a name")
    with pytest.raises(UsageError, match="--as"):
        submit(work, assignment, inbox, name)
    assert list(inbox.iterdir()) == []


def test_an_empty_folder_is_not_handed_in(
    tmp_path: Path, assignment: Assignment, inbox: Path
) -> None:
    with pytest.raises(UsageError, match="nothing of small"):
        submit(tmp_path, assignment, inbox, "ann")


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (b"def total(v:\n", "small.py cannot be read, line 1: '(' was never closed"),
        (b"x = 1\0", "small.py cannot be read: source code string cannot contain null bytes"),
        (CODE.encode(), None),
        (b"x = '\\d'\n", None),
    ],
)
def test_a_module_that_is_no_python_is_told(code: bytes, said: str | None, work: Path) -> None:
    (work / "small.py").write_bytes(code)
    assert unreadable(work) == ([] if said is None else [said])


def test_where_to_hand_in_comes_from_the_environment_or_is_asked_for(
    work: Path, assignment: Assignment, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(INBOX_VARIABLE, raising=False)
    with pytest.raises(UsageError, match="--to"):
        submit(work, assignment, None, "ann")
    monkeypatch.setenv(INBOX_VARIABLE, str(inbox))
    assert submit(work, assignment, None, "ann")[0].folder in {
        path.name for path in inbox.iterdir()
    }


def test_work_that_no_batch_would_read_is_not_handed_in(
    work: Path, assignment: Assignment, inbox: Path
) -> None:
    with (work / "small.py").open("wb") as file:
        file.truncate(2 << 20)
    with pytest.raises(UsageError, match=r"cannot be handed in: small\.py is larger than 1 MiB"):
        submit(work, assignment, inbox, "ann")


def test_an_inbox_that_is_none_is_told(work: Path, assignment: Assignment, inbox: Path) -> None:
    with pytest.raises(UsageError, match="there is no inbox"):
        submit(work, assignment, inbox / "nowhere", "ann")


def test_a_disk_that_fills_up_leaves_no_half_of_a_submission_behind(
    work: Path, assignment: Assignment, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "rename", full)
    with pytest.raises(StoreError, match=r"cannot hand in at .*: No space left on device"):
        submit(work, assignment, inbox, "ann")
    assert list(inbox.iterdir()) == []


def test_a_receipt_or_a_folder_that_cannot_be_read_is_told(handed_in: Receipt, inbox: Path) -> None:
    with pytest.raises(UsageError, match=r"cannot read .*nowhere\.json"):
        read_receipt(inbox / "nowhere.json")
    (inbox / handed_in.folder / RECEIPT_FILE).write_text("changed")
    (objection,) = verify(handed_in, inbox)[0]
    assert objection.endswith("is no receipt")
