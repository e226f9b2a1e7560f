"""Files that appear whole or not at all, whatever stops whoever writes them."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from grader.errors import StoreError


@contextmanager
def appearing(file: Path, mode: int = 0o600) -> Iterator[Path]:
    """An empty file beside `file` to be written to, which takes its place at the end. Raises StoreError.

    Folders that are not there are made, and are open to whom the file is.
    """
    unfinished = file.with_name(f".{file.name}.unfinished")
    try:
        if file.exists() and not file.is_file():
            # A device would not be written to, but be gone.
            raise OSError(0, "it is no regular file")
        above = next((place for place in file.parents if place.exists()), Path())
        if not above.is_dir():
            raise OSError(0, f"{above} is no folder")
        # Whoever may read the file may enter its folder.
        file.parent.mkdir(parents=True, exist_ok=True, mode=mode | (mode & 0o444) >> 2)
        unfinished.unlink(missing_ok=True)
        os.close(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode))
        yield unfinished
        unfinished.replace(file)
    except OSError as error:
        raise StoreError(f"cannot write {file}: {error.strerror}") from error
    finally:
        # What kept it from being made may keep it from being removed.
        with suppress(OSError):
            unfinished.unlink()


def require_place(file: Path) -> None:
    """Raises StoreError where no such file can appear; none is changed."""
    with suppress(_Enough), appearing(file):
        raise _Enough


class _Enough(Exception):
    """Ends an attempt that would have succeeded."""
