"""Files that appear whole or not at all."""

import os
import stat
from pathlib import Path

import pytest

from grader.errors import StoreError
from grader.wholefile import appearing, require_place


def test_a_file_is_there_only_once_all_of_it_is(tmp_path: Path) -> None:
    file = tmp_path / "new" / "report"
    with appearing(file) as unfinished:
        unfinished.write_text("half")
        assert not file.exists()
        unfinished.write_text("whole")
    assert file.read_text() == "whole"
    assert [path.name for path in file.parent.iterdir()] == ["report"]


def test_what_stops_the_writer_leaves_what_was_there(tmp_path: Path) -> None:
    file = tmp_path / "report"
    file.write_text("before")

    def write() -> None:
        with appearing(file) as unfinished:
            unfinished.write_text("half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write()
    assert [path.read_text() for path in tmp_path.iterdir()] == ["before"]


@pytest.mark.parametrize(("mode", "of_folder"), [(0o600, 0o700), (0o640, 0o750), (0o644, 0o755)])
def test_a_folder_is_open_to_whom_its_file_is(tmp_path: Path, mode: int, of_folder: int) -> None:
    file = tmp_path / "new" / "report"
    with appearing(file, mode):
        pass
    found = (stat.S_IMODE(path.stat().st_mode) for path in (file, file.parent))
    assert tuple(found) == (mode, of_folder)


@pytest.mark.parametrize("name", ["plain/report", "x" * 300, "folder"])
def test_what_cannot_be_written_is_told_in_a_sentence(tmp_path: Path, name: str) -> None:
    (tmp_path / "plain").write_text("no folder")
    (tmp_path / "folder").mkdir()
    with pytest.raises(StoreError, match=f"^cannot write {tmp_path / name}: [^:]+$"):
        require_place(tmp_path / name)


@pytest.mark.parametrize("name", ["plain/report", "plain/new/report"])
def test_a_file_in_the_place_of_a_folder_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / "plain").write_text("no folder")
    with pytest.raises(StoreError, match=f": {tmp_path / 'plain'} is no folder$"):
        require_place(tmp_path / name)


@pytest.mark.needs("linux")
def test_a_device_or_pipe_is_not_replaced_by_a_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(StoreError, match="it is no regular file"):
        require_place(tmp_path / "pipe")
    assert (tmp_path / "pipe").is_fifo()


def test_asking_for_a_place_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "report").write_text("before")
    require_place(tmp_path / "report")
    require_place(tmp_path / "new" / "report")
    assert (tmp_path / "report").read_text() == "before"
    assert not list((tmp_path / "new").iterdir())
